"""The hardware and soft keys: HOME, BACK and the power keys act on the device, the others go to the app in front."""

from handset.base import keys
from handset.base.display import Display
from handset.processes.activity_manager import ActivityManager


class HardwareKeys:
    """Presses keys. Methods raise AppProcessError when the app in front does not do what was asked."""

    def __init__(self, activities: ActivityManager, display: Display) -> None:
        self._activities = activities
        self._display = display

    async def press(self, code: int) -> None:
        """Press a hardware or soft key. BACK and ESCAPE close the keyboard first."""
        if code == keys.HOME:
            await self._activities.go_home()
        elif code in {keys.POWER, keys.SLEEP, keys.WAKEUP}:
            await self._switch_display(code == keys.WAKEUP or (code == keys.POWER and not self._display.on))
        elif code in {keys.BACK, keys.ESCAPE} and await self._hide_keyboard():
            return
        else:
            await self._activities.call_front("key", code=code)
            # What the key caused, such as the end of an activity, is done when the main thread answers again.
            await self._activities.call_front("ping")

    async def _switch_display(self, on: bool) -> None:
        """An app in front is stopped while the display is off, and comes back with it: there is no lock screen."""
        if on != self._display.on:
            self._display.on = on
            await self._activities.inform_front("foreground" if on else "background")

    async def _hide_keyboard(self) -> bool:
        state = await self._activities.call_front("keyboard")
        if not state or not state.get("shown"):
            return False
        await self._activities.call_front("keyboard", hide=True)
        return True
