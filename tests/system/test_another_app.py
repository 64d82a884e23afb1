"""An app of another design is tested by its profile alone; what it lacks is skipped, and the key is named."""

import re

import pytest

from masuk.automation.run_processes import Stack
from tests.checkout import CHECKOUT
from tests.system.masuk_command import Finished, MasukCommand

PROFILE = str(CHECKOUT / "apps" / "readingroom" / "profile.toml")
SERVED = (
    "Login: A member logs in and sees her card",
    "Wrong data: The app says that the data is wrong, and keeps the number [wrong-password]",
    "Wrong data: A number of the wrong kind is explained, not sent [identifier-too-short]",
    "Blocked account: A block looks the same whoever is blocked and however it is said [account-blocked]",
    "Card: A card is asked for when the app is opened",
    "Form: A password can be pasted",
    "Weak network: The first screen does not wait for the server",
    "Broken state: A session whose key is lost does not stop the login [key-missing]",
)
SKIPPED = {
    "Forgotten password: The old password works until a new one is set": "[screens.forgot]",
    "Old version: A version that is too old is refused when it logs in": "[screens.update]",
    "Website: A blocked account is blocked on the website too": "[website]",
    "Blocked account: An extra step that the app can't show has another way": "messages.extra_step",
    "Broken state: Damaged storage does not stop the login [database-corrupt]": "storage.database",
    "Blocked account: A wait is counted down, also after a look at something else": "messages.wait_over",
    "Card: A card that can't be refreshed says so, until it can [network-off]": "screens.home.refresh",
    "Weak network: While nothing comes back the app is at work, and waiting can be given up": "screens.login.cancel",
    "No network: Without a network a member who is logged in sees her card as it was last known": "texts.stale_data",
}


def as_keyword(title: str) -> str:
    """What `-k` knows a scenario by: the name of its function, and its row if it has one."""
    name, _, row = title.partition(": ")[2].removesuffix("]").partition(" [")
    function = re.sub(r"\W+", "_", name.replace("'", "").lower())
    return f"({function} and {row})" if row else function


@pytest.fixture(scope="module")
def finished(masuk: MasukCommand, stack: Stack) -> Finished:
    arguments = ("--profile", PROFILE, "--no-report", "--appium-url", stack.ready_appium())
    return masuk.run(*arguments, "-k", " or ".join(map(as_keyword, [*SERVED, *SKIPPED])))


@pytest.mark.parametrize("scenario", SERVED)
def test_what_it_has_is_tested(finished: Finished, scenario: str) -> None:
    assert re.search(rf"^{re.escape(scenario)} +passed ", finished.output, re.MULTILINE), finished.output


@pytest.mark.parametrize("scenario", SKIPPED)
def test_what_it_lacks_is_skipped_by_the_name_of_the_key(finished: Finished, scenario: str) -> None:
    skipped = rf"^{re.escape(scenario)} +skipped .*\n +the profile has no {re.escape(SKIPPED[scenario])}$"
    assert re.search(skipped, finished.output, re.MULTILINE), finished.output


def test_skips_are_no_failure(finished: Finished) -> None:
    assert finished.code == 0, finished.output
