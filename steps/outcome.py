"""What the member sees."""

import math
import re
import time
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from re import Pattern

from pytest_bdd import parsers, then

from masuk.automation.screen import Screen
from masuk.base.errors import UsageError
from masuk.config.profile import Messages, Profile, Texts, named, sayings
from masuk.device import Device
from masuk.device.app_under_test import AppUnderTest
from masuk.faults.fault import FaultBoard
from masuk.gherkin.check_limits import COUNTDOWN_SECONDS
from masuk.secrets.vault import Vault
from masuk.services.backend import Backend
from masuk.services.personas import Entry, Persona
from pages.blocked import BlockedPage
from pages.forgot import ForgotPage
from pages.home import HomePage
from pages.login import LoginPage
from pages.update import UpdatePage

SAYINGS = sayings(Messages)
"""What scenarios say that the app says, and the message of the profile that means it."""
NOTES = sayings(Texts)
"""The same for what her card says."""


@then("she sees her card")
def _sees_card(member: Persona, home_page: HomePage) -> None:
    shown = home_page.member_name()
    assert member.name in shown, f"Expected the card of {member.name}; the screen showed that of {shown!r}."


def _one_of(known: Mapping[str, str]) -> Callable[[str], str]:
    """Words of a step that are among those that are known. What it returns raises UsageError for others."""

    def demand(what: str) -> str:
        if what not in known:
            near = get_close_matches(what, known, n=1) or [" or ".join(known)]
            raise UsageError(f'nobody knows how an app says that "{what}"; did you mean: {near[0]}?')
        return what

    return demand


@then(parsers.parse("the app says that {what}"), converters={"what": _one_of(SAYINGS)}, target_fixture="said")
def _says(what: str, login_page: LoginPage, profile: Profile) -> str:
    meaning = _meaning(profile, SAYINGS[what])
    said = login_page.message(meaning, f"a message that {what}")
    confusing = [key for key in Messages.model_fields if _has(said, getattr(profile.messages, key), meaning)]
    assert not confusing, f"Expected a message that {what} and nothing else; {said!r} also means {confusing}."
    return said


@then(parsers.parse("in the end the app says that {what}"), converters={"what": _one_of(SAYINGS)})
def _says_in_the_end(what: str, login_page: LoginPage, home_page: HomePage, profile: Profile) -> None:
    meaning = _meaning(profile, SAYINGS[what])
    login_page.message_in_the_end(meaning, f"a message that {what}", home_page.at.member_name)


@then(parsers.parse("it is no longer told that {what}"), converters={"what": _one_of(SAYINGS)})
def _no_longer_says(what: str, login_page: LoginPage, profile: Profile) -> None:
    login_page.no_longer_says(_meaning(profile, SAYINGS[what]), f"the message that {what}")


@then("the app reports no failure")
def _blames_nothing(login_page: LoginPage, screen: Screen, profile: Profile) -> None:
    login_page.loaded()
    said = screen.text(login_page.at.message) or ""
    known = {key: getattr(profile.messages, key) for key in Messages.model_fields if key != "wait_over"}
    blamed = [key for key, meaning in known.items() if meaning is not None and meaning.search(said)]
    assert not blamed, f"Expected no failure to be told after waiting was given up; {said!r} means {blamed}."


@then(parsers.parse("it names about {seconds:d} seconds to wait"))
def _names_wait(seconds: int, said: str, faults: FaultBoard) -> None:
    named = [int(number) for number in re.findall(r"\d+", said)]
    passed = time.monotonic() - faults.began  # it counts down, and a busy machine takes its time
    assert any(seconds - passed - 1 <= number <= seconds + 1 for number in named), (
        f"Expected a message that names about {seconds} seconds; the app said {said!r}."
    )


@then("the seconds that it names become fewer")
def _counts_down(screen: Screen, login_page: LoginPage, profile: Profile) -> None:
    _meaning(profile, "wait_over")  # an app that does not tell the end counts no seconds either
    meaning = _meaning(profile, "wait")
    login_page.message(meaning, "a message that she has to wait")
    first = login_page.seconds_to_wait(meaning)

    def fewer() -> bool:
        now = login_page.seconds_to_wait(meaning)
        return now is not None and (first is None or now < first)

    screen.becomes(fewer, f"fewer seconds to wait than {first}", COUNTDOWN_SECONDS)


@then("the screen says nothing of her")
def _says_nothing(screen: Screen, member: Persona, vault: Vault) -> None:
    shown = " | ".join(screen.texts())
    told = [*vault.found_in(shown), *([member.name] if member.name in shown else [])]
    assert not told, f"Expected a screen that tells nothing of the member; it shows {told}."


@then(
    parsers.parse("she learns that no new password was asked for, since {what}"), converters={"what": _one_of(SAYINGS)}
)
def _reset_failed(what: str, forgot_page: ForgotPage, backend: Backend, profile: Profile) -> None:
    said = forgot_page.message(_meaning(profile, SAYINGS[what]), f"a message that {what}")
    accepted = profile.texts.reset_accepted
    assert not (accepted and accepted.search(said)), f"Expected the app not to claim success; it said {said!r}."
    assert not backend.sent_resets(), "Expected nothing to be sent; the server has sent a message."


