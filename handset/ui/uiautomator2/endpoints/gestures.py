"""Endpoints of the finger: gestures, scrolling, W3C actions."""

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2 import locators, source
from handset.ui.uiautomator2.bodies import an_object, locator, objects
from handset.ui.uiautomator2.elements import identifier_of
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.scrolling import Scroller
from handset.ui.uiautomator2.session import AutomationSession


@route("POST", "/appium/gestures/{name}")
async def gesture(session: AutomationSession, body: JsonObject, name: str) -> bool | None:
    """A gesture."""
    return await session.gestures.perform(name, body)


@route("POST", "/appium/element/{container}/scroll_to/{target}")
async def scroll_to_element(session: AutomationSession, container: str, target: str) -> None:
    """Scroll a container until an element shows."""
    await session.elements.scroll_to(container, target)


@route("POST", "/gestures/scroll_to")
@route("POST", "/touch/scroll")
async def scroll_to(session: AutomationSession, body: JsonObject) -> None:
    """Scroll the first scrollable element until a locator matches."""
    strategy, selector = locator(an_object(body.get("params"), "params"))
    container = identifier_of(an_object(body["origin"], "origin")) if body.get("origin") else await _scrollable(session)
    key = (await session.elements.get(container)).get(source.KEY, "")
    found = await Scroller(session.screen).until(key, lambda root: bool(locators.find(root, strategy, selector)))
    if not found:
        raise WebDriverError("no such element", f"Scrolling did not bring up `{selector}`")


@route("POST", "/actions")
async def actions(session: AutomationSession, body: JsonObject) -> None:
    """W3C actions."""
    await session.gestures.actions(objects(body.get("actions"), "actions"))


@route("DELETE", "/actions")
async def release_actions(_session: AutomationSession) -> None:
    """No finger stays down between calls."""


async def _scrollable(session: AutomationSession) -> str:
    found = await session.elements.find("xpath", '//*[@scrollable="true"]')
    if not found:
        raise WebDriverError("no such element", "Nothing on the screen can be scrolled")
    return found[0].identifier
