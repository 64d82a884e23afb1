"""What a tool has asked of Appium is read from Appium's log."""

import pytest

from benchmarks.compare.commands import acting_in, has_ended
from masuk.base.errors import InfrastructureError

SESSION = "/session/097e31d2-88ae-4721-8c72-55b2db941680"
ELEMENT = f"{SESSION}/element/00000000-0000-0000-ffff-ffff00000000"
LOG = f"""\
2026-11-26 17:17:27:230 - [HTTP] --> POST /session {{"capabilities":{{"firstMatch":[{{}}]}}}}
2026-11-26 17:17:29:455 - [HTTP] <-- POST /session 200 2229 ms - 1204
2026-11-26 17:17:29:460 - [097e31d2][HTTP] --> POST {SESSION}/appium/settings {{"settings":{{}}}}
2026-11-26 17:17:29:472 - [HTTP] <-- POST {SESSION}/appium/settings 200 12 ms - 14
2026-11-26 17:17:29:500 - [097e31d2][HTTP] --> POST {SESSION}/elements {{"using":"id","value":"identifier"}}
2026-11-26 17:17:29:554 - [HTTP] <-- POST {SESSION}/elements 200 73 ms - 139
2026-11-26 17:17:29:717 - [097e31d2][HTTP] --> POST {SESSION}/execute/sync {{"script":"mobile: replaceElementValue"}}
2026-11-26 17:17:29:720 - [097e31d2][AndroidUiautomator2Driver@4a] Calling AppiumDriver.execute() with args: []
2026-11-26 17:17:29:818 - [HTTP] <-- POST {SESSION}/execute/sync 200 100 ms - 14
2026-11-26 17:17:30:377 - [097e31d2][HTTP] --> POST {ELEMENT}/click {{}}
2026-11-26 17:17:31:000 - [HTTP] <-- POST {ELEMENT}/click 200 35 ms - 14
2026-11-26 17:17:31:100 - [097e31d2][HTTP] --> GET {SESSION}/screenshot
2026-11-26 17:17:31:189 - [HTTP] <-- GET {SESSION}/screenshot 200 226 ms - 40948
2026-11-26 17:17:31:281 - [097e31d2][HTTP] --> DELETE {SESSION}
""".splitlines()


def test_what_is_done_on_elements_counts_and_nothing_else() -> None:
    acting = acting_in(LOG)
    assert acting.commands == 3
    assert acting.seconds == pytest.approx(1.5)


def test_a_log_without_a_command_is_no_measure() -> None:
    with pytest.raises(InfrastructureError, match="no command on an element"):
        acting_in(LOG[:4])


def test_a_session_has_ended_when_that_was_answered() -> None:
    assert not has_ended(LOG)
    assert has_ended([*LOG, f"2026-11-26 17:17:31:443 - [HTTP] <-- DELETE {SESSION} 200 162 ms - 14"])
