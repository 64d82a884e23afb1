"""The endpoints of the UiAutomator2 server, bound to a session."""

import base64
import inspect
import re
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from handset.base import keys
from handset.processes.app_process import JsonObject
from handset.state.settings_store import Properties
from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2 import locators, source
from handset.ui.uiautomator2.bodies import a_text, an_integer, an_object, objects, typed
from handset.ui.uiautomator2.elements import Elements, Found, attribute, identifier_of, rect
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.gestures import Gestures
from handset.ui.uiautomator2.scrolling import Scroller

ALERT = './*[.//*[@resource-id="android:id/alertTitle" or @resource-id="android:id/button1"]]'
ACCEPT, DISMISS = "android:id/button1", "android:id/button2"
DEFAULT_SETTINGS: JsonObject = {
    "elementResponseAttributes": "name,text",
    "enforceXPath1": False,
    "shouldUseCompactResponses": True,
    "waitForIdleTimeout": 0,
    "waitForSelectorTimeout": 0,
}

Endpoint = Callable[..., Awaitable[Any]]


class Route(NamedTuple):
    """Which method of AutomationSession answers a request, and whether it wants the request's body."""

    method: str
    pattern: re.Pattern[str]
    endpoint: str
    wants_body: bool


ROUTES: list[Route] = []


