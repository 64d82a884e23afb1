"""What a finger and an eye do with the device: look at the tree, tap, swipe, type, take a picture."""

import base64
import io
import time
from collections.abc import Iterator
from typing import Any

from PIL import Image

from handset.base import keys
from handset.base.display import Display
from handset.packages.system_packages import LAUNCHER_PACKAGE
from handset.processes.activity_manager import ActivityManager
from handset.processes.app_process import JsonObject
from handset.ui.hardware_keys import HardwareKeys

WINDOW_WAIT = 2.0
WINDOW_POLL = 0.1


class Screen:
    """Works on whatever is in front. Methods raise AppProcessError when the app does not do what was asked."""

    def __init__(self, activities: ActivityManager, display: Display) -> None:
        self._activities = activities
        self.display = display
        self._keys = HardwareKeys(activities, display)

    async def tree(self) -> JsonObject:
        """What is on the screen: `{package, windows: [{type, title, frame, focused, root}], toasts, pid}`.

        Between two activities there is no window for a moment, so this waits up to 2 s for one.
        """
        deadline = time.monotonic() + WINDOW_WAIT
        while app := await self._activities.front_app():
            tree = await self._activities.call_front("tree")
            if tree is None:
                break
            if tree.get("windows") or time.monotonic() > deadline:
                return {**tree, "pid": app.process.pid}
            await self._activities.apps.wait_for_change(WINDOW_POLL)
        return self._system_tree()

    async def tap(self, x: int, y: int, hold_ms: int = 0) -> None:
        """Touch a point in pixels and let go after `hold_ms`."""
        await self._activities.call_front("tap", x=x, y=y, hold_ms=hold_ms)

    async def swipe(self, start: tuple[int, int], end: tuple[int, int], milliseconds: int) -> None:
        """Draw a finger from one point to another."""
        await self._activities.call_front(
            "swipe", x=start[0], y=start[1], x2=end[0], y2=end[1], ms=max(1, milliseconds)
        )

    async def press_key(self, code: int) -> None:
        """Press a key by its Android code."""
        await self._keys.press(code)

    async def set_clipboard(self, text: str) -> None:
        """Put a text on the clipboard of the app in front; other apps do not see it."""
        await self._activities.call_front("clipboard", text=text)

    async def set_text(self, key: str, text: str) -> bool:
        """Replace the text of the node with this key; False when it takes no text."""
        answer = await self._activities.call_front("set_text", key=key, text=text)
        return bool(answer and answer.get("ok"))

    async def perform(self, key: str, action: int) -> bool:
        """Perform an accessibility action on a node; False when it does nothing."""
        answer = await self._activities.call_front("action", key=key, action=action)
        return bool(answer and answer.get("ok"))

    async def type_text(self, text: str) -> bool:
        """Type into the focused field, after what it holds; False when no field has the focus."""
        field = next((node for node in walk(await self.tree()) if _takes_text(node)), None)
        if field is None:
            return False
        line, newline, _ = text.partition("\n")
        present = "" if "showing-hint" in field.get("flags", []) else field.get("text") or ""
        done = await self.set_text(field["key"], present + line)
        if newline:
            await self.press_key(keys.ENTER)
        return done

    async def keyboard_shown(self) -> bool:
        """Whether the soft keyboard is up; False for an app that does not respond."""
        answer = await self._activities.inform_front("keyboard")
        return bool(answer and answer.get("shown"))

    async def screenshot(self) -> bytes:
        """The screen as a PNG."""
        answer = await self._activities.call_front("screenshot")
        if answer is not None:
            return base64.b64decode(answer["png"])
        picture = io.BytesIO()
        Image.new("RGB", self.display.size, "white").save(picture, "PNG")
        return picture.getvalue()

    async def rotate(self, rotation: int) -> None:
        """Turn the screen: 0 is portrait, 1 is landscape."""
        self.display.rotation = rotation
        await self._activities.inform_front("rotate", rotation=rotation)

    def _system_tree(self) -> JsonObject:
        focus = self._activities.apps.focus
        width, height = self.display.size
        title = "Launcher" if focus.package == LAUNCHER_PACKAGE else focus.activity.rpartition(".")[2]
        label = {"key": "system:1", "class": "android.widget.TextView", "text": title, "bounds": [0, 0, width, 100]}
        root = {
            "key": "system:0",
            "class": "android.widget.FrameLayout",
            "bounds": [0, 0, width, height],
            "flags": ["enabled", "displayed"],
            "children": [{**label, "flags": ["enabled", "displayed"]}],
        }
        window = {"type": 1, "title": title, "frame": [0, 0, width, height], "focused": True, "root": root}
        return {"package": focus.package, "windows": [window], "toasts": [], "pid": 0}


def walk(tree: JsonObject) -> Iterator[JsonObject]:
    """Every node of a tree's windows, parents first."""
    pending: list[Any] = [window["root"] for window in reversed(tree.get("windows", []))]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.get("children", [])))


def _takes_text(node: JsonObject) -> bool:
    flags = node.get("flags", [])
    return "focused" in flags and "editable" in flags
