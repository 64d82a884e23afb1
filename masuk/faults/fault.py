"""What a fault is, and the board that keeps count of those in force."""

import inspect
import time
from abc import ABC, abstractmethod
from typing import ClassVar, TypeVar

from masuk.base.errors import FaultNotProven, InfrastructureError, NotServed, UsageError
from masuk.faults.bench import Bench, Need
from masuk.services.backend.journal import Request


class Fault(ABC):
    """Something that can be made to go wrong; one instance is one occurrence.

    A subclass with a `name` is found by the catalogue, and can be injected by that name alone.
    """

    name: ClassVar[str]
    """A word or two, as on the command line: `network-off`."""
    sentence: ClassVar[str]
    """For people: what goes wrong."""
    needs: ClassVar[frozenset[Need]]
    hides_requests: ClassVar[bool] = False
    """Whether no request of an app that works may be seen while it is in force, at the stub or at the link."""
    lateness: ClassVar[float] = 0
    """By how many seconds it delays an answer, on top of what a step waits for anyway."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._earlier = 0

    def prepare(self) -> None:
        """Look at what is about to be changed; done also when the fault is then withheld."""
        return

    @abstractmethod
    def inject(self) -> None:
        """Make it happen."""

    @abstractmethod
    def prove(self) -> str:
        """Show that it took: say how it was seen, or raise FaultNotProven. Must not change anything."""

    def confirm(self) -> None:
        """Before anything is asserted: raise FaultNotProven if the app went past the fault."""
        return

    def doubt(self) -> None:
        """After a failed assertion: raise FaultNotProven if it may be that the app did not meet the fault."""
        self.confirm()

    @abstractmethod
    def restore(self) -> None:
        """Undo it and see that it is undone. Idempotent; must work without an Appium session."""

    def note_arrivals(self) -> None:
        """Count from here what `arrivals` gives; what the app has sent before does not count, wherever it is."""
        if self.bench.stub is not None:
            self.bench.stub.catch_up()
        self._earlier = len(self._arrived())

    def arrivals(self) -> list[Request]:
        """The app's requests that the stub got since `note_arrivals`; none where the service can't be looked into."""
        return self._arrived()[self._earlier :]

    def _arrived(self) -> list[Request]:
        if self.bench.stub is None:
            return []
        return [request for request in self.bench.stub.journal.requests() if not request.of_website]

    @classmethod
    def is_kind(cls) -> bool:
        """Whether this is a fault of its own and not what several have in common."""
        return not inspect.isabstract(cls) and "name" in vars(cls)


F = TypeVar("F", bound=Fault)


class FaultBoard:
    """The faults in force in one scenario.

    With `withheld` they are looked at and not injected: a scenario that still passes has not noticed its fault.
    """

    def __init__(self, bench: Bench, *, withheld: bool = False) -> None:
        self.bench = bench
        self.seen: list[Fault] = []
        """What the scenario asked for, also what was withheld."""
        self.began = time.monotonic()
        """When the first of them was injected, by the monotonic clock."""
        self.proof = ""
        """How the last one was seen to have taken."""
        self._timeline = bench.timeline
        self._withheld = withheld
        self._active: list[Fault] = []
        self._ordered: list[Fault] = []
        """The faults in force, and those that would be if they were not withheld."""

    def inject(self, kind: type[F]) -> F:
        """Inject and prove; a fault that is not proven is raised before anything can be asserted under it.

        Raises NotServed when a need of the fault is not met.
        """
        for need in sorted(kind.needs, key=lambda need: need.value):
            reason = self.bench.lacks(need)
            if reason:
                raise NotServed(f"{kind.name} needs {need.value}: {reason}")
        fault = kind(self.bench)
        self.seen.append(fault)
        fault.prepare()
        self._ordered.append(fault)
        if self._withheld:
            self._timeline.note(f"{fault.name}: withheld")
            return fault
        if not self._active:
            self.began = time.monotonic()
        self._active.append(fault)  # first, so that one that fails half-way is restored too
        self._timeline.note(f"{fault.name}: injecting")
        fault.inject()
        try:
            proof = fault.prove()
        except FaultNotProven as error:
            self._timeline.note(f"{fault.name}: NOT PROVEN: {error}")
            raise
        self.proof = proof
        self._timeline.note(f"{fault.name}: proven: {proof}")
        return fault

    @property
    def active(self) -> tuple[Fault, ...]:
        """The faults in force, oldest first."""
        return tuple(self._active)

    @property
    def lateness(self) -> float:
        """The seconds by which the faults in force delay an answer; those that are withheld count as well."""
        return sum(fault.lateness for fault in self._ordered)

    def last(self, kind: type[F]) -> F:
        """The last fault of a kind that the scenario asked for, withheld or not."""
        for fault in reversed(self.seen):
            if isinstance(fault, kind):
                return fault
        raise UsageError(f"The scenario speaks of a fault like {kind.__name__}, and none was injected before.")

    def confirm(self) -> None:
        """Look whether the app has met the faults in force."""
        for fault in self._active:
            fault.confirm()

    def doubt(self) -> None:
        """After a failed assertion: look whether the app may not have met the faults in force."""
        for fault in self._active:
            fault.doubt()

    def restore(self, kind: type[object] = Fault) -> None:
        """Undo the faults of a kind before the scenario ends: the remedy is part of the scenario.

        Raises FaultNotProven for one that the app has not met: there was nothing to remedy.
        """
        self._ordered = [fault for fault in self._ordered if not isinstance(fault, kind)]
        for fault in [fault for fault in reversed(self._active) if isinstance(fault, kind)]:
            fault.confirm()
            self._undo(fault)

    def restore_all(self) -> None:
        """Undo everything, last first, however many of them fail; raises the first failure at the end."""
        failures: list[InfrastructureError] = []
        for fault in reversed(self._active[:]):
            try:
                self._undo(fault)
            except InfrastructureError as error:
                self._timeline.note(f"{fault.name}: RESTORE FAILED: {error}")
                failures.append(error)
        if failures:
            raise failures[0]

    def _undo(self, fault: Fault) -> None:
        fault.restore()
        self._active.remove(fault)
        self._timeline.note(f"{fault.name}: restored")


def unproven(claim: str, seen: str, hint: str) -> FaultNotProven:
    """The exception for a proof that failed: what should have been, what was seen, what to look at."""
    return FaultNotProven(f"Fault not proven: {claim}, but {seen}. {hint}")
