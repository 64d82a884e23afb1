"""What scenarios will need, begun while pytest is loaded and looks for them: both take about as long."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from masuk.automation.run_plan import RunPlan
from masuk.automation.run_processes import Stack
from masuk.automation.session import Session
from masuk.secrets.vault import Vault
from masuk.toolchain.tools import Toolchain


@dataclass(frozen=True)
class Ahead:
    """Device and Appium of a run that has one device, and the session on it that is opening."""

    stack: Stack
    session: Session
    vault: Vault
    """The secrets of the run, which the processes' output is masked with from its first line on."""

    @classmethod
    @contextmanager
    def of(cls, plan: RunPlan, toolchain: Toolchain) -> Iterator["Ahead"]:
        """Begin them without waiting, and end them with the block."""
        vault = Vault()
        stack = Stack.of_run(plan, toolchain, vault.mask)
        try:
            stack.start()
            session = Session(stack)
            session.open_ahead()
            try:
                yield cls(stack, session, vault)
            finally:
                session.close()
        finally:
            stack.stop()
