"""What a fault is, and the board that keeps count of those in force."""

from abc import ABC, abstractmethod
from typing import ClassVar

from masuk.errors import FaultNotProven, InfrastructureError
from masuk.timeline import Timeline


class Fault(ABC):
    """Something that can be made to go wrong. A subclass holds what it acts on; one instance is one occurrence."""

    name: ClassVar[str]
    """A word or two, as on the command line: `airplane-mode`."""
    sentence: ClassVar[str]
    """For people: what it does."""
    needs: ClassVar[frozenset[str]]
    """What it acts through: adb, stub backend, debuggable build."""

    @abstractmethod
    def inject(self) -> None:
        """Make it happen."""

    @abstractmethod
    def prove(self) -> str:
        """Show that it took: say how it was seen, or raise FaultNotProven. Must not change anything."""

    @abstractmethod
    def restore(self) -> None:
        """Undo it and see that it is undone. Idempotent; must work without an Appium session."""


class FaultBoard:
    """The faults in force in one scenario."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._active: list[Fault] = []

    def inject(self, fault: Fault) -> None:
        """Inject and prove; a fault that is not proven is raised before anything can be asserted under it."""
        self._active.append(fault)  # first, so that one that fails half-way is restored too
        self._timeline.note(f"{fault.name}: injecting")
        fault.inject()
        try:
            proof = fault.prove()
        except FaultNotProven as error:
            self._timeline.note(f"{fault.name}: NOT PROVEN: {error}")
            raise
        self._timeline.note(f"{fault.name}: proven: {proof}")

    def restore(self, kind: type[Fault]) -> None:
        """Undo the faults of a kind before the scenario ends: the remedy is part of the scenario."""
        for fault in [fault for fault in self._active if isinstance(fault, kind)]:
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
