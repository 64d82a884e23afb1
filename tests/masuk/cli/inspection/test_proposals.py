"""Proposed locators: stable before brittle, unique before ambiguous, and counted."""

import pytest
from lxml import etree

from masuk.cli.inspection.proposals import best, proposals
from masuk.cli.inspection.tree import elements
from tests.masuk.cli.inspection.screens import SOURCE


@pytest.fixture
def nodes() -> list[etree._Element]:
    return elements(SOURCE)


def of(node: etree._Element) -> list[tuple[str, int]]:
    return [(proposal.locator.notation, proposal.matches) for proposal in proposals(node)]


def the(nodes: list[etree._Element], attribute: str, value: str, place: int = 0) -> etree._Element:
    return [node for node in nodes if node.get(attribute) == value][place]


def test_an_id_is_best_and_written_without_the_apps_package(nodes: list[etree._Element]) -> None:
    title = the(nodes, "resource-id", "org.example:id/title")
    assert of(title) == [
        ("id=title", 1),
        (r'uiautomator=new UiSelector().text("Say \"hello\"")', 1),
        ('xpath=//android.widget.TextView[@resource-id="org.example:id/title"]', 1),
    ]


def test_an_id_of_androids_own_keeps_its_package(nodes: list[etree._Element]) -> None:
    assert best(the(nodes, "resource-id", "android:id/button1")).notation == "id=android:id/button1"


def test_what_is_ambiguous_comes_after_what_is_not(nodes: list[etree._Element]) -> None:
    assert of(the(nodes, "resource-id", "org.example:id/row", 1)) == [
        ('uiautomator=new UiSelector().resourceId("org.example:id/row").instance(1)', 1),
        ("id=row", 2),
        ('uiautomator=new UiSelector().text("Go")', 2),
        ('uiautomator=new UiSelector().resourceId("org.example:id/row").text("Go")', 2),
        ("xpath=/hierarchy/android.widget.FrameLayout[1]/android.view.ViewGroup[1]/android.widget.Button[2]", 1),
    ]


def test_what_has_no_name_is_found_by_its_place(nodes: list[etree._Element]) -> None:
    assert of(the(nodes, "class", "android.widget.ImageView", 1)) == [
        ('uiautomator=new UiSelector().className("android.widget.ImageView").instance(1)', 1),
        ("xpath=/hierarchy/android.widget.FrameLayout[1]/android.view.ViewGroup[1]/android.widget.ImageView[2]", 1),
    ]


def test_what_stands_in_a_field_is_no_locator(nodes: list[etree._Element]) -> None:
    assert [notation for notation, _ in of(the(nodes, "content-desc", "code"))] == [
        "description=code",
        "xpath=/hierarchy/android.widget.FrameLayout[1]/android.widget.EditText[3]",
    ]


def test_each_xpath_leads_to_its_element(nodes: list[etree._Element]) -> None:
    for node in nodes:
        path = proposals(node)[-1].locator.value
        assert node.xpath(path) == [node], path
