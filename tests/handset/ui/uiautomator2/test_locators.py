import pytest
from lxml import etree

from handset.base.display import Display
from handset.ui.uiautomator2 import locators, source
from handset.ui.uiautomator2.errors import WebDriverError
from handset.ui.uiautomator2.uiselector import parse

TREE = {
    "package": "com.example",
    "windows": [
        {
            "root": {
                "key": "1",
                "class": "android.widget.FrameLayout",
                "bounds": [0, 0, 822, 1782],
                "flags": ["enabled", "displayed"],
                "children": [
                    {
                        "key": "2",
                        "class": "android.widget.EditText",
                        "id": "com.example:id/user",
                        "text": "ünï <&> 漢字 \x00",
                        "bounds": [0, 0, 400, 100],
                        "flags": ["enabled", "displayed", "focused", "showing-hint"],
                    },
                    {
                        "key": "3",
                        "class": "android.widget.Button",
                        "id": "com.example:id/submit",
                        "text": "SIGN IN",
                        "desc": "sign in",
                        "error": "wrong",
                        "bounds": [0, 100, 400, 200],
                        "flags": ["enabled", "displayed", "clickable"],
                    },
                    {"key": "4", "class": "a.Outer$Inner", "bounds": [0, 0, 1, 1]},
                ],
            }
        }
    ],
    "toasts": ["Server busy"],
}


@pytest.fixture
def root() -> etree._Element:
    return source.build(TREE, Display())


def keys(elements: list[etree._Element]) -> list[str | None]:
    return [element.get(source.KEY) for element in elements]


@pytest.mark.parametrize(
    ("strategy", "selector", "expected"),
    [
        ("id", "user", ["2"]),
        ("id", "com.example:id/submit", ["3"]),
        ("accessibility id", "sign in", ["3"]),
        ("class name", "a.Outer$Inner", ["4"]),
        ("xpath", "//*[@text='SIGN IN']", ["3"]),
        ("xpath", "//*[matches(@text, '^SIGN')]", ["3"]),
        ("xpath", "//*[contains(lower-case(@text), 'sign')]", ["3"]),
        ("xpath", "//android.widget.Toast", ["toast:Server busy"]),
        ("-android uiautomator", 'new UiSelector().text("SIGN IN")', ["3"]),
        ("-android uiautomator", 'new UiSelector().textMatches("(?i)sign.*").enabled(true);', ["3"]),
        (
            "-android uiautomator",
            'UiSelector().className("android.widget.FrameLayout").childSelector(new UiSelector().clickable(true))',
            ["3"],
        ),
        ("-android uiautomator", "new UiSelector().enabled(true).instance(1)", ["2"]),
        ("-android uiautomator", 'new UiSelector().resourceIdMatches(".*:id/nothing")', []),
    ],
)
def test_finding(root: etree._Element, strategy: str, selector: str, expected: list[str]) -> None:
    assert keys(locators.find(root, strategy, selector)) == expected


@pytest.mark.parametrize(
    ("strategy", "selector", "reason"),
    [
        ("xpath", "//*[", "//"),
        ("xpath", "count(//*)", "selects no elements"),
        ("css selector", "a", "css selector"),
        ("-android uiautomator", "new UiSelector().fancy(1)", "fancy"),
        ("-android uiautomator", 'new UiSelector().text("a"', "too early"),
        ("-android uiautomator", "new Thing()", "Thing"),
    ],
)
def test_what_is_refused(root: etree._Element, strategy: str, selector: str, reason: str) -> None:
    with pytest.raises(WebDriverError, match=reason) as raised:
        locators.find(root, strategy, selector)
    assert raised.value.code == "invalid selector"


def test_uiscrollable_keeps_its_inner_selector() -> None:
    expression = parse(
        'new UiScrollable(new UiSelector().scrollable(true)).scrollIntoView(new UiSelector().text("Web"))'
    )
    assert (expression.name, expression.calls[0].method) == ("UiScrollable", "scrollIntoView")


def test_the_page_source_is_xml_without_private_attributes(root: etree._Element) -> None:
    text = source.serialise(root)
    assert "handset" not in text
    parsed = etree.fromstring(text.encode())
    field = parsed.find(".//android.widget.EditText")
    assert field is not None
    assert field.get("text") == "ünï <&> 漢字 "
    assert field.get("bounds") == "[0,0][400,100]"
    assert (field.get("focused"), field.get("clickable"), field.get("displayed")) == ("true", "false", "true")
    assert parsed.find(".//a.Outer.Inner") is not None
