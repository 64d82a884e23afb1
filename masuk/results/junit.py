"""The verdicts as JUnit XML, which pipelines show: the product's failures are failures, everything else is an error."""

from collections.abc import Collection
from pathlib import Path
from xml.etree import ElementTree

from masuk.results.verdict import Result, Verdict, titles

FILE_NAME = "junit.xml"
ELEMENTS = {
    Verdict.PRODUCT: "failure",
    Verdict.INFRASTRUCTURE: "error",
    Verdict.NOT_PROVEN: "error",
    Verdict.SKIPPED: "skipped",
}


KNOWN = "known product failure"


def write(results: Collection[Result], path: Path, known: Collection[Result] = ()) -> None:
    """Write one test suite, a test case for each result; its class name is the feature's.

    `known` are those results whose failures a baseline has too: they stay failures, and their type says so.
    """
    suite = ElementTree.Element("testsuite", name="masuk", tests=str(len(results)))
    for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(ELEMENTS.get(result.verdict) == kind for result in results)))
    suite.set("time", f"{sum(result.seconds for result in results):.3f}")
    for result, title in zip(results, titles(results), strict=True):
        feature, _, name = title.partition(": ")
        case = ElementTree.SubElement(suite, "testcase", classname=feature, name=name, time=f"{result.seconds:.3f}")
        if result.verdict in ELEMENTS:
            kind = KNOWN if result in known else result.verdict.value
            ElementTree.SubElement(case, ELEMENTS[result.verdict], message=_printable(result.reason), type=kind)
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _printable(text: str) -> str:
    """XML 1.0 has no way to say control characters."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "?" for letter in text)
