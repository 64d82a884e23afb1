"""UiScrollable: scrolls a container by its accessibility actions until something shows."""

from collections.abc import Callable

from lxml import etree

from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2 import locators, source
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.uiselector import Call, Expression

SCROLL_FORWARD, SCROLL_BACKWARD = 4096, 8192
MAX_SWIPES = 30

Found = Callable[[etree._Element], bool]


class Scroller:
    """Works on whatever is in front."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    async def find(self, expression: Expression) -> list[etree._Element]:
        """Run `new UiScrollable(SELECTOR)…` and give what it names. Raises WebDriverError for unknown methods."""
        container = expression.arguments[0] if expression.arguments else None
        if not isinstance(container, Expression):
            raise WebDriverError("invalid selector", "UiScrollable takes a UiSelector")
        swipes = MAX_SWIPES
        result: list[etree._Element] = []
        for call in expression.calls:
            if call.method in {"setAsVerticalList", "setAsHorizontalList", "setSwipeDeadZonePercentage"}:
                continue
            if call.method == "setMaxSearchSwipes":
                swipes = locators.number(call)
            else:
                result = await self._call(container, call, swipes)
        return result

    async def until(self, key: str, found: Found, swipes: int = MAX_SWIPES) -> bool:
        """Scroll the node `key` to its beginning and then on, until `found` accepts the screen."""
        if found(await self._root()):
            return True
        for _ in range(swipes):
            if not await self._screen.perform(key, SCROLL_BACKWARD):
                break
        for _ in range(swipes):
            if found(await self._root()):
                return True
            if not await self._screen.perform(key, SCROLL_FORWARD):
                break
        return found(await self._root())

    async def _call(self, container: Expression, call: Call, swipes: int) -> list[etree._Element]:
        target = _target(call)
        root = await self._root()
        containers = locators.select(root.iterdescendants(), container)
        if not containers:
            raise WebDriverError("no such element", "The scrollable container is not on the screen")
        key = containers[0].get(source.KEY, "")
        if target is not None:
            await self.until(key, lambda screen: bool(locators.select(screen.iterdescendants(), target)), swipes)
            return locators.select((await self._root()).iterdescendants(), target)
        await self._move(key, call.method, locators.number(call) if call.arguments else swipes)
        return locators.select((await self._root()).iterdescendants(), container)[:1]

    async def _move(self, key: str, method: str, swipes: int) -> None:
        forward = method.endswith(("Forward", "ToEnd"))
        steps = swipes if method.endswith(("ToEnd", "ToBeginning")) else 1
        for _ in range(steps):
            if not await self._screen.perform(key, SCROLL_FORWARD if forward else SCROLL_BACKWARD):
                break

    async def _root(self) -> etree._Element:
        return source.build(await self._screen.tree(), self._screen.display)


def _target(call: Call) -> Expression | None:
    """What to scroll to; None for a plain movement."""
    argument = call.arguments[0] if call.arguments else None
    if call.method in {"scrollIntoView", "ensureFullyVisible"} and isinstance(argument, Expression):
        return argument
    if call.method == "scrollTextIntoView":
        return Expression("UiSelector", (), (Call("text", (argument,)),))
    if call.method == "scrollDescriptionIntoView":
        return Expression("UiSelector", (), (Call("description", (argument,)),))
    movements = {"scrollForward", "scrollBackward", "scrollToEnd", "scrollToBeginning"}
    if call.method in movements | {movement.replace("scroll", "fling") for movement in movements}:
        return None
    if call.method == "getChildByText" and isinstance(argument, Expression) and len(call.arguments) > 1:
        return Expression("UiSelector", (), (*argument.calls, Call("text", (call.arguments[1],))))
    raise WebDriverError("invalid selector", f"UiScrollable.{call.method} is not supported by this device")
