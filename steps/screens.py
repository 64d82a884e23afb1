"""The pages, for steps to ask for by name. A step that asks for a page that the app lacks skips its scenario."""

import pytest

from masuk.automation.screen import Screen
from masuk.config.profile import Profile, named
from pages.blocked import BlockedPage
from pages.forgot import ForgotPage
from pages.home import HomePage
from pages.login import LoginPage
from pages.update import UpdatePage


@pytest.fixture
def login_page(screen: Screen, profile: Profile) -> LoginPage:
    """The login screen."""
    return LoginPage(screen, profile.screens.login)


@pytest.fixture
def home_page(screen: Screen, profile: Profile) -> HomePage:
    """The member's card."""
    return HomePage(screen, profile.screens.home)


@pytest.fixture
def blocked_page(screen: Screen, profile: Profile) -> BlockedPage:
    """The screen of a blocked account."""
    return BlockedPage(screen, named(profile.screens.blocked, "[screens.blocked]"))


@pytest.fixture
def update_page(screen: Screen, profile: Profile) -> UpdatePage:
    """The screen that demands an update."""
    return UpdatePage(screen, named(profile.screens.update, "[screens.update]"))


@pytest.fixture
def forgot_page(screen: Screen, profile: Profile) -> ForgotPage:
    """The screen that asks for a new password."""
    return ForgotPage(screen, named(profile.screens.forgot, "[screens.forgot]"))
