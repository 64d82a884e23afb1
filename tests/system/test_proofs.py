"""A fault that silently does not take is never the product's failure and never a pass."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handset.home import Home
from masuk.device import Device
from masuk.services import Stack
from masuk.toolchain import Toolchain
from masuk.verdict import Verdict, read
from tests.handset.devices import Adb, RunningDevice, start_device
from tests.system.masuk_command import MasukCommand

LYING = Path(__file__).with_name("lying_handset.py")

Liar = Callable[[str], MasukCommand]


@pytest.fixture(scope="module")
def liar(stack: Stack, toolchain: Toolchain) -> Iterator[Liar]:
    """`masuk run` on a handset that lies about its radio or its storage."""
    started: list[RunningDevice] = []
    server = Adb(stack.adb.port, dict(stack.adb.environment))

    def start(about: str) -> MasukCommand:
        device = start_device(Home(toolchain.root), server, name=f"lying-{about}", program=(str(LYING), about))
        started.append(device)
        return MasukCommand(toolchain, Device(device.adb.serial, stack.adb))

    yield start
    for device in started:
        device.stop()


def verdicts(masuk: MasukCommand, stack: Stack, folder: Path, expression: str) -> dict[str, tuple[Verdict, str]]:
    file = folder / "verdicts.json"
    run = masuk.run("-k", expression, "--no-report", "--appium-url", stack.appium_url, "--verdicts", str(file))
    assert run.code == 3, run.output
    return {result.scenario: (result.verdict, result.reason) for result in read(file)}


BY_RADIO = (
    *("without_a_way_to_the_server", "wifi_that_leads", "when_wifi_is_gone", "wifi_that_goes", "network_that_goes"),
    "turned-her",
)


def test_radios_that_only_say_so_prove_nothing(liar: Liar, stack: Stack, tmp_path: Path) -> None:
    found = verdicts(liar("radio"), stack, tmp_path, " or ".join(BY_RADIO))
    assert len(found) == 8, found
    assert {verdict for verdict, _ in found.values()} == {Verdict.NOT_PROVEN}, found


def test_choices_of_the_user_that_are_stored_only_prove_nothing(liar: Liar, stack: Stack, tmp_path: Path) -> None:
    scenarios = ("with_large_letters", "language-english-her", "servers_clock", "clock-years")
    found = verdicts(liar("user"), stack, tmp_path, " or ".join(scenarios))
    assert len(found) == 5, found
    assert {verdict for verdict, _ in found.values()} == {Verdict.NOT_PROVEN}, found


def test_an_app_that_was_not_updated_is_no_failure_of_the_product(liar: Liar, stack: Stack, tmp_path: Path) -> None:
    found = verdicts(liar("storage"), stack, tmp_path, "after_the_update_the_member_is_still")
    assert [verdict for verdict, _ in found.values()] == [Verdict.INFRASTRUCTURE], found
    assert "said to be installed" in next(iter(found.values()))[1]


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


def test_orders_that_are_taken_and_not_carried_out_prove_nothing(liar: Liar, stack: Stack, tmp_path: Path) -> None:
    found = verdicts(liar("shell"), stack, tmp_path, " or ".join(ORDERED_BY_SHELL))
    assert len(found) == sum(ORDERED_BY_SHELL.values()), found
    assert {verdict for verdict, _ in found.values()} <= {Verdict.NOT_PROVEN, Verdict.INFRASTRUCTURE}, found
    unrelated = [reason for _, reason in found.values() if not any(words in reason for words in NOT_CARRIED_OUT)]
    assert not unrelated
