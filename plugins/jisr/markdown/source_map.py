"""The normalized lines of a body, and the place of each character in the file."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field

from jisr.core.bidi.control_characters import MARKS
from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.model.body import MarkdownSource

_MARK_REMOVAL = dict.fromkeys(map(ord, MARKS))
_MARK = re.compile(f"[{MARKS}]")
BLOCK_MARKERS = re.compile("[ \t\u00a0>*+\\-.):0-9\u0660-\u0669\u06f0-\u06f9]*")
"""What may stand before the words of a line: space and the markers of blocks."""

NO_BREAK_SPACE = "\u00a0"
_TAB_WIDTH = 4  # CommonMark, 2.2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, without the markers of its containers: its number, its first column, its text."""

    number: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines joined to one text."""

    lines: tuple[Line, ...]
    text: str
    offsets: tuple[int, ...]

    def position_at(self, offset: int) -> tuple[int, int]:
        """Return the line number and column of a character of the text, both from 0."""
        index = bisect_right(self.offsets, offset) - 1
        line = self.lines[index]
        return line.number, line.column + offset - self.offsets[index]


def join_lines(lines: Sequence[Line]) -> Passage:
    """Return lines joined to one text."""
    starts, offset = [], 0
    for line in lines:
        starts.append(offset)
        offset += len(line.text) + 1
    return Passage(tuple(lines), "\n".join(line.text for line in lines), tuple(starts))


@dataclass(frozen=True, slots=True)
class SourceMap:
    """All lines of a body, without direction marks, in normal form C.

    ``no_break_columns`` are the places of the spaces before the words of a line that were typed as no-break spaces.
    """

    path: str
    first_line: int
    lines: tuple[str, ...]
    raw_lines: tuple[str, ...]
    column_origins: dict[int, list[int]] = field(default_factory=dict)
    no_break_columns: dict[int, frozenset[int]] = field(default_factory=dict)

    def location_at(self, number: int, column: int) -> SourceLocation:
        """Return the place in the file of a character of a line."""
        origin = self.column_origins.get(number)
        if origin is not None:
            column = origin[min(column, len(origin) - 1)]
        return SourceLocation(self.path, self.first_line + number, column + 1)


def build_source_map(source: MarkdownSource) -> SourceMap:
    """Return the normalized lines of a body."""
    raw_lines = tuple(source.text.replace("\r\n", "\n").split("\n"))
    lines: list[str] = []
    origins: dict[int, list[int]] = {}
    no_break_columns: dict[int, frozenset[int]] = {}
    for number, line in enumerate(raw_lines):
        if line.isprintable() and (line.isascii() or unicodedata.is_normalized("NFC", line)):  # neither marks nor tabs
            lines.append(line)
        elif _MARK.search(line) or "\t" in line or NO_BREAK_SPACE in line or not unicodedata.is_normalized("NFC", line):
            plain, origins[number], spaces = _normalize_line(line)
            lines.append(plain)
            if spaces:
                no_break_columns[number] = spaces
        else:
            lines.append(line)
    return SourceMap(source.path, source.first_line, tuple(lines), raw_lines, origins, no_break_columns)


def strip_marks(text: str) -> str:
    r"""Return a text without direction marks, which a page replaces by markup.

    >>> strip_marks("بيان\u200f")
    'بيان'
    """
    return text.translate(_MARK_REMOVAL) if _MARK.search(text) else text


def _normalize_line(line: str) -> tuple[str, list[int], frozenset[int]]:
    """Return a line without marks, with its leading tabs as spaces, in normal form C, and the origin of each character.

    Leading no-break spaces become plain ones; their columns are returned too.
    """
    no_break_columns: set[int] = set()
    tabs_end = BLOCK_MARKERS.match(_MARK.sub("", line)).end()  # type: ignore[union-attr]
    plain: list[str] = []
    origin: list[int] = []
    for column, character in enumerate(line):
        if ord(character) in _MARK_REMOVAL:
            continue
        if character == "\t" and len(plain) <= tabs_end:
            width = _TAB_WIDTH - len(plain) % _TAB_WIDTH
            tabs_end += width - 1
            plain += " " * width
            origin += [column] * width
        elif character == NO_BREAK_SPACE and len(plain) < tabs_end:
            no_break_columns.add(len(plain))
            plain.append(" ")
            origin.append(column)
        elif unicodedata.combining(character) and plain:
            composed = unicodedata.normalize("NFC", plain[-1] + character)
            if len(composed) == 1:
                plain[-1] = composed
            else:
                plain.append(character)
                origin.append(column)
        else:
            plain.append(character)
            origin.append(column)
    origin.append(len(line))
    return unicodedata.normalize("NFC", "".join(plain)), origin, frozenset(no_break_columns)
