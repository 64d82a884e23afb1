"""Locators for an element of a screen, in the profile's notation, each with how many elements it matches.

What a locator matches is counted in the tree, so that all counts are of the same moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from masuk.cli.inspection.tree import is_field
from masuk.config.profile import Locator

ID_SEPARATOR = ":id/"


@dataclass(frozen=True)
class Proposal:
    """A locator and the number of elements on the screen that it matches."""

    locator: Locator
    matches: int

    @property
    def unique(self) -> bool:
        """Whether it leads to one element only."""
        return self.matches == 1


def proposals(element: etree._Element) -> list[Proposal]:
    """Best first: by id, by description, by what UiAutomator can tell, by place. Ambiguous ones after the unique ones.

    The last one is an XPath, which is always unique and breaks with the next change of the layout.
    """
    *stable, by_place = _candidates(element)
    return [*sorted(stable, key=lambda proposal: not proposal.unique), by_place]


def best(element: etree._Element) -> Locator:
    """The first of an element's proposals."""
    return proposals(element)[0].locator


def _candidates(element: etree._Element) -> Iterator[Proposal]:
    identifier, description = element.get("resource-id"), element.get("content-desc")
    # What stands in a field was typed and is gone the next time.
    text = None if is_field(element) else element.get("text")
    same_id = _like(element, {"resource-id": identifier}) if identifier else []
    if identifier:
        yield Proposal(Locator.of("id", _short(identifier, element)), len(same_id))
    if description:
        yield Proposal(Locator.of("description", description), len(_like(element, {"content-desc": description})))
    if text:
        yield _selector(element, {"text": text})
    if identifier and len(same_id) > 1:
        if text:
            yield _selector(element, {"resource-id": identifier, "text": text})
        yield _numbered(element, "resource-id", identifier)
    if not identifier and not description:
        yield _numbered(element, "class", element.get("class", ""))
    yield Proposal(Locator.of("xpath", _path(element)), 1)


def _short(identifier: str, element: etree._Element) -> str:
    """An id of the app's own without its package, as profiles write it."""
    return identifier.removeprefix(f"{element.get('package')}{ID_SEPARATOR}")


def _like(element: etree._Element, wanted: dict[str, str]) -> list[etree._Element]:
    """Every element of the tree that has all these attributes, in document order."""
    return [
        other
        for other in element.getroottree().getroot().iterdescendants()
        if all(other.get(name) == value for name, value in wanted.items())
    ]


UI_SELECTOR = {"text": "text", "resource-id": "resourceId", "class": "className"}


def _selector(element: etree._Element, wanted: dict[str, str]) -> Proposal:
    return Proposal(Locator.of("uiautomator", _ui_selector(wanted)), len(_like(element, wanted)))


def _numbered(element: etree._Element, attribute: str, value: str) -> Proposal:
    """The n-th of the elements that are alike."""
    place = _like(element, {attribute: value}).index(element)
    return Proposal(Locator.of("uiautomator", f"{_ui_selector({attribute: value})}.instance({place})"), 1)


def _ui_selector(wanted: dict[str, str]) -> str:
    calls = "".join(f".{UI_SELECTOR[name]}({_java(value)})" for name, value in wanted.items())
    return f"new UiSelector(){calls}"


def _java(text: str) -> str:
    """A text as Java writes it."""
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))


def _path(element: etree._Element) -> str:
    """The way from the nearest element above, or the element itself, whose id is its own; or else from the root."""
    steps: list[str] = []
    here: etree._Element | None = element
    while here is not None and here.getparent() is not None:
        identifier = here.get("resource-id")
        if identifier and len(_like(here, {"resource-id": identifier})) == 1:
            return "/".join([f'//{here.tag}[@resource-id="{identifier}"]', *steps])
        before = sum(1 for _ in here.itersiblings(str(here.tag), preceding=True))
        steps.insert(0, f"{here.tag}[{before + 1}]")
        here = here.getparent()
    return "/".join(["/hierarchy", *steps])
