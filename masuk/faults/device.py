"""Faults of the device itself: how it is held, and what else happens to it."""

import time
from abc import abstractmethod
from contextlib import suppress
from typing import ClassVar

from masuk.base.errors import NotReached
from masuk.base.polling import until
from masuk.faults.bench import Need
from masuk.faults.fault import Fault, unproven

SETTLE_SECONDS = 10
CLOCK_TOLERANCE_SECONDS = 30
FULL_BELOW_KILOBYTES = 64
SETTINGS_HINT = "Is this Android 13 or newer?"
ADB = frozenset({Need.ADB})


class PhoneTurned(Fault):
    """The member turns the phone on its side: the screen is made anew."""

    name = "phone-turned"
    sentence = "The phone is held sideways."
    needs = ADB

    def inject(self) -> None:
        """Turn it."""
        self.bench.device.display.set_landscape(True)

    def prove(self) -> str:
        """Look at the display's size; the app has to be in front, since many a launcher does not turn."""
        try:
            until(self.bench.device.display.is_landscape, "the display to turn", timeout=SETTLE_SECONDS)
        except NotReached:
            hint = "Does the app lock its orientation? Then this can't go wrong in it."
            raise unproven("the phone should be held sideways", "the display is upright", hint) from None
        return "the display is wider than high"

    def restore(self) -> None:
        """Turn it back."""
        self.bench.device.display.set_landscape(False)


class ScreenOff(Fault):
    """The member puts the phone away while the app is at work."""

    name = "screen-off"
    sentence = "The display is switched off while the app is in front."
    needs = ADB

    def inject(self) -> None:
        """Switch it off."""
        self.bench.device.display.set_awake(False)

    def prove(self) -> str:
        """Ask the power manager."""
        device = self.bench.device
        try:
            until(lambda: not device.display.is_awake(), "the display to go off", timeout=SETTLE_SECONDS)
        except NotReached:
            look = device.command_line("shell", "dumpsys", "power")
            hint = f"Is it told to stay on while charging? Look at: {look}"
            raise unproven("the display should be off", "the power manager says that it is on", hint) from None
        return "the power manager says that the device sleeps"

    def restore(self) -> None:
        """Switch it on and wait for it."""
        device = self.bench.device
        device.display.set_awake(True)
        until(device.display.is_awake, "the display to go on", timeout=SETTLE_SECONDS)


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
            device.apps.kill_in_background(package)
            return device.apps.pid(package) is None

        device.display.press_home()
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


class _Clock(Fault):
    """The device's clock is wrong."""

    needs = ADB
    hides_requests = True  # certificates are refused before a request is sent
    years: ClassVar[float] = 0
    hours: ClassVar[float] = 0

    @property
    def off(self) -> float:
        """By how many seconds; negative when it is behind."""
        return (self.years * 365.25 * 24 + self.hours) * 3600

    def inject(self) -> None:
        """Set it."""
        self.bench.device.clock.set(time.time() + self.off)

    def prove(self) -> str:
        """Read the device's clock."""
        off = self._seen()
        if abs(off - self.off) > CLOCK_TOLERANCE_SECONDS:
            look = self.bench.device.command_line("shell", "settings", "get", "global", "auto_time")
            hint = f"Does the device set its clock by the network? Look at: {look}"
            raise unproven(f"the clock should be {self._words(self.off)}", f"it is {self._words(off)}", hint)
        return f"the device's clock is {self._words(off)}"

    def restore(self) -> None:
        """Let the network set it, and see that it is right."""
        self.bench.device.clock.set(None)
        right = "the device's clock to be right again"
        until(lambda: abs(self._seen()) <= CLOCK_TOLERANCE_SECONDS, right, timeout=SETTLE_SECONDS)

    def _seen(self) -> float:
        return self.bench.device.clock.now() - time.time()

    @staticmethod
    def _words(off: float) -> str:
        return f"{abs(off) / 3600:.1f} hours {'ahead' if off > 0 else 'behind'}"


class ClockYearsBehind(_Clock):
    """The battery was empty for long: certificates are not valid yet."""

    name = "clock-years-behind"
    sentence = "The phone's clock is six years behind, as after a battery that was empty for long."
    years = -6


class ClockYearsAhead(_Clock):
    """Somebody has mistyped the date: certificates have expired."""

    name = "clock-years-ahead"
    sentence = "The phone's clock is six years ahead."
    years = 6


