"""The website, where a member goes when the app does not let her in."""

from collections.abc import Iterator, Mapping

import pytest
from pytest_bdd import then, when

from masuk.base.timeline import Timeline
from masuk.config.profile import Profile, named
from masuk.services.backend import Backend
from masuk.services.browser import Browser
from masuk.services.personas import Entry, Persona
from masuk.services.website_visitor import Visitor


@pytest.fixture
def website(backend: Backend, profile: Profile, timeline: Timeline) -> Iterator[Visitor]:
    """A browser of hers that has never seen the website, or what does as much where the machine has none."""
    named(profile.website, "[website]")
    browser = Browser.at_hand()
    if browser is None:
        timeline.note("website: visited over HTTP, since no browser with a ChromeDriver is at hand")
        yield backend.website()
        return
    timeline.note(f"website: visited with {browser.binary}")
    with browser.visit(backend.website_address, backend.authority) as visitor:
        yield visitor


@when("she logs in on the website", target_fixture="on_the_website")
def _log_in(website: Visitor, entry: Entry) -> Mapping[str, str]:
    return website.log_in(entry.identifier, entry.password).texts


@then("the website shows her card")
def _card(on_the_website: Mapping[str, str], member: Persona) -> None:
    shown = on_the_website
    assert member.name in shown.get("member_name", ""), (
        f"Expected the website to show the card of {member.name}; it shows {shown}."
    )


@then("the website says that her account is blocked and that an office unblocks it")
def _blocked(on_the_website: Mapping[str, str], profile: Profile) -> None:
    said = on_the_website.get("message", "")
    says = named(profile.website, "[website]")
    for meaning in (says.blocked, says.visit_office):
        assert meaning.search(said), f"Expected the website to say {meaning.pattern!r}; it says {said!r}."
