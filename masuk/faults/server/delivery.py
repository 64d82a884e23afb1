"""How the service's answers arrive: in part, late, or never."""

from masuk.faults.bench import Need
from masuk.faults.server.server_fault import ServerFault
from masuk.services.backend.probing import Probed
from masuk.services.backend.trouble import BreaksOff, Drips, Late, Silent, Trouble

SILENCE_SECONDS = 0.5
"""Patience with an answer that should not come."""
DRIP_SECONDS = 2.0


class Truncated(ServerFault):
    """The answer ends in the middle."""

    name = "server-truncated"
    sentence = "The service's answers end in the middle."

    def trouble(self) -> Trouble:
        """Half of each answer."""
        return BreaksOff()

    def expected(self) -> str:
        """Half of what was announced."""
        return "half an answer"

    def is_seen(self, probed: Probed) -> bool:
        """The library missed the rest."""
        return probed.trouble.startswith("IncompleteRead")


class _Quiet(ServerFault):
    """Nothing comes, or nothing at first."""

    patience = SILENCE_SECONDS

    def expected(self) -> str:
        """Nothing."""
        return f"no answer within {self.patience:g} s"

    def is_seen(self, probed: Probed) -> bool:
        """Nothing came; whether it comes at last is for the scenario to see."""
        return probed.trouble == self.expected()


class Unresponsive(_Quiet):
    """The service takes requests and says nothing."""

    name = "server-silent"
    sentence = "The service takes requests and never answers."

    def trouble(self) -> Trouble:
        """Silence."""
        return Silent()


class Slow(_Quiet):
    """The service works, slowly."""

    name = "server-slow"
    sentence = "The service answers rightly, three seconds late."
    lateness = 3.0

    def trouble(self) -> Trouble:
        """The service's own answers, late."""
        return Late(self.lateness)


class Dripping(_Quiet):
    """No pause between two bytes is long enough to be taken for silence."""

    name = "server-drips"
    sentence = "The service's answers come a byte every two seconds, and so take minutes."
    needs = frozenset({Need.STUB})

    def trouble(self) -> Trouble:
        """The service's own answers, byte by byte."""
        return Drips(DRIP_SECONDS)
