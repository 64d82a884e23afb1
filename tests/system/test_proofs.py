"""A fault that silently does not take is never the product's failure and never a pass."""

from pathlib import Path

from typing_extensions import override

from masuk.automation.run_processes import Stack
from masuk.results.verdict import Verdict
from tests.system.liars import Starts
from tests.system.lying_handset import lies, members, overheard, untold


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


BY_LINK = "link-silent or link-dropped or weak_network_is_slow or wifi_that_leads or wifi_that_goes"


def test_an_app_that_ignores_the_proxy_is_not_accused(liar: Starts, stack: Stack, tmp_path: Path) -> None:
    found = liar("proxy").verdicts(stack, tmp_path, BY_LINK)
    assert len(found) == 8, found
    assert {verdict for verdict, _ in found.values()} == {Verdict.NOT_PROVEN}, found
    assert all("The app did not use the proxy" in reason for _, reason in found.values()), found


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
    "brought_back": 2,
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
