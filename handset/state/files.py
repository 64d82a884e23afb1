"""The device's file system: Android paths mapped onto a folder of the host."""

import errno
import os
import posixpath
import shutil
from pathlib import Path

from handset.base import glob
from handset.state.partition import Partition

ALIASES = (
    ("/data/user/0", "/data/data"),
    ("/data/user_de/0", "/data/data"),
    ("/storage/emulated/0", "/sdcard"),
    ("/storage/self/primary", "/sdcard"),
    ("/mnt/sdcard", "/sdcard"),
    ("/system/bin", "/bin"),
)
FOLDERS = ("/data/app", "/data/data", "/data/local/tmp", "/sdcard/Download", "/proc/net", "/system", "/bin")
STORED = ("/data/data", "/data/local/tmp", "/sdcard/Download", "/sdcard")
"""Folders with what apps and people have stored."""
PARTITION = ("/data", "/sdcard")
UNIX_SOCKETS = "Num       RefCount Protocol Flags    Type St Inode Path\n"


class DeviceFiles:
    """Maps device paths to host paths below `root`; nothing outside `root` is reachable by a device path."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.partition = Partition([self.host(folder) for folder in PARTITION])

    def prepare(self) -> None:
        """Create the folders that every Android device has."""
        for folder in FOLDERS:
            self.host(folder).mkdir(parents=True, exist_ok=True)
        self.host("/proc/net/unix").write_text(UNIX_SOCKETS)

    def forget(self) -> None:
        """Remove what apps and people have stored; what is installed stays."""
        for folder in STORED:
            for entry in self.host(folder).glob("*"):
                self.remove(f"{folder}/{entry.name}")

    def normal(self, path: str, directory: str = "/") -> str:
        """The one absolute spelling of `path`, which may be relative to `directory`: no dots, no aliases."""
        absolute = posixpath.normpath(posixpath.join(directory, path))
        if absolute.startswith("//"):
            absolute = absolute[1:]
        for alias, target in ALIASES:
            if absolute == alias or absolute.startswith(alias + "/"):
                return target + absolute[len(alias) :]
        return absolute

    def host(self, path: str, directory: str = "/") -> Path:
        """The host's path of a device path, which need not exist. FileNotFoundError for a text that can be no path."""
        if "\0" in path:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.root / self.normal(path, directory).lstrip("/")

    def app_data(self, package: str) -> Path:
        """The host's folder of an app's private data, created when absent."""
        folder = self.host(f"/data/data/{package}")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def write(self, path: str, content: bytes) -> Path:
        """Write a file, creating the folders above it; returns the host's path. OSError when it does not fit."""
        target = self.host(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.partition.take(target, 0, len(content))
        target.write_bytes(content)
        return target

    def remove(self, path: str) -> bool:
        """Remove a file or a folder with all it holds; False when nothing was there."""
        target = self.host(path)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
            return True
        if target.exists() or target.is_symlink():
            target.unlink()
            return True
        return False

    def glob(self, pattern: str, directory: str = "/") -> list[str]:
        """Device paths that match a shell pattern, sorted; relative patterns give relative paths."""
        absolute = self.normal(pattern, directory)
        paths = [f"/{path}" for path in glob.matches(self.root, absolute.lstrip("/"))]
        if pattern.startswith("/"):
            return paths
        return [posixpath.relpath(path, self.normal(directory)) for path in paths]
