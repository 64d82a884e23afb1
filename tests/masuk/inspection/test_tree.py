"""What the tree of a screen tells."""

from masuk.inspection.tree import box_of, elements, labels, package_in_front
from tests.masuk.inspection.screens import SOURCE


def test_labels_are_what_the_app_says_and_not_what_was_typed() -> None:
    assert labels(SOURCE) == ['Say "hello"', "Welcome, 0012345678901234", "Go", "Go"]


def test_the_app_in_front_is_that_of_most_elements() -> None:
    bar = '<status package="com.android.systemui"/>'
    assert package_in_front(SOURCE.replace("</hierarchy>", f"{bar}</hierarchy>")) == "org.example"
    assert package_in_front("<hierarchy/>") is None


def test_an_element_without_bounds_has_no_box() -> None:
    assert box_of(elements('<hierarchy><a bounds="[-5,1][9,20]"/></hierarchy>')[0]) == (-5, 1, 9, 20)
    assert box_of(elements("<hierarchy><a/></hierarchy>")[0]) is None
