"""Endpoints of the session itself: its capabilities, its settings, its waits."""

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2.bodies import an_object
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.session import AutomationSession


@route("GET", "/?")
async def show_capabilities(session: AutomationSession) -> JsonObject:
    """What the session was opened with."""
    return session.capabilities


@route("POST", "/appium/settings")
async def set_settings(session: AutomationSession, body: JsonObject) -> JsonObject:
    """Change settings."""
    session.settings.update(an_object(body.get("settings"), "settings"))
    return session.settings


@route("GET", "/appium/settings")
async def get_settings(session: AutomationSession) -> JsonObject:
    """The settings."""
    return session.settings


@route("POST", "/timeouts(?:/implicit_wait)?")
async def timeouts(_session: AutomationSession) -> None:
    """The implicit wait is the driver's."""


@route("POST", "/appium/reset_ax_cache")
async def reset_cache(_session: AutomationSession) -> None:
    """There is no cache to reset."""
