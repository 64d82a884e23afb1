"""How a title shows a row of an outline."""

import json
import unicodedata
from collections.abc import Iterable, Mapping

Row = Mapping[str, str]
"""The cells of a row by the names of their columns, in the order of the table."""
JOINER = "-"
EXPLANATION = "what goes wrong"
"""The column for people only: the sentence of the fault that the row names. Titles leave it out."""
UNPRINTABLE = {"Cc", "Zl", "Zp"}
"""Unicode's categories of control characters and line separators."""


def shown(row: Row, rows: Iterable[Row]) -> str:
    """The cells of `row` as they are written, joined. `rows` are all rows of its outline.

    Two rows such as `a-b | c` and `a | b-c` would look the same. Such a row shows its columns too.
    """
    row = _without_explanation(row)
    others = [other for other in map(_without_explanation, rows) if other != row]
    title = _joined(row)
    if any(_joined(other) == title for other in others):
        return json.dumps(dict(row), ensure_ascii=False)
    return title


def _without_explanation(row: Row) -> Row:
    return {column: cell for column, cell in row.items() if column != EXPLANATION}


def _joined(row: Row) -> str:
    return JOINER.join(map(_on_one_line, row.values()))


def _on_one_line(cell: str) -> str:
    """The cell without what would break the line or the terminal: a line break is shown as \\n."""
    return "".join(
        letter.encode("unicode_escape").decode() if unicodedata.category(letter) in UNPRINTABLE else letter
        for letter in cell
    )
