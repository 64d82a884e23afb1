"""What stands below a step in its feature file: a data table or a doc string."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SHOWN_LINES = 20
"""Of a table or a text in the terminal. The report has all of it."""


@dataclass(frozen=True)
class Arguments:
    """The table of a step by rows of cells, and its text. Each is empty where the step has none."""

    table: Sequence[Sequence[str]] = ()
    text: str = ""

    def masked(self, mask: Callable[[str], str]) -> "Arguments":
        """The same, with `mask` applied to each cell and to the text."""
        return Arguments([[mask(cell) for cell in row] for row in self.table], mask(self.text))

    def csv(self) -> str:
        """The table as comma-separated values."""
        written = io.StringIO()
        csv.writer(written).writerows(self.table)
        return written.getvalue()

    def lines(self) -> list[str]:
        """The table and the text as they stand in a feature file, at most `SHOWN_LINES` lines of each."""
        text = ['"""', *self.text.splitlines(), '"""'] if self.text else []
        return [*_shortened(self._table_lines()), *_shortened(text)]

    def _table_lines(self) -> list[str]:
        rows = [[_escaped(cell) for cell in row] for row in self.table]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return [f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows]


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= SHOWN_LINES:
        return lines
    return [*lines[: SHOWN_LINES - 1], f"... and {len(lines) - SHOWN_LINES + 1} lines more"]


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")
