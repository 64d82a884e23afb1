"""The tree of a screen, as the UiAutomator2 server writes it, read for people who look for locators in it."""

from lxml import etree

from masuk.automation.driver import SHOWING_HINT
from masuk.secrets.picture_redaction import BOUNDS, Box

FLAGS = ("clickable", "checkable", "checked", "focused", "password", "scrollable", "selected", SHOWING_HINT)


def elements(source: str) -> list[etree._Element]:
    """Every element of a screen's tree in document order; the root `hierarchy` is none."""
    return [node for node in _parsed(source).iterdescendants() if isinstance(node.tag, str)]


def package_in_front(source: str) -> str | None:
    """The app that most of the elements belong to; None for a screen without any."""
    packages = [package for node in elements(source) if (package := node.get("package"))]
    return max(set(packages), key=packages.count) if packages else None


def box_of(element: etree._Element) -> Box | None:
    """Left, top, right and bottom in pixels of the display, or None where the tree has no bounds."""
    found = BOUNDS.fullmatch(element.get("bounds", ""))
    if found is None:
        return None
    left, top, right, bottom = map(int, found.groups())
    return left, top, max(left, right), max(top, bottom)


def is_field(element: etree._Element) -> bool:
    """Whether people type into it."""
    kind = element.get("class", "")
    return element.get("password") == "true" or "EditText" in kind or "AutoComplete" in kind


def typed(element: etree._Element) -> str:
    """What was typed into a field; nothing when what it shows is its hint."""
    return "" if shows_hint(element) else element.get("text", "")


def shows_hint(element: etree._Element) -> bool:
    """Whether the text of an element is only its hint. Where the tree does not say, equal texts have to do."""
    told = element.get(SHOWING_HINT)
    return (
        told == "true" if told is not None else bool(element.get("hint")) and element.get("text") == element.get("hint")
    )


def short_class(element: etree._Element) -> str:
    """The class without its package, such as `Button`."""
    return element.get("class", str(element.tag)).rpartition(".")[2]


def labels(source: str) -> list[str]:
    """The texts on a screen, top to bottom, without what stands in fields."""
    shown = (node.get("text") or node.get("content-desc") for node in elements(source) if not is_field(node))
    return [text for text in shown if text]


def flags(element: etree._Element) -> list[str]:
    """What is special about an element: the attributes that are true, and `disabled`."""
    found = [flag for flag in FLAGS if element.get(flag) == "true"]
    return found if element.get("enabled") != "false" else [*found, "disabled"]


def _parsed(source: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(source.encode(), parser)
