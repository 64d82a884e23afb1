"""The plugin, by running small suites: verdicts, exit codes, the table, Gherkin in Allure, secrets."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from masuk.device.adb import Adb
from masuk.gherkin.selection import expression_of
from masuk.results.verdict import DeviceKind, Verdict, read
from masuk.secrets.vault import Secret, Vault

pytestmark = pytest.mark.programs

NO_DEVICE = ("--masuk-device", "no-device", "--masuk-appium-url", "http://127.0.0.1:1")
CONFTEST = """
    import os
    import pytest
    from pytest_bdd import given, then, when, parsers
    from masuk.automation.page import Page
    from masuk.base.errors import DeviceError, UsageError
    from masuk.faults.fault import unproven
    from masuk.plugin.stash import BOARD, ENVIRONMENT
    from masuk.results.allure_results import Environment

    class Screen:
        def screenshot(self):
            return b"\\x89PNG a picture"

        def source(self):
            return "<hierarchy/>"

    @pytest.fixture
    def screen():
        return Screen()

    class NoSession:
        def open_ahead(self):
            pass

    @pytest.fixture(scope="session")
    def session():
        return NoSession()

    @given("a member", target_fixture="member")
    def _member(people, screen):
        return people.named("Rini")

    @when("nothing is done")
    def _nothing():
        pass

    @then("it holds")
    def _holds(timeline):
        timeline.note("looked")

    class SomePage(Page):
        pass

    @pytest.fixture
    def page():
        return SomePage(Screen())

    @then("a page is looked at")
    def _look(page):
        pass

    @then("it does not hold")
    def _fails(member):
        assert 1 == 2, f"Expected one, with {member.password.reveal()}"

    @then("the device goes away")
    def _gone():
        raise DeviceError("the device went away")

    @then("the device goes away once")
    def _gone_once(pytestconfig):
        been = pytestconfig.rootpath / "been"
        if not been.exists():
            been.touch()
            raise DeviceError("the device went away")

    @pytest.fixture
    def lasting():
        yield
        raise DeviceError("the device is still away")

    @then("its process dies once")
    def _dies_once(pytestconfig):
        been = pytestconfig.rootpath / "been"
        if not been.exists():
            been.touch()
            os._exit(9)

    @then("its process dies")
    def _dies():
        os._exit(9)

    @then("the device goes away for good")
    def _gone_for_good(lasting):
        raise DeviceError("the device went away")

    @then("the fault does not take")
    def _unproven():
        raise unproven("it should be off", "it is on", "Look again.")

    class Withheld:
        seen = ("a fault",)

        def confirm(self):
            pass

        doubt = confirm

    @then("it does not hold without its fault")
    def _noticed(request):
        request.node.stash[BOARD] = Withheld()
        assert 1 == 2, "Expected one"

    @then("it holds without its fault")
    def _worthless(request):
        request.node.stash[BOARD] = Withheld()

    class GonePast:
        seen = ()

        def confirm(self):
            raise unproven("nothing should come through", "the app went past it", "Look again.")

        doubt = confirm

    @then("it does not hold and the app went past the fault")
    def _past(request):
        request.node.stash[BOARD] = GonePast()
        assert 1 == 2

    @then("a step has a mistake")
    def _mistake():
        raise KeyError("typo")

    @then("somebody interrupts")
    def _interrupts():
        raise KeyboardInterrupt

    def colour(word):
        if word not in {"red", "blue"}:
            raise UsageError(f"{word} is no colour")
        return word

    @then(parsers.parse("it is {colour}"), converters={"colour": colour})
    def _is(colour):
        pass

    @when(parsers.re("(?s)the room is ?(?P<room>.*)"))
    def _room():
        pass

    @then("there is no fire", target_fixture="safe")
    def _no_fire(_pytest_bdd_example):
        assert "fire" not in _pytest_bdd_example["room"]

    @then(parsers.parse("it runs on a {model} at {serial}"))
    def _runs_on(model, serial, pytestconfig):
        pytestconfig.stash[ENVIRONMENT] = Environment({"device": serial, "model": model, "api_level": "35"})

    @when("these are told:")
    def _told(datatable, docstring):
        pass

    @given("the password is", target_fixture="member")
    def _password_is(docstring, vault):
        from masuk.secrets.vault import Secret
        vault.add(Secret(docstring, "password of the text"))
        vault.add(Secret("Tiger-Lily-42", "password of the table"))

    @then("it fails with these:")
    def _fails_with(datatable):
        assert datatable == [["none"]]

    @then("a secret is written down")
    def _leak(member):
        import allure
        allure.attach(f"the password is {member.password.reveal()}", "notes")

    @then("Selenium's error holds it")
    def _selenium(member):
        from selenium.common.exceptions import WebDriverException
        raise WebDriverException(f"can't type {member.password.reveal()}", stacktrace=[member.password.reveal()])

    @then("a note of an error holds it")
    def _note(member):
        error = ValueError("no number")
        error.add_note(f"typed: {member.password.reveal()}")
        raise error

    @then("the cause of an error holds it")
    def _cause(member):
        try:
            raise OSError(5, "can't write", f"/tmp/{member.password.reveal()}")
        except OSError as error:
            raise RuntimeError("the form was not kept") from error

    @then("a group of errors holds it")
    def _group(member):
        raise ExceptionGroup("two things", [KeyError(member.password.reveal()), ValueError("x")])

    @then("a print and a warning hold it")
    def _printed(member):
        import logging, warnings
        print(f"printed {member.password.reveal()}")
        logging.getLogger("app").warning("logged %s", member.password.reveal())
        warnings.warn(f"warned {member.password.reveal()}")
        raise DeviceError("the device went away")

    @then("the reason of a skip holds it")
    def _skipped(member):
        from masuk.base.errors import NotServed
        raise NotServed(f"no account for {member.password.reveal()}")

    @then("the password is known")
    def _known(member, pytestconfig):
        (pytestconfig.rootpath / "password").write_text(member.password.reveal(), encoding="utf-8")

    @then(parsers.parse("a leak is planted in {file}"))
    def _planted(member, pytestconfig, file):
        path = pytestconfig.rootpath / file.replace("WORKER", os.environ.get("PYTEST_XDIST_WORKER", ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"the password is {member.password.reveal()}", encoding="utf-8")

    @then("a leak is planted last")
    def _planted_last(member):
        from masuk.plugin import run_outcome

        def make(_maker, _results, target):
            target.mkdir()
            return target / "index.html"

        def write(results, path):
            path.write_text(member.password.reveal(), encoding="utf-8")

        run_outcome.ReportMaker.make, run_outcome.junit.write = make, write

    @then("a secret is attached as evidence")
    def _masked(member, evidence):
        evidence.text("notes", f"the password is {member.password.reveal()}")
"""


PLANTING = """
    import pytest
    from masuk.plugin import run_outcome
    from masuk.plugin.stash import VAULT

    ordinary = run_outcome.write

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(session):
        def write(found, path):
            ordinary(found, path)
            path.write_text(session.config.stash[VAULT].pairs()[0][0], encoding="utf-8")

        run_outcome.write = write
"""


class Suite:
    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.results = pytester.path / "results"
        pytester.makeini("[pytest]\n")
        (pytester.path / "masuk.toml").write_text('leave_out = ["*"]\n')
        pytester.makeconftest(CONFTEST)
        pytester.makepyfile('from pytest_bdd import scenarios\nscenarios(".")\n')

    def run(self, *thens: str, options: tuple[str, ...] = ()) -> pytest.RunResult:
        steps = "    Given a member\n    When nothing is done\n    Then {then}\n    And it holds\n"
        scenarios = [f"  Scenario: number {n}\n" + steps.format(then=then) for n, then in enumerate(thens)]
        return self.run_feature("Feature: Some\n" + "".join(scenarios), options)

    def run_feature(self, text: str, options: tuple[str, ...] = ()) -> pytest.RunResult:
        (self.pytester.path / "some.feature").write_text(text, encoding="utf-8")
        return self.pytester.runpytest_subprocess(*NO_DEVICE, "--alluredir", str(self.results), *options)

    def allure(self) -> list[dict[str, object]]:
        return [json.loads(path.read_text()) for path in self.results.glob("*-result.json")]


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Suite:
    return Suite(pytester)


@pytest.mark.parametrize(
    ("then", "code", "verdict"),
    [
        ("it holds", 0, "passed"),
        ("it does not hold", 1, "product failure"),
        ("the device goes away", 3, "infrastructure failure"),
        ("the fault does not take", 3, "fault not proven"),
        ("it does not hold and the app went past the fault", 3, "fault not proven"),
        ("a step has a mistake", 3, "infrastructure failure"),
    ],
)
def test_verdict_and_exit_code(suite: Suite, then: str, code: int, verdict: str) -> None:
    result = suite.run(then)
    assert result.ret == code
    result.stdout.re_match_lines([rf"Some: number 0 +{verdict} .* s$"])


def test_what_is_interrupted_has_no_verdict(suite: Suite) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    result = suite.run("it holds", "somebody interrupts", "it holds", options=("--masuk-verdicts", str(verdicts)))
    assert result.ret == 2
    result.stdout.fnmatch_lines(["Some: number 1: interrupted before its end, and without a verdict"])
    result.stdout.no_re_match_line(r"Some: number [12] +passed")
    assert [(found.scenario, found.verdict) for found in read(verdicts)] == [("Some: number 0", Verdict.PASSED)]
    assert {found["name"]: found["status"] for found in suite.allure()} == {"number 0": "passed", "number 1": "skipped"}


@pytest.mark.parametrize(
    ("then", "message"),
    [
        ("it hold", '*some.feature:10: no step says "Then it hold". Did you mean *it holds*masuk steps*'),
        ("it is green", "*some.feature:10: green is no colour"),
    ],
)
def test_a_word_that_nobody_knows_is_told_before_anything_runs(suite: Suite, then: str, message: str) -> None:
    result = suite.run("it holds", then)
    assert result.ret == 4
    result.stderr.fnmatch_lines([message])
    assert suite.allure() == []


def test_steps_are_listed_by_a_word_of_them(suite: Suite) -> None:
    result = suite.run("it holds", options=("--masuk-words", "DEVICE", "-s"))
    result.stdout.re_match_lines_random(
        [r"Then  the device goes away +.*:\d+$", r"Then  the device goes away once +.*:\d+$"]
    )
    result.stdout.no_fnmatch_line("*it holds*")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("-k", "moon"), "Nothing ran: no scenario has 'moon' in its name."),
        (
            ("-k", "moon", "--masuk-shard", "1/2"),
            "Nothing ran: no scenario has 'moon' in its name, or nothing falls into *",
        ),
    ],
)
def test_that_nothing_ran_is_explained(suite: Suite, options: tuple[str, ...], why: str) -> None:
    result = suite.run("it holds", options=options)
    assert result.ret == 5
    result.stdout.fnmatch_lines([why])


def test_a_failure_says_how_it_is_run_again(suite: Suite) -> None:
    result = suite.run("it does not hold")
    result.stdout.fnmatch_lines(["Again: masuk run some.feature:2"])


def test_a_scenario_that_fails_in_its_steps_and_as_it_is_undone_is_one_failure(suite: Suite) -> None:
    result = suite.run("the device goes away for good")
    result.assert_outcomes(failed=1, errors=1)
    assert result.ret == 3


def test_verdicts_that_cannot_be_written_accuse_nobody(suite: Suite) -> None:
    result = suite.run("it holds", options=("--masuk-verdicts", str(suite.pytester.path / "absent" / "verdicts.json")))
    assert result.ret == 3
    result.stdout.fnmatch_lines(["Some: number 0*passed*", "*No such file or directory*absent/verdicts.json*"])


def test_what_nobody_reads_any_more_is_kept_all_the_same(suite: Suite) -> None:
    suite.run("it holds")
    verdicts = suite.pytester.path / "verdicts.json"
    command = [sys.executable, "-u", "-m", "pytest", *NO_DEVICE, "--masuk-verdicts", str(verdicts)]
    with subprocess.Popen(
        command, cwd=suite.pytester.path, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if "[100%]" in line:
                break
        run.stdout.close()  # as `head` does
    assert [result.scenario for result in read(verdicts)] == ["Some: number 0"]


def test_a_scenario_that_fails_without_its_fault_is_not_shown_as_a_failure(suite: Suite) -> None:
    result = suite.run("it does not hold without its fault", options=("--masuk-without-faults",))
    assert result.ret == 0
    said = result.stdout.str()
    assert "FAILED" not in said
    assert "= FAILURES =" not in said
    result.stdout.fnmatch_lines(
        [
            "*= noticed, as it should be =*",
            "Some: number 0",
            "    Expected one",
            "*= scenarios without their faults =*",
            "1 scenario: 1 noticed, 0 WORTHLESS, 0 without a fault, 0 not shown",
            "*1 noticed*",
        ]
    )


def test_a_scenario_that_passes_without_its_fault_is_worthless(suite: Suite) -> None:
    thens = ("it holds without its fault", "it does not hold without its fault", "it does not hold", "it holds")
    result = suite.run(*thens, options=("--masuk-without-faults",))
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "Some: number 0: WORTHLESS*",
            "Some: number 2: not shown  Expected one, *",
            "4 scenarios: 1 noticed, 1 WORTHLESS, 1 without a fault, 1 not shown",
        ]
    )
    result.assert_outcomes(passed=2, failed=1)


def test_only_what_has_failed_before_runs_again(suite: Suite) -> None:
    verdicts = str(suite.pytester.path / "verdicts.json")
    suite.run("it holds", "it does not hold", "the device goes away", options=("--masuk-verdicts", verdicts))
    again = suite.run("it holds", "it holds", "it holds", options=("--masuk-failed-of", verdicts))
    again.assert_outcomes(passed=2, deselected=1)
    nothing = suite.run("it holds", options=("--masuk-failed-of", str(suite.pytester.path / "absent.json")))
    assert nothing.ret == 4
    nothing.stderr.fnmatch_lines(["*absent.json: can't be read*Make one with: masuk run --verdicts*"])


def test_what_the_tools_have_failed_is_tried_again_and_both_attempts_are_kept(suite: Suite) -> None:
    result = suite.run("the device goes away once", "it holds", options=("--masuk-retries", "2"))
    assert result.ret == 0
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["Some: number 0: passed at attempt 2", "*before: the device went away"])
    assert sorted(str(found["status"]) for found in suite.allure()) == ["broken", "passed", "passed"]


def test_a_failure_of_the_product_is_not_tried_again(suite: Suite) -> None:
    result = suite.run("it does not hold", options=("--masuk-retries", "2"))
    assert result.ret == 1
    assert [found["status"] for found in suite.allure()] == ["failed"]


def test_what_the_tools_fail_again_and_again_stays_theirs(suite: Suite) -> None:
    result = suite.run("the device goes away", options=("--masuk-retries", "2"))
    assert result.ret == 3
    assert len(suite.allure()) == 3


def test_attempts_are_counted_together_from_workers(suite: Suite) -> None:
    result = suite.run(
        "the device goes away once",
        "it holds",
        options=("--masuk-retries", "1", "-n", "2", "--masuk-device", "handset"),
    )
    result.stdout.fnmatch_lines(["Some: number 0: passed at attempt 2"])


WORKERS = ("-n", "2", "--masuk-device", "handset")


def test_a_scenario_whose_worker_has_died_is_tried_again_by_another(suite: Suite) -> None:
    result = suite.run("its process dies once", "it holds", "it holds", options=WORKERS)
    assert result.ret == 0
    result.stdout.fnmatch_lines(
        ["Some: number 0: passed at attempt 2", "*before: its worker process has died, and its device with it"]
    )


def test_a_scenario_whose_workers_die_accuses_nobody(suite: Suite) -> None:
    result = suite.run("its process dies", "it holds", options=WORKERS)
    assert result.ret == 3
    result.stdout.re_match_lines(["Some: number 0 +infrastructure failure .*", "Some: number 1 +passed .*"])


DYING = """\
Feature: Some
  What it is about.

  @N1
  Scenario Outline: One that kills
    Given a member
    When nothing is done
    Then <then>

    Examples:
      | then             |
      | its process dies |
"""
DIED = "its worker process has died, and its device with it"
MANNERS_OF_DEATH = {
    "two": WORKERS,
    "one": ("-n", "1", "--masuk-device", "handset"),
    "retries": (*WORKERS, "--masuk-retries", "1"),
}


@pytest.mark.parametrize("options", MANNERS_OF_DEATH.values(), ids=MANNERS_OF_DEATH)
def test_a_scenario_whose_workers_die_keeps_its_title_and_has_a_result_for_each_attempt(
    suite: Suite, options: tuple[str, ...]
) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    said = suite.run_feature(DYING, (*options, "--masuk-verdicts", str(verdicts)))
    assert said.ret == 3
    title = "Some: One that kills [its process dies]"
    [verdict] = read(verdicts)
    assert (verdict.scenario, verdict.verdict, verdict.reason) == (title, Verdict.INFRASTRUCTURE, DIED)
    said.stdout.fnmatch_lines([f"{title.replace('[', '[[]')}  infrastructure failure *"])
    assert "test_one_that_kills" not in said.stdout.str().partition("= scenarios =")[2].partition("short test")[0]
    found = suite.allure()
    assert len(found) == 2
    assert len({(one["fullName"], one["historyId"], json.dumps(one["parameters"])) for one in found}) == 1
    for result in found:
        assert (result["name"], result["status"]) == ("One that kills [its process dies]", "broken")
        assert result["statusDetails"] == {"message": DIED}
        assert result["description"] == "What it is about."
        labels = cast(list[dict[str, str]], result["labels"])
        assert {"name": "parentSuite", "value": "Some"} in labels
        assert {"name": "tag", "value": "N1"} in labels


def test_the_attempt_in_which_a_worker_has_died_belongs_to_the_scenario_that_passes_then(suite: Suite) -> None:
    suite.run("its process dies once", options=WORKERS)
    found = sorted(suite.allure(), key=lambda result: cast(int, result["start"]))
    assert [(one["name"], one["status"]) for one in found] == [("number 0", "broken"), ("number 0", "passed")]
    for name in ("fullName", "historyId", "testCaseId", "titlePath"):
        assert found[0][name] == found[1][name], name


@pytest.mark.parametrize("workers", ["1", "2"])
def test_nothing_is_lost_where_no_worker_is_left(suite: Suite, workers: str) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    options = (
        "-n",
        workers,
        "--masuk-device",
        "handset",
        "--max-worker-restart",
        "0",
        "--masuk-verdicts",
        str(verdicts),
    )
    thens = ["its process dies"] * 5
    result = suite.run(*thens, options=options)
    assert result.ret == 3
    found = {one.scenario: (one.verdict, one.reason) for one in read(verdicts)}
    assert set(found) == {f"Some: number {n}" for n in range(5)}
    never = "it did not run: worker processes have died, and none was left to run it"
    assert {reason for _, reason in found.values()} == {DIED, never}
    assert {verdict for verdict, _ in found.values()} == {Verdict.INFRASTRUCTURE}
    assert {one["name"] for one in suite.allure()} == {f"number {n}" for n in range(5)}
    assert {one["status"] for one in suite.allure()} == {"broken"}


def test_a_run_that_stops_at_a_failure_says_nothing_of_what_it_left_out(suite: Suite) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    thens = ["its process dies once", *["it does not hold"] * 8]
    suite.run(*thens, options=(*WORKERS, "-x", "--masuk-verdicts", str(verdicts)))
    assert "it did not run" not in verdicts.read_text(encoding="utf-8")


def test_a_product_failure_outweighs_one_of_the_infrastructure(suite: Suite) -> None:
    assert suite.run("the device goes away", "it does not hold").ret == 1


def test_the_reason_is_in_the_table_without_the_secret(suite: Suite) -> None:
    result = suite.run("it does not hold")
    result.stdout.fnmatch_lines(["*Expected one, with <password of Rini>*"])


def test_gherkin_stands_in_the_report_with_pictures_and_what_was_not_reached(suite: Suite) -> None:
    suite.run("it does not hold")
    [result] = suite.allure()
    steps = result["steps"]
    assert isinstance(steps, list)
    assert [(step["name"], step["status"]) for step in steps] == [
        ("Given a member", "passed"),
        ("When nothing is done", "passed"),
        ("Then it does not hold", "failed"),
        ("And it holds", "skipped"),
    ]
    assert [attachment["type"] for attachment in steps[2]["attachments"]] == ["image/png", "application/xml"]
    assert result["name"] == "number 0"
    labels = result["labels"]
    assert isinstance(labels, list)
    assert {"name": "parentSuite", "value": "Some"} in labels


ARGUMENTS = """\
Feature: Some
  Scenario: with tables
    Given the password is
      \"\"\"
      Red-Rose-7
      \"\"\"
    When nothing is done
      | FAILED | of it         |
    Then it fails with these:
      | name  | password      |
      | Rini  | Tiger-Lily-42 |
      | "a,b" | x\\|y\\nz       |
    And it holds
      \"\"\"json
      FAILED: not this one
        "Red-Rose-7"
      \"\"\"
"""


def test_what_stands_below_a_step_is_in_the_report_and_the_terminal_masked(suite: Suite) -> None:
    said = suite.run_feature(ARGUMENTS).stdout.str()
    [result] = suite.allure()
    steps = cast(list[dict[str, list[dict[str, str]]]], result["steps"])
    below = [
        [
            (kept["name"], kept["type"], (suite.results / kept["source"]).read_bytes().decode())
            for kept in step.get("attachments", [])
            if kept["name"] in {"data table", "doc string"}
        ]
        for step in steps
    ]
    table = '"name,password\r\nRini,<password of the table>\r\n"""a,b""","x|y\nz"\r\n'.removeprefix('"')
    assert below == [
        [("doc string", "text/plain", "<password of the text>")],
        [("data table", "text/csv", "FAILED,of it\r\n")],
        [("data table", "text/csv", table)],
        [("doc string", "text/plain", 'FAILED: not this one\n  "<password of the text>"')],
    ]
    at = " " * 24
    assert re.search(
        rf"^  passed .*Given the password is\n{at}\"\"\"\n{at}<password of the text>\n", said, re.MULTILINE
    )
    assert f'{at}| name  | password                |\n{at}| Rini  | <password of the table> |\n{at}| "a,b" |' in said
    assert f'{at}| "a,b" | x\\|y\\nz                 |\n' in said
    assert f'{at}FAILED: not this one\n{at}  "<password of the text>"\n' in said


def test_a_line_of_a_table_that_reads_like_a_failure_is_none(suite: Suite) -> None:
    passing = ARGUMENTS.replace("Then it fails with these:", "Then it holds")
    result = suite.run_feature(passing, ("--masuk-trace", "retain-on-failure"))
    assert result.ret == 0
    [kept] = suite.allure()
    attachments = cast(list[dict[str, str]], kept["attachments"])
    assert "Appium calls" not in [one["name"] for one in attachments]


def test_a_failure_in_the_terminal_names_the_file_with_the_screen(suite: Suite) -> None:
    said = suite.run("it does not hold").stdout.str()
    named = re.search(r"^The screen at the failure: (.*)$", said, re.MULTILINE)
    assert named is not None
    assert Path(named[1]).read_bytes().startswith(b"\x89PNG")
    assert Path(named[1]).parent == suite.results
    assert (
        "The screen at the failure"
        not in suite.run("it does not hold", options=("--masuk-screenshots", "off")).stdout.str()
    )


def test_a_step_that_has_looked_at_the_screen_has_a_picture_and_no_other(suite: Suite) -> None:
    suite.run("a page is looked at")
    [result] = suite.allure()
    steps = result["steps"]
    assert isinstance(steps, list)
    assert [len(step.get("attachments", [])) for step in steps] == [0, 0, 1, 0]


def test_the_timeline_is_kept(suite: Suite) -> None:
    suite.run("it holds")
    texts = [path.read_text() for path in suite.results.glob("*.txt")]
    assert any("looked" in text and "scenario began" in text for text in texts)


def test_a_secret_in_an_artefact_fails_the_run_and_is_named(suite: Suite) -> None:
    result = suite.run("a secret is written down")
    assert result.ret == 3
    result.stdout.fnmatch_lines(["*SecretLeaked: Files of this run hold its secrets: *password of Rini*"])


HOLDING_A_SECRET = (
    "Selenium's error holds it",
    "a note of an error holds it",
    "the cause of an error holds it",
    "a group of errors holds it",
    "a print and a warning hold it",
    "the reason of a skip holds it",
)


@pytest.mark.parametrize("holding", HOLDING_A_SECRET)
@pytest.mark.parametrize("workers", [(), ("-n", "1", "--max-worker-restart", "0")], ids=["alone", "worker"])
def test_whatever_an_error_holds_is_rendered_masked(suite: Suite, holding: str, workers: tuple[str, ...]) -> None:
    result = suite.run(f"the password is known\n    And {holding}", options=workers)
    password = (suite.pytester.path / "password").read_text(encoding="utf-8")
    shown = result.stdout.str() + result.stderr.str()
    assert "<password of Rini>" in shown
    vault = Vault()
    vault.add(Secret(password, "password of Rini"))
    assert vault.found_in(shown) == []
    assert vault.search(suite.results) == {}


PLANTED = (
    "run/logs/WORKER/appium.log",
    "run/logs/WORKER/mitmproxy.log",
    "run/logs/WORKER/screen.png",
    "results/notes.txt",
)


@pytest.mark.parametrize("file", PLANTED)
@pytest.mark.parametrize("workers", [(), WORKERS], ids=["alone", "workers"])
def test_a_planted_leak_fails_the_run_wherever_it_is(suite: Suite, file: str, workers: tuple[str, ...]) -> None:
    folder = suite.pytester.path / "run"
    options = ("--masuk-run-folder", str(folder), *workers)
    result = suite.run(f"a leak is planted in {file}", "it holds", options=options)
    assert result.ret == 3
    name = Path(file).name
    result.stdout.re_match_lines([f".*SecretLeaked: Files of this run hold its secrets: .*{name}: password of Rini"])


def test_a_leak_in_the_report_fails_the_run(suite: Suite) -> None:
    result = suite.run("a leak is planted last", options=("--masuk-report", str(suite.pytester.path / "report")))
    assert result.ret == 3
    result.stdout.re_match_lines([".*SecretLeaked: .*junit.xml: password of Rini"])


def test_a_leak_in_the_verdict_file_fails_the_run(suite: Suite) -> None:
    """Its reasons are masked; its name is the user's."""
    verdicts = suite.pytester.path / "verdicts.json"
    verdicts.write_text("[]")
    suite.pytester.makepyfile(planting=PLANTING)
    result = suite.run("it holds", options=("--masuk-verdicts", str(verdicts), "-p", "planting"))
    assert result.ret == 3
    result.stdout.re_match_lines([".*SecretLeaked: .*verdicts.json: identity number of Rini"])


def test_evidence_is_masked(suite: Suite) -> None:
    assert suite.run("a secret is attached as evidence").ret == 0
    texts = [path.read_text() for path in suite.results.glob("*.txt")]
    assert "the password is <password of Rini>" in texts


def test_one_scenario_by_line(suite: Suite) -> None:
    result = suite.run("it holds", "it does not hold", options=("--masuk-scenario", "some.feature:3"))
    assert result.ret == 0
    result.assert_outcomes(passed=1, deselected=1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--masuk-scenario", "some.feature:99"), "has no line '99'"),
        (("--masuk-scenario", "other.feature"), "other.feature: no such feature file"),
        (("--masuk-appium-url", "localhost"), "--appium-url: does not have the right form"),
        (("--masuk-device", "a,b", "-n", "3"), "3 workers can't share a, b. Try -n 2, or name more devices."),
        (("--masuk-device", "a", "-n", "2"), "2 workers can't share a. Leave out -n, or name more devices."),
        (("-m", "P1 or N99"), "N99: no such tag. Checks are N1, N2, "),
        (("-k", "one or"), "Wrong expression passed to '-k': one or"),
        (("-k", "one or", "--masuk-device", "handset", "-n", "2"), "Wrong expression passed to '-k': one or"),
    ],
)
def test_bad_options_are_usage_errors(suite: Suite, options: tuple[str, ...], message: str) -> None:
    result = suite.run("it holds", options=options)
    assert result.ret == 4
    result.stderr.fnmatch_lines([f"*{message}*"])


