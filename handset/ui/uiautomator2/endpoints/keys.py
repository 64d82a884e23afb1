"""Endpoints that press keys and type."""

from handset.base import keys
from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2.bodies import an_integer, typed
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.session import AutomationSession


@route("POST", "/back")
async def back(session: AutomationSession) -> None:
    """Press BACK."""
    await session.screen.press_key(keys.BACK)


@route("POST", "/keys")
async def send_keys(session: AutomationSession, body: JsonObject) -> None:
    """Type into the field that has the focus."""
    if not await session.screen.type_text(typed(body)):
        raise WebDriverError("invalid element state", "No field has the focus")


@route("POST", "/appium/device/(?:long_)?press_keycode")
async def press_keycode(session: AutomationSession, body: JsonObject) -> None:
    """Press a key."""
    await session.screen.press_key(an_integer(body.get("keycode"), "keycode"))
