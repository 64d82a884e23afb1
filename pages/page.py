"""What the pages have in common."""

from masuk.errors import NotServed
from masuk.profile import Locator


def named(locator: Locator | None, key: str) -> Locator:
    """A locator that not every app has. Raises NotServed where the profile has none, which skips the scenario."""
    if locator is None:
        raise NotServed(f"the profile has no {key}")
    return locator
