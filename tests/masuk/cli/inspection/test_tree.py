"""What the tree of a screen tells."""

from lxml import etree

from masuk.cli.inspection.tree import box_of, elements, flags, labels, package_in_front, typed
from tests.masuk.cli.inspection.screens import SOURCE


def test_labels_are_what_the_app_says_and_not_what_was_typed() -> None:
    assert labels(SOURCE) == ['Say "hello"', "Welcome, 0012345678901234", "Go", "Go"]


def test_the_app_in_front_is_that_of_most_elements() -> None:
    bar = '<status package="com.android.systemui"/>'
    assert package_in_front(SOURCE.replace("</hierarchy>", f"{bar}</hierarchy>")) == "org.example"
    assert package_in_front("<hierarchy/>") is None


def field(**attributes: str) -> etree._Element:
    words = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return elements(f'<hierarchy><f class="android.widget.EditText" {words}/></hierarchy>')[0]


def test_a_hint_is_told_from_the_same_text_that_was_typed() -> None:
    assert typed(field(text="Username", hint="Username", showing_hint="true")) == ""
    assert typed(field(text="Username", hint="Username", showing_hint="false")) == "Username"
    assert typed(field(text="Username", hint="Username")) == "", "this tree does not say"
    assert flags(field(text="Username", showing_hint="true")) == ["showing-hint"]


def test_an_element_without_bounds_has_no_box() -> None:
    assert box_of(elements('<hierarchy><a bounds="[-5,1][9,20]"/></hierarchy>')[0]) == (-5, 1, 9, 20)
    assert box_of(elements("<hierarchy><a/></hierarchy>")[0]) is None
