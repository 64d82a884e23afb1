"""The page holds all it needs, and no text of the screen is taken for code."""

import json
import re
from datetime import datetime
from typing import Any

from masuk.cli.inspection.page import Inspected, html
from tests.masuk.cli.inspection.screens import SOURCE, picture

AT = datetime.fromisoformat("2026-01-02T03:04:05+07:00")


def page(source: str = SOURCE) -> str:
    return html(Inspected(picture(), source, "emulator-5554", "org.example", AT))


def content(text: str) -> dict[str, Any]:
    found = re.search(r'<script id="content" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    content: dict[str, Any] = json.loads(found[1])
    return content


def test_it_asks_nothing_of_the_network() -> None:
    text = page()
    assert not re.findall(r"""(?:src|href)\s*=\s*["'][^"']*//|url\(|@import|<link|fetch\(""", text)
    assert "default-src 'none'" in text
    assert content(text)["picture"].startswith("data:image/png;base64,")


def test_every_element_is_there_with_its_place_and_its_locators() -> None:
    shown = content(page())
    assert (shown["width"], shown["height"], len(shown["elements"])) == (100, 200, 12)
    second = shown["elements"][8]
    assert second["parent"] == 6
    assert second["box"] == [50, 100, 100, 120]
    assert second["flags"] == ["clickable", "disabled"]
    assert second["locators"][0] == {
        "notation": """'uiautomator=new UiSelector().resourceId("org.example:id/row").instance(1)'""",
        "matches": 1,
    }


def test_a_text_can_not_end_the_script() -> None:
    nasty = SOURCE.replace('text="Go"', 'text="&lt;/script&gt;&lt;!--"')
    assert content(page(nasty))["elements"][7]["text"] == "</script><!--"


def test_a_screen_without_elements_is_a_page_too() -> None:
    assert content(page("<hierarchy/>"))["elements"] == []
