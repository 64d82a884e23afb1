"""What pytest and Allure have rendered passes through the vault before it is shown or written.

Errors are not rewritten, since each keeps its text where it likes: in `args`, in `msg`, in notes, in those that caused
it. Their rendered text is masked instead.
"""

from collections.abc import Generator
from typing import Any, TextIO

import attr
import pytest
from allure_commons import hookimpl
from allure_commons import plugin_manager as allure_hooks

from masuk.gherkin.pytest_internals import replace_file
from masuk.plugin.stash import VAULT
from masuk.secrets.vault import Vault


class MaskedResults:
    """Allure's results, masked before Allure writes them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @hookimpl(tryfirst=True)
    def report_result(self, result: object) -> None:
        """Mask the result of a test: its messages, traces, steps and parameters."""
        mask_all(result, self._vault)

    @hookimpl(tryfirst=True)
    def report_container(self, container: object) -> None:
        """Mask the set-up and tear-down of tests."""
        mask_all(container, self._vault)


def mask_all(part: Any, vault: Vault) -> None:
    """Mask every text of one of Allure's objects, in place, and of those that it holds."""
    for field in attr.fields(type(part)):
        value = getattr(part, field.name)
        if isinstance(value, str):
            setattr(part, field.name, vault.mask(value))
        for inner in value if isinstance(value, list) else [value]:
            if attr.has(type(inner)):
                mask_all(inner, vault)


class MaskedStream:
    """A stream to the terminal. Each text that is written passes the vault."""

    def __init__(self, stream: TextIO, vault: Vault) -> None:
        self._stream = stream
        self._vault = vault

    def write(self, text: str) -> int:
        """Write the text masked; the number of characters that were given."""
        self._stream.write(self._vault.mask(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Mask what pytest prints and what Allure writes from now on."""
    config = session.config
    masked = MaskedResults(config.stash[VAULT])
    allure_hooks.register(masked)
    config.add_cleanup(lambda: allure_hooks.unregister(masked))
    if config.pluginmanager.get_plugin("terminalreporter") is not None:  # a worker of pytest-xdist has none
        writer = config.get_terminal_writer()
        replace_file(writer, lambda file: MaskedStream(file, config.stash[VAULT]))


@pytest.hookimpl(wrapper=True, trylast=True)  # innermost, so that every other plugin gets the masked report
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Mask the traceback of a phase and what was captured in it."""
    report = yield
    vault = item.config.stash[VAULT]
    if isinstance(report.longrepr, tuple):
        path, line, reason = report.longrepr
        report.longrepr = (path, line, vault.mask(reason))
    elif (rendered := report.longreprtext) and (masked := vault.mask(rendered)) != rendered:
        report.longrepr = masked
    report.sections = [(name, vault.mask(text)) for name, text in report.sections]
    return report