def route(method: str, path: str) -> Callable[[Endpoint], Endpoint]:
    """Bind an endpoint; `{name}` in the path becomes a keyword argument."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")

    def register(endpoint: Endpoint) -> Endpoint:
        wants_body = "body" in inspect.signature(endpoint).parameters
        ROUTES.append(Route(method, pattern, endpoint.__name__, wants_body))
        return endpoint

    return register


class AutomationSession:
    """One WebDriver session. Endpoints take the parts of the path and the body if they want it; they give the value."""

    def __init__(self, screen: Screen, properties: Properties, capabilities: JsonObject) -> None:
        self.identifier = str(uuid.uuid4())
        self.capabilities = capabilities
        self._screen = screen
        self._properties = properties
        self._elements = Elements(screen)
        self._gestures = Gestures(screen, self._elements)
        self._settings = dict(DEFAULT_SETTINGS)
        self._clipboard = ""

    async def handle(self, method: str, path: str, body: JsonObject) -> Any:
        """Answer a request whose path stands behind `/session/ID`. Raises WebDriverError."""
        for candidate in ROUTES:
            found = candidate.pattern.match(path)
            if found and candidate.method == method:
                arguments = {"body": body} if candidate.wants_body else {}
                return await getattr(self, candidate.endpoint)(**arguments, **found.groupdict())
        raise WebDriverError("unknown command", f"{method} {path} is not supported by this device")

    @route("GET", "/?")
    async def show_capabilities(self) -> JsonObject:
        """What the session was opened with."""
        return self.capabilities

    # -- elements

    @route("POST", "/element")
    async def find_element(self, body: JsonObject) -> JsonObject:
        """The first element that matches."""
        found = await self._elements.find(*_locator(body), _context(body))
        if not found:
            raise WebDriverError(
                "no such element",
                f"An element could not be located on the page using {body['strategy']} `{body['selector']}`",
            )
        return self._shown(found[0])

    @route("POST", "/elements")
    async def find_elements(self, body: JsonObject) -> list[JsonObject]:
        """All elements that match."""
        found = await self._elements.find(*_locator(body), _context(body))
        return [self._shown(one) for one in found]

    @route("GET", "/element/active")
    async def active_element(self) -> JsonObject:
        """The element that has the focus."""
        return self._shown(await self._elements.active())

    @route("POST", "/element/{identifier}/click")
    async def click(self, identifier: str) -> None:
        """Tap an element."""
        await self._elements.click(identifier)

    @route("POST", "/element/{identifier}/clear")
    async def clear(self, identifier: str) -> None:
        """Empty a field."""
        await self._elements.clear(identifier)

    @route("POST", "/element/{identifier}/value")
    async def set_value(self, body: JsonObject, identifier: str) -> None:
        """Type into a field."""
        await self._elements.type(identifier, typed(body), replace=bool(body.get("replace")))

    @route("GET", "/element/{identifier}/text")
    async def get_text(self, identifier: str) -> str:
        """The element's text."""
        return (await self._elements.get(identifier)).get("text", "")

    @route("GET", "/element/{identifier}/name")
    async def get_name(self, identifier: str) -> str | None:
        """The element's content description."""
        return (await self._elements.get(identifier)).get("content-desc")

    @route("GET", "/element/{identifier}/attribute/{name}")
    async def get_attribute(self, identifier: str, name: str) -> str | None:
        """An attribute of the element."""
        return attribute(await self._elements.get(identifier), name)

    @route("GET", "/element/{identifier}/(?:rect|location|size)")
    async def get_rect(self, identifier: str) -> dict[str, int]:
        """The element's place and size."""
        return rect(await self._elements.get(identifier))._asdict()

    @route("GET", "/element/{identifier}/screenshot")
    async def element_screenshot(self, identifier: str) -> str:
        """A picture of the element."""
        return await self._elements.screenshot(identifier)

    @route("POST", "/appium/element/{container}/scroll_to/{target}")
    async def scroll_to_element(self, container: str, target: str) -> None:
        """Scroll a container until an element shows."""
        await self._elements.scroll_to(container, target)

    # -- the screen

    @route("GET", "/source")
    async def page_source(self) -> str:
        """The page source."""
        return source.page_source(await self._screen.tree(), self._screen.display)

    @route("GET", "/screenshot")
    async def screenshot(self) -> str:
        """The screen as base64 PNG."""
        return base64.b64encode(await self._screen.screenshot()).decode()

    @route("GET", "/window/[^/]+/size")
    async def window_size(self) -> dict[str, int]:
        """The screen's size."""
        width, height = self._screen.display.size
        return {"width": width, "height": height}

    @route("GET", "/orientation")
    async def get_orientation(self) -> str:
        """PORTRAIT or LANDSCAPE."""
        return self._screen.display.orientation

    @route("POST", "/orientation")
    async def set_orientation(self, body: JsonObject) -> None:
        """Turn the screen."""
        orientation = str(body.get("orientation")).upper()
        if orientation not in {"PORTRAIT", "LANDSCAPE"}:
            raise WebDriverError("invalid argument", f"The orientation is PORTRAIT or LANDSCAPE, not {orientation!r}")
        if orientation != self._screen.display.orientation:
            await self._screen.rotate(int(orientation == "LANDSCAPE"))

    @route("GET", "/rotation")
    async def get_rotation(self) -> dict[str, int]:
        """The screen's rotation in degrees around z."""
        return {"x": 0, "y": 0, "z": 90 * self._screen.display.rotation}

    @route("POST", "/rotation")
    async def set_rotation(self, body: JsonObject) -> None:
        """Turn the screen to 0 or 90 degrees."""
        await self._screen.rotate(an_integer(body.get("z", 0), "z") // 90 % 2)

    # -- touch and keys

    @route("POST", "/appium/gestures/{name}")
    async def gesture(self, body: JsonObject, name: str) -> bool | None:
        """A gesture."""
        return await self._gestures.perform(name, body)

    @route("POST", "/gestures/scroll_to")
    @route("POST", "/touch/scroll")
    async def scroll_to(self, body: JsonObject) -> None:
        """Scroll the first scrollable element until a locator matches."""
        strategy, selector = _locator(an_object(body.get("params"), "params"))
        container = (
            identifier_of(an_object(body["origin"], "origin")) if body.get("origin") else await self._scrollable()
        )
        key = (await self._elements.get(container)).get(source.KEY, "")
        found = await Scroller(self._screen).until(key, lambda root: bool(locators.find(root, strategy, selector)))
        if not found:
            raise WebDriverError("no such element", f"Scrolling did not bring up `{selector}`")

    @route("POST", "/actions")
    async def actions(self, body: JsonObject) -> None:
        """W3C actions."""
        await self._gestures.actions(objects(body.get("actions"), "actions"))

    @route("DELETE", "/actions")
    async def release_actions(self) -> None:
        """No finger stays down between calls."""

    @route("POST", "/back")
    async def back(self) -> None:
        """Press BACK."""
        await self._screen.press_key(keys.BACK)

    @route("POST", "/keys")
    async def send_keys(self, body: JsonObject) -> None:
        """Type into the field that has the focus."""
        if not await self._screen.type_text(typed(body)):
            raise WebDriverError("invalid element state", "No field has the focus")

    @route("POST", "/appium/device/(?:long_)?press_keycode")
    async def press_keycode(self, body: JsonObject) -> None:
        """Press a key."""
        await self._screen.press_key(an_integer(body.get("keycode"), "keycode"))

    # -- dialogs

    @route("GET", "/alert/text")
    async def alert_text(self) -> str:
        """The texts of the dialog on top."""
        alert = await self._alert()
        texts = alert.xpath('.//*[@class="android.widget.TextView"][string-length(@text) > 0]/@text')
        return "\n".join(str(text) for text in texts)

    @route("POST", "/alert/accept")
    async def accept_alert(self, body: JsonObject) -> None:
        """Press the dialog's positive button, or the one with the label asked for."""
        await self._press_alert_button(ACCEPT, body.get("buttonLabel"))

    @route("POST", "/alert/dismiss")
    async def dismiss_alert(self, body: JsonObject) -> None:
        """Press the dialog's negative button, or the one with the label asked for."""
        await self._press_alert_button(DISMISS, body.get("buttonLabel"))

    # -- settings and device

    @route("POST", "/appium/settings")
    async def set_settings(self, body: JsonObject) -> JsonObject:
        """Change settings."""
        self._settings.update(an_object(body.get("settings"), "settings"))
        return self._settings

    @route("GET", "/appium/settings")
    async def get_settings(self) -> JsonObject:
        """The settings."""
        return self._settings

    @route("POST", "/timeouts(?:/implicit_wait)?")
    async def timeouts(self) -> None:
        """The implicit wait is the driver's."""

    @route("POST", "/appium/reset_ax_cache")
    async def reset_cache(self) -> None:
        """There is no cache to reset."""

    @route("GET", "/appium/device/system_bars")
    async def system_bars(self) -> dict[str, int]:
        """The screen has no bars."""
        return {"statusBar": 0}

    @route("GET", "/appium/device/pixel_ratio")
    async def pixel_ratio(self) -> float:
        """Pixels to a density-independent pixel."""
        return self._screen.display.density / 160

    @route("GET", "/appium/device/display_density")
    async def display_density(self) -> int:
        """Dots per inch."""
        return self._screen.display.density

    @route("GET", "/appium/device/battery_info")
    async def battery_info(self) -> dict[str, int]:
        """A full battery."""
        return {"level": 1, "status": 5}

    @route("GET", "/appium/device/info")
    async def device_info(self) -> JsonObject:
        """What the device says about itself."""
        get = self._properties.get
        display = self._screen.display
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
    async def set_clipboard(self, body: JsonObject) -> None:
        """Keep a base64 text, and give it to the app in front to paste."""
        self._clipboard = str(body.get("content", ""))
        await self._screen.set_clipboard(base64.b64decode(self._clipboard).decode())

    @route("POST", "/appium/device/get_clipboard")
    async def get_clipboard(self) -> str:
        """The base64 text that was kept."""
        return self._clipboard

    def _shown(self, found: Found) -> JsonObject:
        if self._settings["shouldUseCompactResponses"]:
            return found.reference
        return found.described(str(self._settings["elementResponseAttributes"]).split(","))

    async def _scrollable(self) -> str:
        found = await self._elements.find("xpath", '//*[@scrollable="true"]')
        if not found:
            raise WebDriverError("no such element", "Nothing on the screen can be scrolled")
        return found[0].identifier

    async def _alert(self) -> Any:
        root = source.build(await self._screen.tree(), self._screen.display)
        alerts = root.xpath(ALERT)
        if not isinstance(alerts, list) or not alerts:
            raise WebDriverError("no such alert", "No dialog is open")
        return alerts[-1]

    async def _press_alert_button(self, button: str, label: object) -> None:
        alert = await self._alert()
        buttons = [
            element
            for element in alert.iterdescendants()
            if (element.get("text") == label if label else element.get("resource-id") == button)
        ]
        if not buttons:
            raise WebDriverError("invalid element state", f"The dialog has no button {label or button}")
        await self._screen.tap(*rect(buttons[0]).center)


def _locator(body: JsonObject) -> tuple[str, str]:
    return a_text(body.get("strategy"), "strategy"), a_text(body.get("selector"), "selector")


def _context(body: JsonObject) -> str | None:
    return a_text(body["context"], "context") if body.get("context") else None
