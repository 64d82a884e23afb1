"""A device by its serial: what adb can do with it, verified. Knows nothing of Appium, nor what kind of device it is."""

from masuk.device.apps import Launched
from masuk.device.device import Device
from masuk.device.network import GUEST_ROUTE_TO_HOST

__all__ = ["GUEST_ROUTE_TO_HOST", "Device", "Launched"]
