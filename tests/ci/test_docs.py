"""The tables of the docs are those that follow from the code."""

import re
from pathlib import Path

import pytest

from ci.docs import APP_PAGE, PAGES, app_page
from masuk.config.profile import Messages
from masuk.config.settings import Settings


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_up_to_date(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert PAGES[path](page) == page, "Write it anew: python -m ci.docs"


def test_a_row_that_is_missing_comes_back() -> None:
    page = APP_PAGE.read_text(encoding="utf-8")
    for row in (r"^\| `--device` .*\n", r"^\| .* `no_connection` .*\n"):
        without = re.sub(row, "", page, flags=re.MULTILINE)
        assert without != page
        assert app_page(without) == page


def test_every_setting_and_every_message_is_on_the_page() -> None:
    page = APP_PAGE.read_text(encoding="utf-8")
    for key in (*Settings.model_fields, *Messages.model_fields):
        assert f"`{key}`" in page
