"""What a run leaves behind: complete, self-contained, without secrets."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from PIL import Image, ImageSequence

from masuk.automation.run_processes import Stack
from tests.checkout import CHECKOUT
from tests.scenarios import PASSWORD_HIDDEN
from tests.system.masuk_command import Finished, MasukCommand

LOADING = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "video": "src"}


@pytest.fixture(scope="module")
def finished(masuk: MasukCommand, stack: Stack) -> Finished:
    """A run that passes, with its report."""
    return masuk.run(PASSWORD_HIDDEN, "--appium-url", stack.ready_appium())


def test_every_scenario_has_its_steps_and_a_picture(finished: Finished, masuk: MasukCommand) -> None:
    assert finished.code == 0, finished.output
    results = [json.loads(path.read_text()) for path in (masuk.toolchain.root / "results").glob("*-result.json")]
    assert len(results) == 1
    for result in results:
        names = [step["name"] for step in result["steps"]]
        assert names[0].startswith("Given ")
        assert any(name.startswith("Then ") for name in names)
        pictures = [masuk.toolchain.root / "results" / source for source in pictures_of(result)]
        assert pictures
        assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_the_report_loads_nothing_from_outside(finished: Finished, masuk: MasukCommand) -> None:
    page = masuk.toolchain.root / "report" / "index.html"
    assert str(page) in finished.output
    loaded = list(loaded_addresses(page))
    assert not [address for address in loaded if address.startswith(("http:", "https:", "//"))]


def test_the_run_says_what_was_tested_and_where_its_checks_are_explained(
    finished: Finished, masuk: MasukCommand
) -> None:
    assert finished.code == 0, finished.output
    results = masuk.toolchain.root / "results"
    facts = dict(line.split("=", 1) for line in (results / "environment.properties").read_text().splitlines())
    assert facts["app_version"] == "2.0.0 (20)"
    assert facts["scenarios"]
    (result,) = [json.loads(path.read_text()) for path in results.glob("*-result.json")]
    (link,) = result["links"]
    assert link["name"].startswith("P7: ")
    assert link["url"] == (CHECKOUT / "docs" / "checks.md").as_uri()


def test_verdicts_stand_as_junit_xml_beside_the_report(finished: Finished, masuk: MasukCommand) -> None:
    assert finished.code == 0, finished.output
    (case,) = etree.parse(masuk.toolchain.root / "report" / "junit.xml").iter("testcase")
    assert (case.get("classname"), case.get("name")) == ("Form", "The password is hidden until she asks to see it")
    assert len(case) == 0


def test_what_is_kept_can_be_chosen(masuk: MasukCommand, stack: Stack) -> None:
    where = (PASSWORD_HIDDEN, "--appium-url", stack.ready_appium())
    finished = masuk.run(*where, "--trace", "on", "--screenshots", "off", "--video", "on")
    assert finished.code == 0, finished.output
    results = masuk.toolchain.root / "results"
    (result,) = [json.loads(path.read_text()) for path in results.glob("*-result.json")]
    (film,) = pictures_of(result)
    with Image.open(results / film) as played:
        assert len(list(ImageSequence.Iterator(played))) == 3  # her number, her password, the eye
    (calls,) = [one["source"] for one in result["attachments"] if one["name"] == "Appium calls"]
    lines = (results / calls).read_text().splitlines()
    assert any(" ms  findElements " in line for line in lines)
    assert any("mobile: replaceElementValue" in line and "<password of Rini>" in line for line in lines)


def pictures_of(part: dict[str, Any]) -> list[str]:
    """The files of the pictures of a result or a step, and of the steps inside."""
    own = [attachment["source"] for attachment in part.get("attachments", []) if attachment["type"] == "image/png"]
    return own + [picture for step in part.get("steps", []) for picture in pictures_of(step)]


def loaded_addresses(page: Path) -> Iterator[str]:
    """Whatever a browser would fetch when it opens the page."""
    for element in html.parse(page, parser=html.HTMLParser(huge_tree=True)).iter(*LOADING):
        address = element.get(LOADING[str(element.tag)])
        if address:
            yield address
