from pathlib import Path

from lxml import etree

from masuk.results.junit import FILE_NAME, write
from masuk.results.verdict import Result, Verdict

RESULTS = [
    Result("Login: A member logs in", Verdict.PASSED, 1.5),
    Result("No network: Offline [network-off: a]", Verdict.PRODUCT, 2.25, 'Expected <this> & "that"'),
    Result("No network: Weak", Verdict.INFRASTRUCTURE, 0.25, "adb said \x1b[31mno"),
    Result("No network: Off", Verdict.NOT_PROVEN, 1, "Fault not proven"),
    Result("Website: In a browser", Verdict.SKIPPED, 0, "no browser"),
]


def test_what_the_product_fails_is_a_failure_and_what_the_tools_fail_an_error(tmp_path: Path) -> None:
    write(RESULTS, tmp_path / FILE_NAME)
    (suite,) = etree.parse(tmp_path / FILE_NAME).getroot()
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped", "time")}
    assert counts == {"tests": "5", "failures": "1", "errors": "2", "skipped": "1", "time": "5.000"}
    cases = {(case.get("classname"), case.get("name")): case for case in suite}
    assert len(cases[("Login", "A member logs in")]) == 0
    (failure,) = cases[("No network", "Offline [network-off: a]")]
    assert (failure.tag, failure.get("message")) == ("failure", 'Expected <this> & "that"')
    (error,) = cases[("No network", "Weak")]
    assert (error.tag, error.get("message")) == ("error", "adb said ?[31mno")
    (unproven,) = cases[("No network", "Off")]
    assert (unproven.tag, unproven.get("type")) == ("error", "fault not proven")
    assert cases[("Website", "In a browser")][0].tag == "skipped"


def test_a_failure_that_was_known_is_still_one_and_its_type_tells_it_from_a_new_one(tmp_path: Path) -> None:
    results = [Result("A: known", Verdict.PRODUCT, 1), Result("A: new", Verdict.PRODUCT, 1)]
    write(results, tmp_path / FILE_NAME, known=results[:1])
    (suite,) = etree.parse(tmp_path / FILE_NAME).getroot()
    assert suite.get("failures") == "2"
    assert [(case.get("name"), case[0].tag, case[0].get("type")) for case in suite] == [
        ("known", "failure", "known product failure"),
        ("new", "failure", "product failure"),
    ]
