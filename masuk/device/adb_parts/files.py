"""The data folder of a debuggable app, through `run-as`."""

import io
import shlex
import tarfile
from pathlib import PurePosixPath

from masuk.base.errors import DeviceError
from masuk.device.adb_parts.connection import Part


class AdbFiles(Part):
    """Acts as the user of the app, which Android allows for debuggable builds only."""

    def write(self, package: str, path: PurePosixPath, content: bytes) -> None:
        name = shlex.quote(str(path))
        folder = shlex.quote(str(path.parent))
        self._device.shell(f"run-as {package} mkdir -p {folder}")
        self._device.shell(f"run-as {package} sh -c {shlex.quote(f'cat > {name}')}", stdin=content)
        if self.read(package, path) != content:
            raise DeviceError(f"{self._device.serial}: {path} of {package} does not hold what was written")

    def read(self, package: str, path: PurePosixPath) -> bytes | None:
        name = shlex.quote(str(path))
        if not self._device.succeeds(f"run-as {package} ls {name}"):
            return None
        return self._device.output(f"run-as {package} cat {name}")

    def all(self, package: str) -> dict[str, bytes]:
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
        self._device.shell(f"run-as {package} rm -f {shlex.quote(str(path))}")
