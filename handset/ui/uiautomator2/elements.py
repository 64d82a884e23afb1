"""Element references, and what can be asked of and done to one element."""

import base64
import io
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from lxml import etree
from PIL import Image

from handset.base import keys
from handset.processes.app_process import JsonObject
from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2 import locators, source
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.scrolling import Scroller
from handset.ui.uiautomator2.uiselector import parse

W3C_KEY = "element-6066-11e4-a52e-4f735466cecf"
LEGACY_KEY = "ELEMENT"
ATTRIBUTE_NAMES = {
    "className": "class",
    "contentDescription": "content-desc",
    "longClickable": "long-clickable",
    "errorText": "error",
    "resourceId": "resource-id",
    "showingHintText": source.SHOWING_HINT,
}
BOUNDS = re.compile(r"-?\d+")
DESCRIBED = {"enabled", "displayed", "selected"}
ATTRIBUTE_PREFIX = "attribute/"


class Rect(NamedTuple):
    """Pixels on the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def center(self) -> tuple[int, int]:
        """The middle."""
        return self.x + self.width // 2, self.y + self.height // 2


def rect(element: etree._Element) -> Rect:
    """Where an element is."""
    left, top, right, bottom = (int(number) for number in BOUNDS.findall(element.get("bounds", "[0,0][0,0]")))
    return Rect(left, top, right - left, bottom - top)


class Found(NamedTuple):
    """An element, and the id by which clients know it."""

    identifier: str
    element: etree._Element

    @property
    def reference(self) -> dict[str, Any]:
        """The element as clients get it."""
        return {LEGACY_KEY: self.identifier, W3C_KEY: self.identifier}

    def described(self, fields: Sequence[str]) -> dict[str, Any]:
        """The reference with what the setting `elementResponseAttributes` asks for; what nobody knows is left out."""
        told: dict[str, Any] = {}
        for field in fields:
            if field == "rect":
                told[field] = rect(self.element)._asdict()
            elif field == "text":
                told[field] = self.element.get("text", "")
            elif field == "name":
                told[field] = self.element.get("content-desc")
            elif field in DESCRIBED or field.startswith(ATTRIBUTE_PREFIX):
                value = attribute(self.element, field.removeprefix(ATTRIBUTE_PREFIX))
                told.update({field: value} if value is not None else {})
        return self.reference | told


def identifier_of(origin: JsonObject) -> str:
    """The id inside an element reference."""
    return str(origin.get(W3C_KEY) or origin.get(LEGACY_KEY))


class Elements:
    """The elements of a session. A reference holds while its process lives and its view is on the screen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._identifiers: dict[tuple[int, str], str] = {}
        self._nodes: dict[str, tuple[int, str]] = {}

    async def find(self, strategy: str, selector: str, context: str | None = None) -> list[Found]:
        """The elements that match, below the element `context` when given."""
        if strategy == "-android uiautomator" and parse(selector).name == "UiScrollable":
            elements = await Scroller(self._screen).find(parse(selector))
            tree = await self._screen.tree()
        else:
            tree = await self._screen.tree()
            root = source.build(tree, self._screen.display)
            elements = locators.find(self._pick(tree, root, context) if context else root, strategy, selector)
        return [Found(self._identifier(int(tree["pid"]), element), element) for element in elements]

    async def get(self, identifier: str) -> etree._Element:
        """The element as it is now. Raises WebDriverError `stale element reference`."""
        tree = await self._screen.tree()
        return self._pick(tree, source.build(tree, self._screen.display), identifier)

    async def active(self) -> Found:
        """The element that has the focus."""
        found = await self.find("xpath", '//*[@focused="true"]')
        if not found:
            raise WebDriverError("no such element", "No element has the focus")
        return found[0]

    async def click(self, identifier: str) -> None:
        """Tap the middle of an element."""
        await self._screen.tap(*rect(await self.get(identifier)).center)

    async def clear(self, identifier: str) -> None:
        """Empty a text field."""
        await self._set_text(await self.get(identifier), "")

    async def type(self, identifier: str, text: str, *, replace: bool) -> None:
        """Type into a text field, after what it holds unless `replace`; a final newline presses ENTER."""
        element = await self.get(identifier)
        line, newline, _ = text.partition("\n")
        if not replace and element.get(source.SHOWING_HINT) != "true":
            line = element.get("text", "") + line
        await self._set_text(element, line)
        if newline:
            await self._screen.press_key(keys.ENTER)

    async def screenshot(self, identifier: str) -> str:
        """A picture of the element as base64 PNG."""
        area = rect(await self.get(identifier))
        if area.width <= 0 or area.height <= 0:
            raise WebDriverError("invalid element state", f"The element {identifier} has no size to take a picture of")
        picture = Image.open(io.BytesIO(await self._screen.screenshot()))
        cropped = io.BytesIO()
        picture.crop((area.x, area.y, area.x + area.width, area.y + area.height)).save(cropped, "PNG")
        return base64.b64encode(cropped.getvalue()).decode()

    async def scroll_to(self, container: str, target: str) -> None:
        """Scroll the element `container` until `target` is in it."""
        await Scroller(self._screen).until(
            self._key(container), lambda root: any(self._is(element, target) for element in root.iter())
        )

    def _is(self, element: etree._Element, identifier: str) -> bool:
        return element.get(source.KEY) == self._key(identifier)

    def _key(self, identifier: str) -> str:
        return self._nodes.get(identifier, (0, ""))[1]

    async def _set_text(self, element: etree._Element, text: str) -> None:
        if not await self._screen.set_text(element.get(source.KEY, ""), text):
            raise WebDriverError(
                "invalid element state",
                f"Cannot set the text of {element.get('class')} {element.get('resource-id') or ''}."
                " Did you interact with the correct element?",
            )

    def _pick(self, tree: JsonObject, root: etree._Element, identifier: str) -> etree._Element:
        pid, key = self._nodes.get(identifier, (-1, ""))
        if pid == tree["pid"]:
            for element in root.iter():
                if element.get(source.KEY) == key:
                    return element
        raise WebDriverError(
            "stale element reference", f"The element {identifier} is not on the screen any more. Find it again."
        )

    def _identifier(self, pid: int, element: etree._Element) -> str:
        node = (pid, element.get(source.KEY, ""))
        if node not in self._identifiers:
            number = len(self._identifiers)
            identifier = f"00000000-0000-{number >> 16 & 0xFFFF:04x}-ffff-ffff{number & 0xFFFFFFFF:08x}"
            self._identifiers[node] = identifier
            self._nodes[identifier] = node
        return self._identifiers[node]


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name in the page source or in the client's spelling."""
    if name == "name":
        return element.get("content-desc") or element.get("text")
    if name in {"displayed", "isDisplayed"}:
        return element.get("displayed")
    return element.get(ATTRIBUTE_NAMES.get(name, name))
