"""The data partition of a device, through `df` and `fallocate`."""

from masuk.base.errors import DeviceError
from masuk.device.adb_parts.connection import Part

FILL = "/data/local/tmp/masuk-fill"


class AdbStorage(Part):
    """Fills the partition with files in /data/local/tmp."""

    def free_kilobytes(self) -> int:
        lines = self._device.shell("df -k /data").splitlines()
        try:
            return int(lines[-1].split()[3])
        except (IndexError, ValueError) as error:
            raise DeviceError(f"{self._device.serial}: `df -k /data` answered {lines}") from error

    def fill(self) -> None:
        for kilobytes in (self.free_kilobytes(), 1024, 64, 4):
            self._device.attempt(f"fallocate -l {kilobytes}K {FILL}.{kilobytes}", timeout=180)
        self._device.attempt(f"dd if=/dev/zero of={FILL}.rest bs=4096 count=1024", timeout=180)

    def free(self) -> None:
        self._device.shell(f"rm -f {FILL}.*")
