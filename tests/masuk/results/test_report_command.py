"""The report of one run or of its parts, made again and served."""

import base64
import json
import re
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from masuk.base.errors import UsageError
from masuk.base.locations import Project
from masuk.base.run_folder import VERDICTS
from masuk.results import junit
from masuk.results.allure_results import ENVIRONMENT_FILE, parameters_of
from masuk.results.report_command import make, serve
from masuk.results.report_maker import generate, history_of
from masuk.results.verdict import NO_DEVICE, DeviceKind, Result, Verdict, read, write
from masuk.toolchain.tools import Toolchain
from tests.checkout import CHECKOUT
from tests.system.homes import home_of_its_own


def result(folder: Path, name: str, device: DeviceKind = NO_DEVICE, start: int = 1) -> Path:
    """Results of a run with one scenario that has passed."""
    folder.mkdir()
    facts: dict[str, object] = {
        "uuid": f"{folder.name} {name}",
        "name": name,
        "fullName": name,
        "historyId": name,
        "status": "passed",
    }
    facts |= {"start": start, "stop": start + 1, "labels": [{"name": "parentSuite", "value": "Feature"}]}
    if device != NO_DEVICE:
        facts["parameters"] = parameters_of(device)
        (folder / ENVIRONMENT_FILE).write_text(f"model={device.model}\napi_level={device.api_level}\nscenarios=abc\n")
    (folder / f"{folder.name} {name}-result.json").write_text(json.dumps(facts))
    write([Result(f"Feature: {name}", Verdict.PASSED, 1.5, device=device)], folder / VERDICTS)
    return folder


def test_parts_of_a_run_become_one_report(tmp_path: Path) -> None:
    parts = [result(tmp_path / name, f"scenario of {name}") for name in ("one", "two")]
    page = make(Toolchain.default(), Project(CHECKOUT, tmp_path), parts, tmp_path / "report", print)
    alone = make(Toolchain.default(), Project(CHECKOUT, tmp_path), parts[:1], tmp_path / "alone", print)
    assert _scenarios(page.read_text(encoding="utf-8")) == {"scenario of one", "scenario of two"}
    assert _scenarios(alone.read_text(encoding="utf-8")) == {"scenario of one"}
    assert [found.scenario for found in read(page.with_name(VERDICTS))] == [
        "Feature: scenario of one",
        "Feature: scenario of two",
    ]
    cases = etree.parse(page.with_name(junit.FILE_NAME)).iter("testcase")
    assert [case.get("name") for case in cases] == ["scenario of one", "scenario of two"]


PIXEL, GALAXY = DeviceKind("Pixel 8", "35"), DeviceKind("Galaxy S", "35")


def test_a_scenario_on_two_devices_is_two_rows_and_on_one_of_them_it_is_a_retry(tmp_path: Path) -> None:
    devices = {"one": PIXEL, "two": GALAXY, "three": PIXEL}
    parts = [result(tmp_path / name, "scenario of all", kind, n) for n, (name, kind) in enumerate(devices.items(), 1)]
    page = make(Toolchain.default(), Project(CHECKOUT, tmp_path), parts, tmp_path / "report", print)
    html = page.read_text(encoding="utf-8")
    statistic = _packed(html, "statistic.json")
    assert (statistic["total"], statistic["passed"], statistic["retries"]) == (2, 2, 1)
    environment = {one["name"]: one["values"] for one in _packed(html, "allure_environment.json")}
    assert environment == {"model": ["Pixel 8; Galaxy S"], "api_level": ["35"], "scenarios": ["abc"]}
    assert [found.device for found in read(page.with_name(VERDICTS))] == [PIXEL, GALAXY, PIXEL]
    cases = etree.parse(page.with_name(junit.FILE_NAME)).iter("testcase")
    assert {case.get("name") for case in cases} == {
        "scenario of all (on Pixel 8, API level 35)",
        "scenario of all (on Galaxy S, API level 35)",
    }


def test_a_run_goes_on_with_the_history_of_its_device(tmp_path: Path) -> None:
    toolchain, project = home_of_its_own(tmp_path), Project(CHECKOUT, tmp_path)
    for number, kind in enumerate([PIXEL, GALAXY, PIXEL]):
        results = result(tmp_path / str(number), "scenario", kind, number)
        generate(toolchain, project, results, tmp_path / "report", is_new=True)
    runs = [json.loads(line) for line in history_of(project).read_text(encoding="utf-8").splitlines()]
    first, second, third = [list(run["testResults"]) for run in runs]
    assert first == third != second


def test_a_part_without_verdicts_is_named_and_the_rest_does_not_pass_for_the_whole(tmp_path: Path) -> None:
    parts = [result(tmp_path / name, f"scenario of {name}") for name in ("one", "two")]
    make(Toolchain.default(), Project(CHECKOUT, tmp_path), parts, tmp_path / "report", print)
    (parts[1] / VERDICTS).unlink()
    said: list[str] = []
    page = make(Toolchain.default(), Project(CHECKOUT, tmp_path), parts, tmp_path / "report", said.append)
    assert said[0].startswith(f"{parts[1]}: no verdicts.json")
    assert list(page.parent.iterdir()) == [page]


def _packed(page: str, name: str) -> Any:
    """A file of Allure's in the page."""
    found = re.search(rf'"[\w/.-]*{re.escape(name)}",\s*"([A-Za-z0-9+/=]+)"', page)
    assert found is not None, name
    return json.loads(base64.b64decode(found[1]))


def _scenarios(page: str) -> set[str]:
    """The names in what Allure has packed into the page, file by file in base64."""
    packed = re.findall(r'"([A-Za-z0-9+/=]{40,})"', page)
    text = "".join(base64.b64decode(data + "==").decode(errors="replace") for data in packed)
    return set(re.findall(r"scenario of \w+", text))


def test_a_folder_without_results_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no results of a run\. Run `masuk run` without --no-report"):
        make(Toolchain.default(), Project(CHECKOUT, tmp_path), [tmp_path], tmp_path / "report", print)


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
