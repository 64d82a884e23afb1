"""What the pages of a suite have in common."""

from dataclasses import dataclass

from masuk.automation.screen import Screen


@dataclass(frozen=True)
class Page:
    """A screen of the app under test: subclasses know where its elements are, and what a user can do there.

    After a Then step that has asked for a page or for the screen, the report shows a picture of it.
    """

    screen: Screen
