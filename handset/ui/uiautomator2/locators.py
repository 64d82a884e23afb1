"""Finds elements: by id, accessibility id, class name, XPath and UiSelector."""

import re
from collections.abc import Callable, Iterable

from lxml import etree

from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.source import KEY
from handset.ui.uiautomator2.uiselector import Call, Expression, parse

TEXT_ATTRIBUTES = {
    "text": "text",
    "description": "content-desc",
    "className": "class",
    "resourceId": "resource-id",
    "packageName": "package",
}
BOOLEAN_ATTRIBUTES = {
    "checkable": "checkable",
    "checked": "checked",
    "clickable": "clickable",
    "enabled": "enabled",
    "focusable": "focusable",
    "focused": "focused",
    "longClickable": "long-clickable",
    "scrollable": "scrollable",
    "selected": "selected",
    "password": "password",
}
SUFFIXES: dict[str, Callable[[str, str], bool]] = {
    "Contains": lambda wanted, actual: wanted.lower() in actual.lower(),
    "StartsWith": lambda wanted, actual: actual.lower().startswith(wanted.lower()),
    "Matches": lambda wanted, actual: re.fullmatch(wanted, actual, re.DOTALL) is not None,
    "": lambda wanted, actual: wanted == actual,
}
PATTERN_METHODS = {
    base + suffix: (attribute, test) for base, attribute in TEXT_ATTRIBUTES.items() for suffix, test in SUFFIXES.items()
}


def find(base: etree._Element, strategy: str, selector: str) -> list[etree._Element]:
    """The elements below `base`, in document order. Raises WebDriverError `invalid selector`."""
    elements = [element for element in base.iterdescendants() if element.get(KEY)]
    match strategy:
        case "id":
            return [element for element in elements if _has_id(element, selector)]
        case "accessibility id":
            return [element for element in elements if element.get("content-desc") == selector]
        case "class name":
            return [element for element in elements if element.get("class") == selector]
        case "xpath":
            return xpath(base, selector)
        case "-android uiautomator":
            expression = parse(selector)
            if expression.name != "UiSelector":
                raise WebDriverError("invalid selector", "A UiScrollable needs the screen: it is not a plain selector")
            return select(elements, expression)
        case _:
            raise WebDriverError("invalid selector", f"The locator strategy {strategy!r} is not supported")


def _has_id(element: etree._Element, wanted: str) -> bool:
    return element.get("resource-id") in {wanted, f"{element.get('package')}:id/{wanted}"}


def xpath(base: etree._Element, selector: str) -> list[etree._Element]:
    """Evaluate XPath 1.0 plus matches, lower-case, upper-case and ends-with of XPath 2."""
    try:
        found = etree.XPath(selector, extensions=XPATH_2)(base)
    except (etree.XPathError, re.error, ValueError, TypeError, RecursionError) as error:
        raise WebDriverError("invalid selector", f"{selector}: {error}") from error
    if not isinstance(found, list):
        raise WebDriverError("invalid selector", f"{selector} selects no elements but {found!r}")
    return [element for element in found if isinstance(element, etree._Element) and element.get(KEY)]


def _text(value: object) -> str:
    first = (value[0] if value else "") if isinstance(value, list) else value
    return str(first)


XPATH_2 = {
    (None, "matches"): lambda _, value, pattern: re.search(pattern, _text(value)) is not None,
    (None, "lower-case"): lambda _, value: _text(value).lower(),
    (None, "upper-case"): lambda _, value: _text(value).upper(),
    (None, "ends-with"): lambda _, value, ending: _text(value).endswith(_text(ending)),
}


def select(elements: Iterable[etree._Element], expression: Expression) -> list[etree._Element]:
    """Apply a UiSelector to elements. Raises WebDriverError naming a method that is not supported."""
    chosen = list(elements)
    instance: int | None = None
    descent: list[Call] = []
    for call in expression.calls:
        if call.method == "instance":
            instance = number(call)
        elif call.method in {"childSelector", "fromParent"}:
            descent.append(call)
        else:
            chosen = [element for element in chosen if _accepts(element, call)]
    if instance is not None:
        chosen = chosen[instance : instance + 1]
    for call in descent:
        chosen = _descend(chosen, call)
    return chosen


def _accepts(element: etree._Element, call: Call) -> bool:
    wanted = _argument(call)
    if call.method in PATTERN_METHODS:
        attribute, test = PATTERN_METHODS[call.method]
        actual = element.get(attribute)
        try:
            return actual is not None and test(str(wanted), actual)
        except (re.error, OverflowError, RecursionError) as error:
            raise WebDriverError("invalid selector", f"UiSelector.{call.method}: {wanted!r}: {error}") from error
    if call.method in BOOLEAN_ATTRIBUTES:
        return element.get(BOOLEAN_ATTRIBUTES[call.method]) == str(wanted if call.arguments else True).lower()
    if call.method == "index":
        return element.get("index") == str(wanted)
    raise WebDriverError("invalid selector", f"UiSelector.{call.method} is not supported by this device")


def _descend(parents: list[etree._Element], call: Call) -> list[etree._Element]:
    inner = _argument(call)
    if not isinstance(inner, Expression) or inner.name != "UiSelector":
        raise WebDriverError("invalid selector", f"UiSelector.{call.method} takes a UiSelector")
    found: list[etree._Element] = []
    for parent in parents:
        scope = parent if call.method == "childSelector" else parent.getparent()
        below = scope.iterdescendants() if scope is not None else iter(())
        found += [element for element in select(below, inner) if element not in found]
    return found


def number(call: Call) -> int:
    """The integer that a call is given. Raises WebDriverError `invalid selector`."""
    given = _argument(call)
    if not isinstance(given, int) or isinstance(given, bool):
        raise WebDriverError("invalid selector", f"{call.method} takes an integer, not {given!r}")
    return given


def _argument(call: Call) -> object:
    if not call.arguments and call.method not in BOOLEAN_ATTRIBUTES:
        raise WebDriverError("invalid selector", f"UiSelector.{call.method} takes an argument")
    return call.arguments[0] if call.arguments else True
