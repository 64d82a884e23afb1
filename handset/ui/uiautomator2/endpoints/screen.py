"""Endpoints of the whole screen: its source, its picture, its size and its rotation."""

import base64

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2 import source
from handset.ui.uiautomator2.bodies import an_integer
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.session import AutomationSession


@route("GET", "/source")
async def page_source(session: AutomationSession) -> str:
    """The page source."""
    return source.page_source(await session.screen.tree(), session.screen.display)


@route("GET", "/screenshot")
async def screenshot(session: AutomationSession) -> str:
    """The screen as base64 PNG."""
    return base64.b64encode(await session.screen.screenshot()).decode()


@route("GET", "/window/[^/]+/size")
async def window_size(session: AutomationSession) -> dict[str, int]:
    """The screen's size."""
    width, height = session.screen.display.size
    return {"width": width, "height": height}


@route("GET", "/orientation")
async def get_orientation(session: AutomationSession) -> str:
    """PORTRAIT or LANDSCAPE."""
    return session.screen.display.orientation


@route("POST", "/orientation")
async def set_orientation(session: AutomationSession, body: JsonObject) -> None:
    """Turn the screen."""
    orientation = str(body.get("orientation")).upper()
    if orientation not in {"PORTRAIT", "LANDSCAPE"}:
        raise WebDriverError("invalid argument", f"The orientation is PORTRAIT or LANDSCAPE, not {orientation!r}")
    if orientation != session.screen.display.orientation:
        await session.screen.rotate(int(orientation == "LANDSCAPE"))


@route("GET", "/rotation")
async def get_rotation(session: AutomationSession) -> dict[str, int]:
    """The screen's rotation in degrees around z."""
    return {"x": 0, "y": 0, "z": 90 * session.screen.display.rotation}


@route("POST", "/rotation")
async def set_rotation(session: AutomationSession, body: JsonObject) -> None:
    """Turn the screen to 0 or 90 degrees."""
    await session.screen.rotate(an_integer(body.get("z", 0), "z") // 90 % 2)
