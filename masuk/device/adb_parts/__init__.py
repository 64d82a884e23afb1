"""What a device can do through adb, one module for each part of `Device`."""
