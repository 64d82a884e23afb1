"""What faults of the service have in common: a trouble answers in its place."""

from abc import abstractmethod
from typing import ClassVar

from masuk.faults.bench import Bench, Need
from masuk.faults.fault import Fault, unproven
from masuk.services.backend.probing import Probed
from masuk.services.backend.trouble import Trouble

HINT = "The transcript of the backend shows what it answered."
ANSWER_SECONDS = 10.0
"""Patience with an answer that should come, however busy the machine is."""


class ServerFault(Fault):
    """The service answers every request wrongly."""

    needs = frozenset({Need.TROUBLE})
    patience: ClassVar[float] = ANSWER_SECONDS

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._service = bench.breakable

    @abstractmethod
    def trouble(self) -> Trouble:
        """What stands in front of the service."""

    @abstractmethod
    def expected(self) -> str:
        """What a client sees, in words."""

    @abstractmethod
    def is_seen(self, probed: Probed) -> bool:
        """Whether that is what a client got."""

    def inject(self) -> None:
        """Put the trouble in front of the service."""
        self._service.begin_trouble(self.trouble())

    def prove(self) -> str:
        """Ask the service as the app would."""
        probed = self._service.probe(timeout=self.patience)
        if not self.is_seen(probed):
            raise unproven(f"a client should get {self.expected()}", f"it gets {probed}", HINT)
        return f"a client gets {self.expected()}"

    def confirm(self) -> None:
        """No request went past the trouble."""
        past = self._service.gone_past()
        if past:
            raise unproven("the service should be in trouble", past, HINT)

    def restore(self) -> None:
        """Take the trouble away, and see that the service answers."""
        self._service.end_trouble()
        probed = self._service.probe()
        if not self._service.is_well(probed):
            raise unproven("the service should be well again", f"a client gets {probed}", HINT)
