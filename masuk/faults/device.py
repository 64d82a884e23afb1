"""Faults of the device itself: how it is held, and what else happens to it."""

from masuk.bench import Need
from masuk.errors import NotReached
from masuk.faults.fault import Fault, unproven
from masuk.waiting import until

TURN_SECONDS = 10


class PhoneTurned(Fault):
    """The member turns the phone on its side: the screen is made anew."""

    name = "phone-turned"
    sentence = "The phone is held sideways."
    needs = frozenset({Need.ADB})

    def inject(self) -> None:
        """Turn it."""
        self.bench.device.set_landscape(True)

    def prove(self) -> str:
        """Look at the display's size; the app has to be in front, since many a launcher does not turn."""
        try:
            until(self.bench.device.is_landscape, "the display to turn", timeout=TURN_SECONDS)
        except NotReached:
            hint = "Does the app lock its orientation? Then this can't go wrong in it."
            raise unproven("the phone should be held sideways", "the display is upright", hint) from None
        return "the display is wider than high"

    def restore(self) -> None:
        """Turn it back."""
        self.bench.device.set_landscape(False)
