"""What a device remembers over a restart: a JSON store, settings and system properties."""

import json
import tempfile
from pathlib import Path
from typing import Any

from handset.base.display import Display

NAMESPACES = ("global", "secure", "system")
API_LEVEL = 35
RELEASE = "15"
DEFAULT_SETTINGS = {
    "global": {
        "adb_enabled": "1",
        "airplane_mode_on": "0",
        "airplane_mode_radios": "cell,bluetooth,uwb,wifi,wimax",
        "animator_duration_scale": "1.0",
        "auto_time": "1",
        "device_name": "handset",
        "mobile_data": "1",
        "transition_animation_scale": "1.0",
        "wifi_on": "1",
        "window_animation_scale": "1.0",
    },
    "secure": {
        "android_id": "27e0f2a9a1b2c3d4",
        "default_input_method": "com.android.inputmethod.latin/.LatinIME",
        "enabled_input_methods": "com.android.inputmethod.latin/.LatinIME",
    },
    "system": {"accelerometer_rotation": "0", "user_rotation": "0", "font_scale": "1.0"},
}


class Store:
    """A JSON document on disk, written as a whole after each change so that a kill leaves the old or the new one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._document: dict[str, Any] = {}
        if path.exists():
            self._document = json.loads(path.read_text(encoding="utf-8"))

    def section(self, name: str, default: Any) -> Any:
        """The value under `name`; `default` is stored first when there is none."""
        return self._document.setdefault(name, default)

    def save(self) -> None:
        """Write the document."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self.path.parent, delete=False) as file:
            json.dump(self._document, file, indent=1, sort_keys=True)
        Path(file.name).replace(self.path)


class Settings:
    """The settings provider: three namespaces of strings."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._values: dict[str, dict[str, str]] = store.section(
            "settings", {namespace: dict(values) for namespace, values in DEFAULT_SETTINGS.items()}
        )

    def get(self, namespace: str, name: str) -> str | None:
        """The value, or None when it was never put."""
        return self._values[namespace].get(name)

    def put(self, namespace: str, name: str, value: str) -> None:
        """Store a value. KeyError for a namespace outside NAMESPACES."""
        if self._values[namespace].get(name) != value:
            self._values[namespace][name] = value
            self._store.save()

    def delete(self, namespace: str, name: str) -> bool:
        """Remove a value; False when there was none."""
        if self._values[namespace].pop(name, None) is None:
            return False
        self._store.save()
        return True

    def all(self, namespace: str) -> dict[str, str]:
        """A copy of a namespace, sorted by name."""
        return dict(sorted(self._values[namespace].items()))


class Properties:
    """System properties: `ro.` are fixed, `persist.` are kept, the rest lasts until the device stops."""

    def __init__(self, store: Store, display: Display, name: str, serial: str) -> None:
        self._store = store
        self._kept: dict[str, str] = store.section("properties", {})
        self._values: dict[str, str] = {**_default_properties(display, name, serial), **self._kept}

    def get(self, name: str) -> str:
        """The value, or an empty string."""
        return self._values.get(name, "")

    def put(self, name: str, value: str) -> None:
        """Set a property; ValueError for one that is read-only."""
        if name.startswith("ro.") and name in self._values:
            raise ValueError(f"Failed to set property '{name}' to '{value}': it is read-only")
        self._values[name] = value
        if name.startswith("persist."):
            self._kept[name] = value
            self._store.save()

    def all(self) -> dict[str, str]:
        """A copy, sorted by name."""
        return dict(sorted(self._values.items()))


def _default_properties(display: Display, name: str, serial: str) -> dict[str, str]:
    return {
        "dalvik.vm.heapsize": "512m",
        "init.svc.bootanim": "stopped",
        "persist.sys.locale": "id-ID",
        "persist.sys.timezone": "Asia/Jakarta",
        "qemu.sf.lcd_density": str(display.density),
        "ro.boot.qemu": "1",
        "ro.boot.qemu.avd_name": name,
        "ro.build.characteristics": "emulator",
        "ro.build.fingerprint": f"handset/handset/handset:{RELEASE}/HANDSET/1:userdebug/test-keys",
        "ro.build.tags": "test-keys",
        "ro.build.type": "userdebug",
        "ro.build.version.codename": "REL",
        "ro.build.version.release": RELEASE,
        "ro.build.version.sdk": str(API_LEVEL),
        "ro.debuggable": "1",
        "ro.hardware": "ranchu",
        "ro.kernel.qemu": "1",
        "ro.product.brand": "handset",
        "ro.product.cpu.abi": "x86_64",
        "ro.product.cpu.abilist": "x86_64",
        "ro.product.device": "handset",
        "ro.product.manufacturer": "handset",
        "ro.product.model": "handset",
        "ro.product.name": "handset",
        "ro.secure": "1",
        "ro.serialno": serial,
        "ro.sf.lcd_density": str(display.density),
        "service.bootanim.exit": "1",
        "sys.boot_completed": "1",
        "dev.bootcomplete": "1",
    }
