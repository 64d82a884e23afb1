import time
from typing import Any

import pytest
from appium.webdriver.webdriver import WebDriver

from masuk.automation.driver import WatchedDriver
from masuk.automation.trace import LONGEST, Trace


def mask(text: str) -> str:
    return text.replace("correct horse", "<password>")


def test_a_secret_at_the_edge_is_masked_before_the_text_is_cut() -> None:
    trace = Trace(mask)
    trace.note("sendKeys", {"text": "x" * (LONGEST - 18) + "correct horse"}, time.monotonic(), None)
    assert "<pass" in str(trace)
    assert "correct" not in str(trace)


def test_a_picture_is_named_and_not_written_down() -> None:
    trace = Trace(mask)
    trace.note("screenshot", None, time.monotonic(), "iVBORw0KGgo")
    assert "iVBOR" not in str(trace)
    assert "(a picture)" in str(trace)


def test_a_call_stands_there_with_its_answer_or_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def execute(_: object, command: str, __: object = None) -> dict[str, Any]:
        if command == "broken":
            raise ConnectionError("the server has gone")
        return {"value": "Masuk"}

    monkeypatch.setattr(WebDriver, "execute", execute)
    driver = WatchedDriver.__new__(WatchedDriver)
    trace = Trace(mask)
    driver.watchers = [trace]
    driver.execute("getElementText", {"id": "7", "sessionId": "1234"})
    with pytest.raises(ConnectionError):
        driver.execute("broken")
    first, second = str(trace).splitlines()
    assert first.endswith("getElementText {'id': '7'} → Masuk")
    assert second.endswith("broken {} → ConnectionError: the server has gone")
    trace.begin()
    assert str(trace) == "no call"


@pytest.mark.parametrize(
    ("command", "parameters"),
    [
        ("sendKeysToElement", {"id": "7", "text": "1234", "value": ["1", "2", "3", "4"]}),
        ("executeScript", {"script": "mobile: replaceElementValue", "args": [{"elementId": "7", "text": "1234"}]}),
        ("setClipboard", {"content": "1234", "contentType": "plaintext"}),
    ],
)
def test_what_is_typed_is_not_written_down_however_short_it_is(command: str, parameters: dict[str, object]) -> None:
    trace = Trace(mask)
    trace.note(command, parameters, time.monotonic(), None)
    assert "1234" not in str(trace)
    assert "'1', '2'" not in str(trace)
    assert "<4 characters>" in str(trace)
