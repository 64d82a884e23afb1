"""The report of one run or of its parts, made again and served."""

import json
import re
import threading
import urllib.request
from pathlib import Path

import pytest
from lxml import etree

from masuk import junit
from masuk.errors import UsageError
from masuk.reading import make, serve
from masuk.toolchain import Toolchain
from masuk.verdict import FILE_NAME, Result, Verdict, read, write


def result(folder: Path, name: str) -> Path:
    """Results of a run with one scenario that has passed."""
    folder.mkdir()
    facts = {"uuid": name, "name": name, "fullName": name, "historyId": name, "status": "passed", "start": 1, "stop": 2}
    (folder / f"{name}-result.json").write_text(json.dumps(facts))
    write([Result(f"Feature: {name}", Verdict.PASSED, 1.5)], folder / FILE_NAME)
    return folder


def test_parts_of_a_run_become_one_report(tmp_path: Path) -> None:
    parts = [result(tmp_path / name, f"scenario of {name}") for name in ("one", "two")]
    page = make(Toolchain.default(), parts, tmp_path / "report", print)
    alone = make(Toolchain.default(), parts[:1], tmp_path / "alone", print)
    assert _scenarios(page.read_text(encoding="utf-8")) == {"scenario of one", "scenario of two"}
    assert _scenarios(alone.read_text(encoding="utf-8")) == {"scenario of one"}
    assert [found.scenario for found in read(page.with_name(FILE_NAME))] == [
        "Feature: scenario of one",
        "Feature: scenario of two",
    ]
    cases = etree.parse(page.with_name(junit.FILE_NAME)).iter("testcase")
    assert [case.get("name") for case in cases] == ["scenario of one", "scenario of two"]


def test_a_part_without_verdicts_is_named_and_the_rest_does_not_pass_for_the_whole(tmp_path: Path) -> None:
    parts = [result(tmp_path / name, f"scenario of {name}") for name in ("one", "two")]
    make(Toolchain.default(), parts, tmp_path / "report", print)
    (parts[1] / FILE_NAME).unlink()
    said: list[str] = []
    page = make(Toolchain.default(), parts, tmp_path / "report", said.append)
    assert said[0].startswith(f"{parts[1]}: no verdicts.json")
    assert list(page.parent.iterdir()) == [page]


def _scenarios(page: str) -> set[str]:
    """The names in what Allure has packed into the page, file by file in base64."""
    import base64

    packed = re.findall(r'"([A-Za-z0-9+/=]{40,})"', page)
    text = "".join(base64.b64decode(data + "==").decode(errors="replace") for data in packed)
    return set(re.findall(r"scenario of \w+", text))


def test_a_folder_without_results_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no results of a run\. Run `masuk run` without --no-report"):
        make(Toolchain.default(), [tmp_path], tmp_path / "report", print)


def test_the_page_is_served_to_this_machine(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<h1>It is there</h1>")
    said: list[str] = []
    told = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        told.set()

    threading.Thread(target=serve, args=(page, say), daemon=True).start()
    assert told.wait(10)
    address = re.search(r"http://127\.0\.0\.1:\d+/index\.html", said[0])
    assert address is not None, said
    with urllib.request.urlopen(address[0], timeout=10) as answer:
        assert answer.read() == b"<h1>It is there</h1>"
