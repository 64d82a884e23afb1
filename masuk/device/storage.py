"""The room for apps on a device."""

from masuk.base.errors import DeviceError
from masuk.device.connection import Part

FILL = "/data/local/tmp/masuk-fill"


class Storage(Part):
    """Its data partition, filled and freed."""

    def free_kilobytes(self) -> int:
        """What is free for apps on the data partition."""
        lines = self._device.shell("df -k /data").splitlines()
        try:
            return int(lines[-1].split()[3])
        except (IndexError, ValueError) as error:
            raise DeviceError(f"{self._device.serial}: `df -k /data` answered {lines}") from error

    def fill(self) -> None:
        """Leave nothing free on the data partition. Ends at the device's own refusal, which is not looked at."""
        for kilobytes in (self.free_kilobytes(), 1024, 64, 4):
            self._device.attempt(f"fallocate -l {kilobytes}K {FILL}.{kilobytes}", timeout=180)
        self._device.attempt(f"dd if=/dev/zero of={FILL}.rest bs=4096 count=1024", timeout=180)

    def free(self) -> None:
        """Remove what `fill` has written."""
        self._device.shell(f"rm -f {FILL}.*")