@then("both answers are the same")
def _same_answers(first_message: str | None, second_message: str | None) -> None:
    assert first_message, "Expected a message for the first; there was none."
    assert first_message == second_message, (
        f"Expected one text for what exists and what does not; they were {first_message!r} and {second_message!r}."
    )


@then("her number is still there")
def _number_kept(entry: Entry, login_page: LoginPage) -> None:
    kept = login_page.kept_identifier()
    assert kept == entry.identifier.reveal(), (
        f"Expected the field to keep {entry.identifier}; it holds {len(kept)} other characters."
    )


@then("nobody is logged in")
def _nobody_in(screen: Screen, member: Persona, login_page: LoginPage, home_page: HomePage) -> None:
    login_page.loaded()
    assert not screen.shows(home_page.at.member_name), f"Expected no card; the screen shows that of {member.name}."
    shown = " ".join(screen.texts())
    assert member.name not in shown, f"Expected nothing of {member.name} on the screen. {screen.summary()}"


@then("she learns that her account is blocked and that an office unblocks it")
def _blocked(blocked_page: BlockedPage, profile: Profile) -> None:
    blocked_page.reason(named(profile.texts.blocked, "texts.blocked"))
    blocked_page.remedy(named(profile.texts.visit_office, "texts.visit_office"))


@then("a new password and help are at hand")
def _help_at_hand(blocked_page: BlockedPage) -> None:
    blocked_page.offers_help()


@then("help is at hand")
def _help(login_page: LoginPage) -> None:
    login_page.offers_help()


@then("the app demands an update")
@then("the app still demands an update")
def _demands_update(update_page: UpdatePage, profile: Profile) -> None:
    update_page.message(named(profile.texts.update, "texts.update"), "a screen that demands an update")


@then("the card is shown as it was last known")
def _stale_card(member: Persona, home_page: HomePage, profile: Profile) -> None:
    stale = named(profile.texts.stale_data, "texts.stale_data")  # first: an app without it may show no card at all
    _sees_card(member, home_page)
    home_page.note(stale, "a note that its data is the last known")


@then(parsers.parse("her card says that {what}"), converters={"what": _one_of(NOTES)})
def _card_says(what: str, home_page: HomePage, profile: Profile) -> None:
    meaning = named(getattr(profile.texts, NOTES[what]), f"texts.{NOTES[what]}")
    home_page.note(meaning, f"a note that {what}")


@then("the screen changes")
def _has_effect(screen: Screen, shown_before: list[str]) -> None:
    screen.expect_that(lambda: screen.texts() != shown_before, "another screen, another app, or a message")


@then("the app offers an update")
def _offers_update(login_page: LoginPage) -> None:
    login_page.offers_update()


@then(parsers.parse("the app shows for {seconds:d} seconds that it is at work"))
def _long_at_work(seconds: int, login_page: LoginPage, faults: FaultBoard) -> None:
    answered = faults.lateness or math.inf
    login_page.busy(void_after=answered)
    login_page.stays_busy(seconds, void_after=answered)


@then("the app shows that it is at work")
def _busy(login_page: LoginPage) -> None:
    login_page.busy(void_after=math.inf)


@then("the app's log holds no secret")
def _log_is_clean(app: AppUnderTest, device: Device, vault: Vault) -> None:
    pid = app.pid()
    assert pid is not None, f"Expected {app.package} to run, so that its log can be read; it has no process."
    lines = device.log.of(pid).splitlines()
    assert lines, "Expected the app to have logged anything at all; its log is empty."
    leaks = [masked for line in lines if (masked := vault.mask(line)) != line]
    assert not leaks, f"Expected no password and no number in the app's log; it has: {leaks}"


@then("the app's files hold no secret")
def _files_are_clean(app: AppUnderTest, stub: Backend | None, entry: Entry, vault: Vault) -> None:
    app.close()
    files = app.files()  # none is fine: files that can't be read are the device's trouble and said so
    token = stub.accounts.token_of(entry.member.identifier.reveal()) if stub is not None else None
    leaks = [f"{path} ({what})" for path, content in files.items() for what in _secrets_in(content, vault, token)]
    assert not leaks, f"Expected no password, number or token in the app's files; found in {leaks}"


def _secrets_in(content: bytes, vault: Vault, token: str | None) -> list[str]:
    text = content.decode("utf-8", errors="replace")
    found = vault.found_in(text)
    if token is not None and token in text:
        found.append("session token")
    return found


def _meaning(profile: Profile, key: str) -> Pattern[str]:
    meaning: Pattern[str] | None = getattr(profile.messages, key)
    return named(meaning, f"messages.{key}")


def _has(said: str, other: Pattern[str] | None, meaning: Pattern[str]) -> bool:
    return other is not None and other is not meaning and other.search(said) is not None
