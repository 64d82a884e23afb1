"""Endpoints of the device: its display, battery, properties and clipboard."""

import base64

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.session import AutomationSession


@route("GET", "/appium/device/system_bars")
async def system_bars(_session: AutomationSession) -> dict[str, int]:
    """The screen has no bars."""
    return {"statusBar": 0}


@route("GET", "/appium/device/pixel_ratio")
async def pixel_ratio(session: AutomationSession) -> float:
    """Pixels to a density-independent pixel."""
    return session.screen.display.density / 160


@route("GET", "/appium/device/display_density")
async def display_density(session: AutomationSession) -> int:
    """Dots per inch."""
    return session.screen.display.density


@route("GET", "/appium/device/battery_info")
async def battery_info(_session: AutomationSession) -> dict[str, int]:
    """A full battery."""
    return {"level": 1, "status": 5}


@route("GET", "/appium/device/info")
async def device_info(session: AutomationSession) -> JsonObject:
    """What the device says about itself."""
    get = session.properties.get
    display = session.screen.display
    return {
        "androidId": "27e0f2a9a1b2c3d4",
        "manufacturer": get("ro.product.manufacturer"),
        "model": get("ro.product.model"),
        "brand": get("ro.product.brand"),
        "apiVersion": get("ro.build.version.sdk"),
        "platformVersion": get("ro.build.version.release"),
        "carrierName": "handset",
        "realDisplaySize": f"{display.width}x{display.height}",
        "displayDensity": display.density,
        "networks": [],
        "locale": get("persist.sys.locale").replace("-", "_"),
        "timeZone": get("persist.sys.timezone"),
        "bluetooth": {"state": "OFF"},
    }


@route("POST", "/appium/device/set_clipboard")
async def set_clipboard(session: AutomationSession, body: JsonObject) -> None:
    """Keep a base64 text, and give it to the app in front to paste."""
    session.clipboard = str(body.get("content", ""))
    await session.screen.set_clipboard(base64.b64decode(session.clipboard).decode())


@route("POST", "/appium/device/get_clipboard")
async def get_clipboard(session: AutomationSession) -> str:
    """The base64 text that was kept."""
    return session.clipboard
