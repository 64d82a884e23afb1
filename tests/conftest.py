"""Marks tests by what they need, so that `make quick` can leave out what needs a device or other programs."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEVICE_FIXTURES = {"adb_server", "built_home", "shared_device", "stack"}
"""Whoever asks for one of them starts a handset, or Java."""
DEVICE_FOLDERS = [HERE / "system", HERE / "apk_tools"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a device. Modules that need other programs mark themselves."""
    for item in items:
        asks = DEVICE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if asks or any(item.path.is_relative_to(folder) for folder in DEVICE_FOLDERS):
            item.add_marker("device")
