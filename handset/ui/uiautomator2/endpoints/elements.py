"""Endpoints that find elements, read them, tap them and fill them."""

from handset.processes.app_process import JsonObject
from handset.ui.uiautomator2.bodies import a_text, locator, typed
from handset.ui.uiautomator2.elements import Found, attribute, rect
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.routing import route
from handset.ui.uiautomator2.session import AutomationSession


@route("POST", "/element")
async def find_element(session: AutomationSession, body: JsonObject) -> JsonObject:
    """The first element that matches."""
    found = await session.elements.find(*locator(body), _context(body))
    if not found:
        raise WebDriverError(
            "no such element",
            f"An element could not be located on the page using {body['strategy']} `{body['selector']}`",
        )
    return _shown(session, found[0])


@route("POST", "/elements")
async def find_elements(session: AutomationSession, body: JsonObject) -> list[JsonObject]:
    """All elements that match."""
    found = await session.elements.find(*locator(body), _context(body))
    return [_shown(session, one) for one in found]


@route("GET", "/element/active")
async def active_element(session: AutomationSession) -> JsonObject:
    """The element that has the focus."""
    return _shown(session, await session.elements.active())


@route("POST", "/element/{identifier}/click")
async def click(session: AutomationSession, identifier: str) -> None:
    """Tap an element."""
    await session.elements.click(identifier)


@route("POST", "/element/{identifier}/clear")
async def clear(session: AutomationSession, identifier: str) -> None:
    """Empty a field."""
    await session.elements.clear(identifier)


@route("POST", "/element/{identifier}/value")
async def set_value(session: AutomationSession, body: JsonObject, identifier: str) -> None:
    """Type into a field."""
    await session.elements.type(identifier, typed(body), replace=bool(body.get("replace")))


@route("GET", "/element/{identifier}/text")
async def get_text(session: AutomationSession, identifier: str) -> str:
    """The element's text."""
    return (await session.elements.get(identifier)).get("text", "")


@route("GET", "/element/{identifier}/name")
async def get_name(session: AutomationSession, identifier: str) -> str | None:
    """The element's content description."""
    return (await session.elements.get(identifier)).get("content-desc")


@route("GET", "/element/{identifier}/attribute/{name}")
async def get_attribute(session: AutomationSession, identifier: str, name: str) -> str | None:
    """An attribute of the element."""
    return attribute(await session.elements.get(identifier), name)


@route("GET", "/element/{identifier}/(?:rect|location|size)")
async def get_rect(session: AutomationSession, identifier: str) -> dict[str, int]:
    """The element's place and size."""
    return rect(await session.elements.get(identifier))._asdict()


@route("GET", "/element/{identifier}/screenshot")
async def element_screenshot(session: AutomationSession, identifier: str) -> str:
    """A picture of the element."""
    return await session.elements.screenshot(identifier)


def _shown(session: AutomationSession, found: Found) -> JsonObject:
    if session.settings["shouldUseCompactResponses"]:
        return found.reference
    return found.described(str(session.settings["elementResponseAttributes"]).split(","))


def _context(body: JsonObject) -> str | None:
    return a_text(body["context"], "context") if body.get("context") else None
