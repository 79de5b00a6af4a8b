"""Tables as GFM writes them (https://github.github.com/gfm/#tables-extension-), with sides that are start and end."""

from __future__ import annotations

import re

from jisr.core.frozen import dataclass
from jisr.markdown.source_map import Line

_DELIMITER_ROW = re.compile(r" *\|? *:?-+:? *(?>(?:\| *:?-+:? *)*)\|? *$")
_CELL = re.compile(r"(?>(?:[^|\\]++|\\.|\\$)*)")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as typed, and where it stands."""

    number: int
    column: int
    text: str

    def cells(self) -> list[Line]:
        r"""Return the cells, each with its place; ``\|`` is a bar that ends none."""
        begin = len(self.text) - len(self.text.lstrip(" "))
        text = self.text.rstrip(" ")
        at = begin + 1 if text[begin : begin + 1] == "|" else begin
        found = []
        while at < len(text):
            end = _CELL.match(text, at).end()  # type: ignore[union-attr]
            cell = text[at:end]
            column = self.column + at + len(cell) - len(cell.lstrip(" "))
            found.append(Line(self.number, column, cell.strip(" ").replace("\\|", "|")))
            at = end + 1
        return found


def parse_alignments(text: str) -> tuple[str, ...]:
    """Return the side of each column that a delimiter row names ("" for none said); nothing where it is no such row.

    >>> parse_alignments("| :--- | ---: | --- |")
    ('start', 'end', '')
    """
    if not _DELIMITER_ROW.match(text) or not ("|" in text or ":" in text):
        return ()
    cells = text.strip(" ").strip("|").split("|")
    return tuple(_parse_alignment(cell.strip(" ")) for cell in cells)


def _parse_alignment(cell: str) -> str:
    begins, ends = cell.startswith(":"), cell.endswith(":")
    return "center" if begins and ends else "start" if begins else "end" if ends else ""


def match_header(line: Line, width: int) -> TableRow | None:
    """Return the line above a delimiter row as the header, or None where it has another number of cells."""
    row = TableRow(line.number, line.column, line.text)
    return row if ("|" in line.text or width == 1) and len(row.cells()) == width else None
