"""What is kept of a scenario, masked, in Allure.

allure-pytest knows nothing of Gherkin; the bridge below turns each Given, When and Then into an Allure step and keeps
what allure-pytest does well: setup errors, skips, and control over what a step's title shows.
"""

import time
import uuid
from collections.abc import Callable, Mapping, Sequence

import allure
from allure_commons import hookimpl, plugin_manager
from allure_commons.types import AttachmentType, LabelType, LinkType

from masuk.base.errors import InfrastructureError
from masuk.gherkin.checks import CHECKS
from masuk.secrets.vault import Vault


class Evidence:
    """Writes attachments into the Allure result of the running scenario. Every text passes the vault first.

    In a run without results nothing is kept, so that nothing is collected either.
    """

    def __init__(self, vault: Vault, *, kept: bool = True) -> None:
        self._vault = vault
        self._kept = kept

    def text(self, name: str, body: str, kind: AttachmentType = AttachmentType.TEXT) -> None:
        """Attach a text."""
        allure.attach(self._vault.mask(body) or "(empty)", name, kind)

    def picture(self, name: str, png: bytes) -> None:
        """Attach a PNG picture."""
        allure.attach(png, name, AttachmentType.PNG)

    def collect(self, name: str, read: Callable[[], str | bytes], kind: AttachmentType = AttachmentType.TEXT) -> None:
        """Attach what `read` returns, or why the infrastructure can't give it, since evidence must not fail."""
        if not self._kept:
            return
        try:
            content = read()
        except InfrastructureError as error:
            self.text(f"{name} (not available)", str(error))
            return
        if isinstance(content, bytes):
            self.picture(name, content)
        else:
            self.text(name, content, kind)


class Attachments:
    """Allure's word about the files that it has written, by which a picture is found again."""

    def __init__(self) -> None:
        self.newest: str | None = None
        """The name of the last one in the folder of results."""

    @hookimpl
    def report_attached_data(self, file_name: str) -> None:
        """A file was written."""
        self.newest = file_name


class GherkinSteps:
    """The bridge: Gherkin's steps as Allure's, one open at a time."""

    def __init__(self) -> None:
        self._open: tuple[str, str, float] | None = None
        self.history: list[str] = []
        """The steps of the scenario so far, with how they ended, their seconds, and what stands below them."""
        self.failed = False
        """Whether a step of the scenario has failed."""
        self.picture: str | None = None
        """The file with the screen at the failure, in the folder of results."""

    def describe(self, feature: str, scenario: str, description: str, checks: Mapping[str, str]) -> None:
        """Put the scenario where the report sorts it: by failure mode. Its tags come from pytest's marks.

        `checks` are the ids of what it checks, each with the address where that is explained.
        """
        self.history.clear()
        self.failed = False
        self.picture = None
        hook = plugin_manager.hook
        hook.add_title(test_title=scenario)
        hook.add_description(test_description=description)
        for kind in (LabelType.FEATURE, LabelType.PARENT_SUITE):
            hook.add_label(label_type=kind, labels=[feature])
        for check, address in checks.items():
            hook.add_link(url=address, link_type=LinkType.LINK, name=f"{check}: {CHECKS[check]}")

    def begin(self, title: str) -> None:
        """A step begins."""
        self._open = (str(uuid.uuid4()), title, time.monotonic())
        plugin_manager.hook.start_step(uuid=self._open[0], title=title, params={})

    def end(self, error: BaseException | None = None, *, reached: bool = True, below: Sequence[str] = ()) -> None:
        """The open step ends, with what it raised; one that was not reached ends with a skip.

        `below` are lines of the feature file that belong to the step.
        """
        if self._open is None:
            return
        identifier, title, began = self._open
        outcome = "passed" if error is None else "FAILED" if reached else "not reached"
        self.failed = self.failed or (error is not None and reached)
        self.history.append(f"  {outcome:<11}  {time.monotonic() - began:5.1f} s  {title}")
        self.history += [f"{'':24}{line}" for line in below]
        plugin_manager.hook.stop_step(
            uuid=identifier,
            exc_type=type(error) if error else None,
            exc_val=error,
            exc_tb=error.__traceback__ if error else None,
            title=None,
        )
        self._open = None
