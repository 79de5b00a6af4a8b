"""Tables of GFM (https://github.github.com/gfm/#tables-extension-), with alignments ``start``, ``end`` and ``center``."""

from __future__ import annotations

import re

from jisr.core.frozen import dataclass
from jisr.markdown.source_map import Line

_DELIMITER_ROW = re.compile(r" *\|? *:?-+:? *(?>(?:\| *:?-+:? *)*)\|? *$")
_CELL = re.compile(r"(?>(?:[^|\\]++|\\.|\\$)*)")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as typed, and its place."""

    number: int
    column: int
    text: str

    def cells(self) -> list[Line]:
        r"""Return the cells, each with its place; ``\|`` is a bar in a cell."""
        start = len(self.text) - len(self.text.lstrip(" "))
        text = self.text.rstrip(" ")
        at = start + 1 if text[start : start + 1] == "|" else start
        cells = []
        while at < len(text):
            end = _CELL.match(text, at).end()  # type: ignore[union-attr]
            cell = text[at:end]
            column = self.column + at + len(cell) - len(cell.lstrip(" "))
            cells.append(Line(self.number, column, cell.strip(" ").replace("\\|", "|")))
            at = end + 1
        return cells


def parse_alignments(text: str) -> tuple[str, ...]:
    """Return the alignment of each column of a delimiter row ("" for none), or nothing where it is no such row.

    >>> parse_alignments("| :--- | ---: | --- |")
    ('start', 'end', '')
    """
    if not _DELIMITER_ROW.match(text) or not ("|" in text or ":" in text):
        return ()
    cells = text.strip(" ").strip("|").split("|")
    return tuple(_parse_alignment(cell.strip(" ")) for cell in cells)


def _parse_alignment(cell: str) -> str:
    has_start, has_end = cell.startswith(":"), cell.endswith(":")
    return "center" if has_start and has_end else "start" if has_start else "end" if has_end else ""


def match_header(line: Line, width: int) -> TableRow | None:
    """Return the line above a delimiter row as the header row, or None where its number of cells differs."""
    row = TableRow(line.number, line.column, line.text)
    return row if ("|" in line.text or width == 1) and len(row.cells()) == width else None
