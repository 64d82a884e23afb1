"""A fault that silently does not take is never the product's failure and never a pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typing_extensions import override

from handset.home import Home
from masuk.device import Device
from masuk.services import Stack
from masuk.toolchain import Toolchain
from masuk.verdict import Verdict, read
from tests.handset.devices import Adb, RunningDevice, start_device
from tests.system.lying_handset import lies, members, overheard, untold
from tests.system.masuk_command import MasukCommand

LYING = Path(__file__).with_name("lying_handset.py")


@dataclass(frozen=True)
class Liar:
    """`masuk run` on a handset that lies about one of its parts, and the file with the lies that it has told."""

    about: str
    masuk: MasukCommand
    told: Path

    def verdicts(self, stack: Stack, folder: Path, *expressions: str) -> dict[str, tuple[Verdict, str]]:
        """The verdicts of these scenarios, with a run for each expression.

        Fails if a lie was not told in any of them: without it they show nothing.
        """
        found = {}
        file = folder / "verdicts.json"
        chosen = ("--no-report", "--appium-url", stack.appium_url, "--verdicts", str(file))
        for expression in expressions:
            run = self.masuk.run("-k", expression, *chosen)
            assert run.code == 3, run.output
            found.update({result.scenario: (result.verdict, result.reason) for result in read(file)})
        assert lies(self.about)
        assert untold(self.about, self.told) == set(), "lies that nobody has heard"
        return found


Starts = Callable[[str], Liar]


@pytest.fixture
def liar(stack: Stack, toolchain: Toolchain, tmp_path: Path) -> Iterator[Starts]:
    started: list[RunningDevice] = []
    server = Adb(stack.adb.port, dict(stack.adb.environment))

    def start(about: str) -> Liar:
        told = tmp_path / "told"
        program = (str(LYING), about, str(told))
        device = start_device(Home(toolchain.root), server, name=f"lying-{about}", program=program)
        started.append(device)
        return Liar(about, MasukCommand(toolchain, Device(device.adb.serial, stack.adb)), told)

    yield start
    for device in started:
        device.stop()


def test_a_lie_that_nobody_hears_is_untold(tmp_path: Path) -> None:
    class Honest:
        def weather(self) -> str:
            return "rain"

    class Lying(Honest):
        @override
        def weather(self) -> str:
            return "sun"

        def forecast(self) -> str:
            """An override that is dead: Honest has no such method, and nobody calls it."""
            return "sun"

    told: list[str] = []
    assert overheard(Lying, told.append)().weather() == "sun"
    assert set(members(Lying)) == {"weather", "forecast"}
    assert told == ["Lying.weather"]
    assert untold("radio", tmp_path / "nothing") == lies("radio")


BY_RADIO = (
    *("without_a_way_to_the_server", "wifi_that_leads", "when_wifi_is_gone", "wifi_that_goes", "network_that_goes"),
    "turned-her",
)


def test_radios_that_only_say_so_prove_nothing(liar: Starts, stack: Stack, tmp_path: Path) -> None:
    found = liar("radio").verdicts(stack, tmp_path, " or ".join(BY_RADIO))
    assert len(found) == 8, found
    assert {verdict for verdict, _ in found.values()} == {Verdict.NOT_PROVEN}, found


def test_choices_of_the_user_that_are_stored_only_prove_nothing(liar: Starts, stack: Stack, tmp_path: Path) -> None:
    scenarios = ("with_large_letters", "language-english-her", "servers_clock", "clock-years")
    found = liar("user").verdicts(stack, tmp_path, " or ".join(scenarios))
    assert len(found) == 5, found
    assert {verdict for verdict, _ in found.values()} == {Verdict.NOT_PROVEN}, found


def test_storage_that_only_says_so_is_no_failure_of_the_product(liar: Starts, stack: Stack, tmp_path: Path) -> None:
    """An app that was not updated, and one whose data was not cleared."""
    scenarios = ("after_the_update_the_member_is_still", "preferences-corrupt-clears")
    found = liar("storage").verdicts(stack, tmp_path, *scenarios)
    assert [verdict for verdict, _ in found.values()] == [Verdict.INFRASTRUCTURE] * 2, found
    reasons = " ".join(reason for _, reason in found.values())
    assert "said to be installed" in reasons
    assert "answered Success and has kept" in reasons


ORDERED_BY_SHELL = {
    "damaged_storage": 6,
    "dirty_cache": 1,
    "key_is_lost": 2,
    "brought_back": 1,
    "storage-full": 1,
    "screen-off": 1,
    "comes_back_with_her_number": 2,
    "update_that_breaks_off": 1,
}
"""Scenarios by a part of their name, and how many it means."""

NOT_CARRIED_OUT = ("Fault not proven", "does not hold what was written", "File exists")


def test_orders_that_are_taken_and_not_carried_out_prove_nothing(liar: Starts, stack: Stack, tmp_path: Path) -> None:
    found = liar("shell").verdicts(stack, tmp_path, " or ".join(ORDERED_BY_SHELL))
    assert len(found) == sum(ORDERED_BY_SHELL.values()), found
    assert {verdict for verdict, _ in found.values()} <= {Verdict.NOT_PROVEN, Verdict.INFRASTRUCTURE}, found
    unrelated = [reason for _, reason in found.values() if not any(words in reason for words in NOT_CARRIED_OUT)]
    assert not unrelated