def test_a_tag_that_is_not_registered_stops_the_run(suite: Suite, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\naddopts = --strict-markers\n")
    (pytester.path / "typo.feature").write_text("Feature: T\n  @N99\n  Scenario: t\n    Given a member\n")
    assert suite.run("it holds").ret == 2


ASKS_THE_DEVICE = """
    @then("the device is asked")
    def _ask(device):
        pass
"""


def test_where_adb_does_not_reach_the_device_scenarios_are_skipped_with_the_reason(suite: Suite) -> None:
    farm = suite.pytester.path / "farm.json"
    farm.write_text(json.dumps({"appium:deviceName": "Pixel 9"}))
    suite.pytester.makeconftest(CONFTEST + ASKS_THE_DEVICE)
    result = suite.run("the device is asked", options=("--masuk-device", "handset", "--masuk-capabilities", str(farm)))
    assert result.ret == 5
    result.stdout.fnmatch_lines(["*the device is chosen at http://127.0.0.1:1 and not reached through adb*"])


@pytest.fixture
def private_adb(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Adb]:
    adb = Adb.private(tmp_path / "home")
    for name in ("HOME", "ANDROID_ADB_SERVER_PORT"):
        monkeypatch.setenv(name, adb.environment[name])
    yield adb
    adb.run("kill-server")


def test_a_device_that_is_not_there_is_an_infrastructure_failure(suite: Suite, private_adb: Adb) -> None:
    suite.pytester.makeconftest(CONFTEST + ASKS_THE_DEVICE)
    result = suite.run("the device is asked")
    assert result.ret == 3
    result.stdout.fnmatch_lines(["*no-device is not usable through adb; attached: *"])


OUTLINE = """\
Feature: Some
  Scenario Outline: Rooms are told apart
    When the room is <room>
    Then there is no fire

    Examples:
      | room |
"""
AS_WRITTEN = {
    "wrong-password": "wrong-password",
    "room #12": "room #12",
    "#1": "#1",
    "Wünderbar": "Wünderbar",
    "bed\\\\bath": "bed\\bath",
    "🛏 or 👩‍👩‍👧": "🛏 or 👩‍👩‍👧",
    "[on] the ] left [": "[on] the ] left [",
    "this\\|that": "this|that",
    "east::west/north.py::test": "east::west/north.py::test",
    "'single' and \"double\"": "'single' and \"double\"",
    "at the end-": "at the end-",
    "upper\\nlower": "upper\\nlower",
    "": "",
    "long " * 500 + "room": "long " * 500 + "room",
}
"""The cells of an outline's rows as the file has them, and in titles."""


def outline(*cells: str) -> str:
    return OUTLINE + "".join(f"      | {cell} |\n" for cell in cells)


def test_a_title_has_the_row_as_it_is_written(suite: Suite) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    result = suite.run_feature(outline(*AS_WRITTEN), ("--masuk-verdicts", str(verdicts)))
    assert result.ret == 0
    names = [f"Rooms are told apart [{shown}]" for shown in AS_WRITTEN.values()]
    assert [found.scenario for found in read(verdicts)] == [f"Some: {name}" for name in names]
    assert {found["name"] for found in suite.allure()} == set(names)
    printed = result.stdout.lines
    assert all(any(line.startswith(f"Some: {name} ") for line in printed) for name in names)
    assert max(len(line) for line in printed if "wrong-password" in line) < 250


def test_repetitions_are_told_from_rows(suite: Suite) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    suite.run_feature(outline("room #12", "#2"), ("--masuk-repeat", "2", "--masuk-verdicts", str(verdicts)))
    assert [found.scenario.removeprefix("Some: Rooms are told apart ") for found in read(verdicts)] == [
        "[room #12], time 1",
        "[#2], time 1",
        "[room #12], time 2",
        "[#2], time 2",
    ]


def test_rows_that_would_look_the_same_show_their_columns(suite: Suite) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    tables = """
    Examples:
      | room | floor |
      | a-b  | c     |
      | a    | b-c   |
      | a    | c     |
    Examples:
      | floor | room |
      | a     | c    |
"""
    suite.run_feature(OUTLINE.partition("\n    Examples")[0] + tables, ("--masuk-verdicts", str(verdicts)))
    assert [found.scenario.removeprefix("Some: Rooms are told apart ") for found in read(verdicts)] == [
        '[{"room": "a-b", "floor": "c"}]',
        '[{"room": "a", "floor": "b-c"}]',
        '[{"room": "a", "floor": "c"}]',
        '[{"floor": "a", "room": "c"}]',
    ]


@pytest.mark.parametrize("words", ["Wünderbar", "room #12", "this|that", "told apart [on]"])
def test_a_row_is_chosen_by_what_is_written(suite: Suite, words: str) -> None:
    found = suite.run_feature(outline(*AS_WRITTEN), ("--collect-only", "-k", expression_of(words)))
    found.stdout.fnmatch_lines([f"*1/{len(AS_WRITTEN)} tests collected ({len(AS_WRITTEN) - 1} deselected)*"])


def test_rows_that_have_failed_run_again_and_parts_hold_every_row_once(suite: Suite) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    cells = [f"{cell} with fire" if number % 3 == 0 else cell for number, cell in enumerate(AS_WRITTEN)]
    suite.run_feature(outline(*cells), ("--masuk-verdicts", str(verdicts)))
    failed = {found.scenario for found in read(verdicts) if found.verdict is Verdict.PRODUCT}
    assert len(failed) == 5
    again = suite.run_feature(outline(*cells), ("--masuk-failed-of", str(verdicts)))
    again.assert_outcomes(failed=5, deselected=len(cells) - 5)
    parts = []
    for part in ("1/2", "2/2"):
        own = suite.pytester.path / "part.json"
        options = ("--masuk-shard", part, "--masuk-durations-of", str(verdicts), "--masuk-verdicts", str(own))
        suite.run_feature(outline(*cells), options)
        parts += [found.scenario for found in read(own)]
    assert sorted(parts) == sorted(found.scenario for found in read(verdicts))


PIXEL = [{"name": "API level", "value": "35"}, {"name": "device model", "value": "Pixel 8"}]


def parameters(result: dict[str, object]) -> list[dict[str, str]]:
    return sorted(cast(list[dict[str, str]], result.get("parameters", [])), key=lambda one: one["name"])


def test_a_result_is_one_of_a_model_and_an_api_level_and_not_of_a_serial(suite: Suite) -> None:
    ids = {}
    for model, serial in (("Pixel 8", "emulator-5554"), ("Pixel 8", "emulator-5556"), ("Galaxy S", "emulator-5554")):
        verdicts = suite.pytester.path / "verdicts.json"
        then = f"it runs on a {model} at {serial}"
        suite.run(then, options=("--clean-alluredir", "--masuk-verdicts", str(verdicts)))
        [result] = suite.allure()
        ids[model, serial] = result["historyId"]
        assert {"name": "device model", "value": model} in parameters(result)
        assert serial not in json.dumps(parameters(result))
        assert [found.device for found in read(verdicts)] == [DeviceKind(model, "35")]
    assert ids["Pixel 8", "emulator-5554"] == ids["Pixel 8", "emulator-5556"] != ids["Galaxy S", "emulator-5554"]


@pytest.mark.parametrize(
    ("then", "options"),
    [("the device goes away once", ("--masuk-retries", "1")), ("its process dies once", WORKERS)],
    ids=["device", "worker"],
)
def test_an_attempt_that_has_not_reached_a_device_belongs_to_the_one_that_has(
    suite: Suite, then: str, options: tuple[str, ...]
) -> None:
    verdicts = suite.pytester.path / "verdicts.json"
    first = f"{then}\n    And it runs on a Pixel 8 at emulator-5554"
    suite.run(first, "it holds", options=(*options, "--masuk-verdicts", str(verdicts)))
    found = [result for result in suite.allure() if result["name"] == "number 0"]
    assert sorted(str(result["status"]) for result in found) == ["broken", "passed"]
    assert [parameters(result) for result in found] == [PIXEL, PIXEL]
    assert len({result["historyId"] for result in found}) == 1
    assert {one.device for one in read(verdicts)} == {DeviceKind("Pixel 8", "35")}
