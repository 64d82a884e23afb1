"""Touch: the /appium/gestures endpoints and W3C pointer and key actions."""

import asyncio
from typing import Any

from handset.processes.app_process import JsonObject
from handset.ui.touchscreen import Screen
from handset.ui.uiautomator2 import source
from handset.ui.uiautomator2.bodies import a_number, an_integer, an_object, objects
from handset.ui.uiautomator2.elements import Elements, Rect, identifier_of, rect
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.scrolling import SCROLL_BACKWARD, SCROLL_FORWARD

LONG_PRESS_MS = 600
DEFAULT_SPEED = 2500
VECTORS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
KEYS_BY_CHARACTER = {"\ue007": 66, "\ue006": 66, "\ue003": 67, "\ue004": 61, "\ue00c": 111, "\ue017": 112}

Point = tuple[int, int]


class Gestures:
    """Translates gestures of clients into taps and swipes."""

    def __init__(self, screen: Screen, elements: Elements) -> None:
        self._screen = screen
        self._elements = elements

    async def perform(self, name: str, body: JsonObject) -> bool | None:
        """Run `/appium/gestures/NAME`; scroll and fling tell whether there is more to scroll."""
        match name:
            case "click":
                await self._screen.tap(*await self._point(body))
            case "long_click":
                await self._screen.tap(
                    *await self._point(body), hold_ms=_milliseconds(body.get("duration") or LONG_PRESS_MS)
                )
            case "double_click":
                point = await self._point(body)
                await self._screen.tap(*point)
                await self._screen.tap(*point)
            case "drag":
                await self._drag(body)
            case "swipe":
                await self._swipe(body, 1)
            case "scroll" | "fling":
                return await self._scroll(body)
            case _:
                raise WebDriverError(
                    "unsupported operation", f"The gesture {name} needs two fingers; this device has one"
                )
        return None

    async def _point(self, body: JsonObject) -> Point:
        offset = an_object(body.get("offset"), "offset")
        if body.get("origin"):
            area = rect(await self._elements.get(identifier_of(an_object(body["origin"], "origin"))))
            return (area.x + point(offset)[0], area.y + point(offset)[1]) if offset else area.center
        if not offset:
            raise WebDriverError("invalid argument", "A gesture needs an element or an offset")
        return point(offset)

    async def _area(self, body: JsonObject) -> Rect:
        if body.get("origin"):
            return rect(await self._elements.get(identifier_of(an_object(body["origin"], "origin"))))
        area = an_object(body.get("area"), "area")
        if not area:
            raise WebDriverError("invalid argument", "A gesture needs an element or an area")
        return Rect(*(an_integer(area.get(side), side) for side in ("left", "top", "width", "height")))

    async def _drag(self, body: JsonObject) -> None:
        start = await self._point({"origin": body.get("origin"), "offset": body.get("start")})
        end = point(an_object(body.get("end"), "end"))
        await self._screen.swipe(start, end, _duration(start, end, body.get("speed")))

    async def _swipe(self, body: JsonObject, sign: int) -> None:
        start, end = swipe_line(
            await self._area(body), _direction(body), a_number(body.get("percent") or 1, "percent") * 0.8
        )
        if sign < 0:
            start, end = end, start
        await self._screen.swipe(start, end, _duration(start, end, body.get("speed")))

    async def _scroll(self, body: JsonObject) -> bool:
        """Scroll the content towards a direction: a finger moves the other way. True while there is more."""
        direction = _direction(body)
        before = source.page_source(await self._screen.tree(), self._screen.display)
        if body.get("origin"):
            element = await self._elements.get(identifier_of(an_object(body["origin"], "origin")))
            if element.get("scrollable") == "true":
                action = SCROLL_FORWARD if direction in {"down", "right"} else SCROLL_BACKWARD
                return await self._screen.perform(element.get(source.KEY, ""), action)
        await self._swipe(body, -1)
        return source.page_source(await self._screen.tree(), self._screen.display) != before

    async def actions(self, sequences: list[JsonObject]) -> None:
        """Run W3C action sequences, one finger at a time."""
        pointers = [sequence for sequence in sequences if sequence.get("type") == "pointer"]
        touching = [
            sequence
            for sequence in pointers
            if any(action.get("type") == "pointerDown" for action in objects(sequence.get("actions"), "actions"))
        ]
        if len(touching) > 1:
            raise WebDriverError("unsupported operation", "Actions with two fingers; this device has one")
        for sequence in sequences:
            if sequence.get("type") == "pointer":
                await self._pointer(objects(sequence.get("actions"), "actions"))
            elif sequence.get("type") == "key":
                await self._keys(objects(sequence.get("actions"), "actions"))
            elif sequence.get("type") == "none":
                await self._pauses(objects(sequence.get("actions"), "actions"))

    async def _pointer(self, actions: list[JsonObject]) -> None:
        position: Point = (0, 0)
        down: Point | None = None
        elapsed = 0
        for action in actions:
            duration = _milliseconds(action.get("duration") or 0)
            match action.get("type"):
                case "pointerMove":
                    position = await self._moved(position, action)
                    elapsed += duration
                case "pointerDown":
                    down, elapsed = position, 0
                case "pointerUp" if down is not None:
                    if down == position:
                        await self._screen.tap(*position, hold_ms=elapsed)
                    else:
                        await self._screen.swipe(down, position, elapsed)
                    down = None
                case "pause" if down is not None:
                    elapsed += duration
                case "pause":
                    await asyncio.sleep(duration / 1000)

    async def _moved(self, position: Point, action: JsonObject) -> Point:
        x, y = an_integer(action.get("x") or 0, "x"), an_integer(action.get("y") or 0, "y")
        origin: Any = action.get("origin", "viewport")
        if isinstance(origin, dict):
            center = rect(await self._elements.get(identifier_of(origin))).center
            return center[0] + x, center[1] + y
        return (position[0] + x, position[1] + y) if origin == "pointer" else (x, y)

    async def _keys(self, actions: list[JsonObject]) -> None:
        for action in actions:
            if action.get("type") == "pause":
                await asyncio.sleep(_milliseconds(action.get("duration") or 0) / 1000)
            elif action.get("type") == "keyDown":
                character = str(action.get("value", ""))
                if character in KEYS_BY_CHARACTER:
                    await self._screen.press_key(KEYS_BY_CHARACTER[character])
                else:
                    await self._screen.type_text(character)

    async def _pauses(self, actions: list[JsonObject]) -> None:
        for action in actions:
            await asyncio.sleep(_milliseconds(action.get("duration") or 0) / 1000)


