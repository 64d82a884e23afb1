"""The data folder of a debuggable app."""

import io
import shlex
import tarfile
from pathlib import PurePosixPath

from masuk.base.errors import DeviceError
from masuk.device.connection import Part


class AppFiles(Part):
    """Reaches files as their app does, by paths in its data folder. Raises DeviceError for a release build."""

    def write(self, package: str, path: PurePosixPath, content: bytes) -> None:
        """Write a file into the data folder of a debuggable app and read it back."""
        name = shlex.quote(str(path))
        folder = shlex.quote(str(path.parent))
        self._device.shell(f"run-as {package} mkdir -p {folder}")
        self._device.shell(f"run-as {package} sh -c {shlex.quote(f'cat > {name}')}", stdin=content)
        if self.read(package, path) != content:
            raise DeviceError(f"{self._device.serial}: {path} of {package} does not hold what was written")

    def read(self, package: str, path: PurePosixPath) -> bytes | None:
        """The content of a file in the data folder of a debuggable app, or None when there is no such file."""
        name = shlex.quote(str(path))
        if not self._device.succeeds(f"run-as {package} ls {name}"):
            return None
        return self._device.output(f"run-as {package} cat {name}")

    def all(self, package: str) -> dict[str, bytes]:
        """Every file in the data folder of a debuggable app, by its path in there."""
        packed = self._device.output(f"run-as {package} tar -cf - .")
        try:
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                members = [member for member in archive.getmembers() if member.isfile()]
                return {
                    str(PurePosixPath(member.name)): content.read()
                    for member in members
                    if (content := archive.extractfile(member))
                }
        except tarfile.TarError as error:
            raise DeviceError(f"{self._device.serial}: the files of {package} can't be read: {error}") from error

    def remove(self, package: str, path: PurePosixPath) -> None:
        """Remove a file of the data folder of a debuggable app."""
        self._device.shell(f"run-as {package} rm -f {shlex.quote(str(path))}")
