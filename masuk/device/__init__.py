"""What can be done with a device, seen to have been done. Knows nothing of Appium, nor what kind of device it is."""

from masuk.device.adb_device import AdbDevice
from masuk.device.adb_parts.network import GUEST_ROUTE_TO_HOST
from masuk.device.device import Device
from masuk.device.launched import Launched

__all__ = ["GUEST_ROUTE_TO_HOST", "AdbDevice", "Device", "Launched"]
