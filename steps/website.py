"""The website, where a member goes when the app does not let her in."""

import pytest
from pytest_bdd import then

from masuk.backend import Backend
from masuk.people import Entry, Persona
from masuk.profile import Profile, named
from masuk.website import Website


@pytest.fixture
def website(backend: Backend, profile: Profile) -> Website:
    """A browser of hers that has never seen the website."""
    named(profile.website, "[website]")
    return backend.website()


@then("on the website she sees her card")
def _card(website: Website, member: Persona, entry: Entry) -> None:
    shown = website.log_in(entry.identifier, entry.password).texts
    assert member.name in shown.get("member_name", ""), (
        f"Expected the website to show the card of {member.name}; it shows {shown}."
    )


@then("the website says so too")
def _blocked(website: Website, entry: Entry, profile: Profile) -> None:
    said = website.log_in(entry.identifier, entry.password).texts.get("message", "")
    says = named(profile.website, "[website]")
    for meaning in (says.blocked, says.visit_office):
        assert meaning.search(said), f"Expected the website to say {meaning.pattern!r}; it says {said!r}."