class ClockAnHourAhead(_Clock):
    """A wrong time zone, or somebody who does not want to wait."""

    name = "clock-hour-ahead"
    sentence = "The phone's clock is an hour ahead."
    hours = 1


class ClockAnHourBehind(_Clock):
    """A wrong time zone the other way, or a clock that was put right."""

    name = "clock-hour-behind"
    sentence = "The phone's clock is an hour behind."
    hours = -1


class _Layout(Fault):
    """Something by which screens are laid out."""

    needs = ADB
    wanted: ClassVar[str]
    """What the app's screen should show, in words."""

    @abstractmethod
    def is_shown(self, scale: float, languages: str) -> bool:
        """Whether a screen with that size of texts and those languages is laid out by it."""

    def confirm(self) -> None:
        """The screen that is looked at is laid out by it; an app without one in front will be."""
        configuration = self.bench.device.apps.configuration_of
        package = self.bench.app.package

        def taken() -> bool:
            shown = configuration(package)
            return shown is None or self.is_shown(*shown)

        try:
            until(taken, self.wanted, timeout=SETTLE_SECONDS)
        except NotReached:
            seen = f"the app's screen is laid out by {configuration(package)}"
            raise unproven(self.wanted, seen, SETTINGS_HINT) from None


class LargeFont(_Layout):
    """The member can't read small letters."""

    name = "font-large"
    sentence = "Texts are shown at 1.3 times their usual size."
    scale = 1.3
    wanted = f"texts should be {scale} times as large"

    def inject(self) -> None:
        """Ask for large letters."""
        self.bench.device.display.set_font_scale(self.scale)

    def prove(self) -> str:
        """Read the setting; that the app follows it is confirmed once it has a screen."""
        scale = self.bench.device.display.font_scale()
        if scale != self.scale:
            raise unproven(self.wanted, f"the setting says {scale}", SETTINGS_HINT)
        return f"the system shows texts {scale} times as large"

    def is_shown(self, scale: float, languages: str) -> bool:  # noqa: ARG002 - of the other kind
        """By its size."""
        return scale == self.scale

    def restore(self) -> None:
        """Back to the usual size."""
        self.bench.device.display.set_font_scale(None)


class OtherLanguage(_Layout):
    """A phone in another language, or a member who has chosen one for this app."""

    name = "language-english"
    sentence = "The app is told to speak English."
    tag = "en-US"
    wanted = f"the app's language should be {tag}"

    def inject(self) -> None:
        """Choose the language for this app."""
        self.bench.device.apps.set_locale_of(self.bench.app.package, self.tag)

    def prove(self) -> str:
        """Ask the system for the app's language; that the app follows is confirmed once it has a screen."""
        tag = self.bench.device.apps.locale_of(self.bench.app.package)
        if tag != self.tag:
            raise unproven(self.wanted, f"the system says {tag!r}", SETTINGS_HINT)
        return f"the system gives the app the language {tag}"

    def is_shown(self, scale: float, languages: str) -> bool:  # noqa: ARG002 - of the other kind
        """By its first language, which Android writes with an underscore."""
        return languages.startswith(self.tag.replace("-", "_"))

    def restore(self) -> None:
        """The device's language again."""
        self.bench.device.apps.set_locale_of(self.bench.app.package, "")


class DiskFull(Fault):
    """Photos and videos have taken all there was."""

    name = "storage-full"
    sentence = "The phone's storage is full."
    needs = ADB

    def inject(self) -> None:
        """Fill it with a file."""
        self.bench.device.storage.fill()

    def prove(self) -> str:
        """Nothing is free."""
        device = self.bench.device
        free = device.storage.free_kilobytes()
        if free >= FULL_BELOW_KILOBYTES:
            hint = f"Look at: {device.command_line('shell', 'df', '-k', '/data')}"
            raise unproven("the storage should be full", f"{free} kB are free", hint)
        return f"{free} kB are free on the data partition"

    def restore(self) -> None:
        """Remove the file, and see that there is room again."""
        device = self.bench.device
        device.storage.free()
        until(
            lambda: device.storage.free_kilobytes() >= FULL_BELOW_KILOBYTES,
            "the storage to have room again",
            timeout=SETTLE_SECONDS,
        )
