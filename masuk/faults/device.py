"""Faults of the device itself: how it is held, and what else happens to it."""

from contextlib import suppress

from masuk.bench import Need
from masuk.errors import NotReached
from masuk.faults.fault import Fault, unproven
from masuk.waiting import until

SETTLE_SECONDS = 10
ADB = frozenset({Need.ADB})


class PhoneTurned(Fault):
    """The member turns the phone on its side: the screen is made anew."""

    name = "phone-turned"
    sentence = "The phone is held sideways."
    needs = ADB

    def inject(self) -> None:
        """Turn it."""
        self.bench.device.set_landscape(True)

    def prove(self) -> str:
        """Look at the display's size; the app has to be in front, since many a launcher does not turn."""
        try:
            until(self.bench.device.is_landscape, "the display to turn", timeout=SETTLE_SECONDS)
        except NotReached:
            hint = "Does the app lock its orientation? Then this can't go wrong in it."
            raise unproven("the phone should be held sideways", "the display is upright", hint) from None
        return "the display is wider than high"

    def restore(self) -> None:
        """Turn it back."""
        self.bench.device.set_landscape(False)


class ScreenOff(Fault):
    """The member puts the phone away while the app is at work."""

    name = "screen-off"
    sentence = "The display is switched off while the app is in front."
    needs = ADB

    def inject(self) -> None:
        """Switch it off."""
        self.bench.device.set_awake(False)

    def prove(self) -> str:
        """Ask the power manager."""
        device = self.bench.device
        try:
            until(lambda: not device.is_awake(), "the display to go off", timeout=SETTLE_SECONDS)
        except NotReached:
            hint = "Is it told to stay on while charging? Look at: adb shell dumpsys power"
            raise unproven("the display should be off", "the power manager says that it is on", hint) from None
        return "the power manager says that the device sleeps"

    def restore(self) -> None:
        """Switch it on and wait for it."""
        device = self.bench.device
        device.set_awake(True)
        until(device.is_awake, "the display to go on", timeout=SETTLE_SECONDS)


class EndedInBackground(Fault):
    """Another app needs the memory; the system ends the one in the back, which has left its state behind."""

    name = "app-ended-in-background"
    sentence = "The member looks at something else, and the system ends the app's process for its memory."
    needs = ADB

    def prepare(self) -> None:
        """Note the process that is to end."""
        self._process = self.bench.app.pid()

    def inject(self) -> None:
        """Go home, and let the system have the memory; an app that is still on its way to the back is spared."""
        device, package = self.bench.device, self.bench.app.package

        def ended() -> bool:
            device.kill_in_background(package)
            return device.pid(package) is None

        device.press_home()
        with suppress(NotReached):
            until(ended, f"the system to end {package}", timeout=SETTLE_SECONDS)

    def prove(self) -> str:
        """There was a process, and there is none."""
        pid = self.bench.app.pid()
        if self._process is None or pid is not None:
            seen = "it did not run" if self._process is None else f"it has process {pid}"
            hint = "Does a service of it run in the foreground? Such an app is spared."
            raise unproven("the app should have been ended in the background", seen, hint)
        return f"process {self._process} is gone"

    def restore(self) -> None:
        """Nothing comes back; the member opens the app."""