def swipe_line(area: Rect, direction: str, share: float) -> tuple[Point, Point]:
    """Where a finger starts and ends that moves in `direction` over a share of an area."""
    x, y = area.center
    step_x, step_y = VECTORS[direction]
    reach_x, reach_y = int(area.width * share / 2) * step_x, int(area.height * share / 2) * step_y
    return (x - reach_x, y - reach_y), (x + reach_x, y + reach_y)


def _direction(body: JsonObject) -> str:
    direction = str(body.get("direction", "")).lower()
    if direction not in VECTORS:
        raise WebDriverError("invalid argument", f"The direction is one of {', '.join(VECTORS)}, not {direction!r}")
    return direction


def _duration(start: Point, end: Point, speed: object) -> int:
    distance = max(abs(start[0] - end[0]), abs(start[1] - end[1]))
    pixels_a_second = an_integer(speed or DEFAULT_SPEED, "speed")
    if pixels_a_second <= 0:
        raise WebDriverError("invalid argument", f"'speed' has to be more than 0, not {speed!r}")
    return distance * 1000 // pixels_a_second


def _milliseconds(value: object) -> int:
    duration = an_integer(value, "duration")
    if duration < 0:
        raise WebDriverError("invalid argument", f"'duration' has to be 0 or more, not {duration}")
    return duration


def point(body: JsonObject) -> Point:
    """The point of a JSON object with x and y. Raises WebDriverError `invalid argument`."""
    return an_integer(body.get("x"), "x"), an_integer(body.get("y"), "y")
