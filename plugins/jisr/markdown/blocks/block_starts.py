"""Patterns of block starts (CommonMark 0.31, https://spec.commonmark.org/0.31.2/; tables and footnotes as in GFM)."""

from __future__ import annotations

import re

from jisr.core.frozen import dataclass
from jisr.markdown.inline.element_names import is_tag

DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"

QUOTE = re.compile(r"> ?")
HEADING = re.compile(r"(#{1,6})(?: +|$)")
HEADING_END = re.compile(r"(?:^| )#+ *$")
UNDERLINE = re.compile(r"(=+|-+) *$")
THEMATIC_BREAK = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]: *")
DESCRIPTION = re.compile(r":( {1,3})(?=\S)")
_MARKER = re.compile(rf"([-+*])(?= |$)|([{DIGITS}]{{1,9}})([.)])(?= |$)")
_SPACES = re.compile(r" *")

_NAME = "[A-Za-z][A-Za-z0-9-]*+"
_ATTRIBUTE = r"\s++[A-Za-z_:][\w.:-]*+(?>(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)"
OPEN_TAG = rf"<{_NAME}(?>(?:{_ATTRIBUTE})*)\s*+/?>"
CLOSE_TAG = rf"</{_NAME}\s*+>"

_WHOLE_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*+)([^<>]*+)>")

_BLOCK_ELEMENTS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
)
_RAW_TEXT = "script|pre|style|textarea"
_HTML_BLOCKS = (  # start and end of an HTML block (None: a blank line), and whether it interrupts a paragraph
    (re.compile(rf"<(?:{_RAW_TEXT})(?=[ >]|$)", re.I), re.compile(rf"</(?:{_RAW_TEXT})>", re.I), True),
    (re.compile(r"<!--"), re.compile(r"-->"), True),
    (re.compile(r"<\?(?!xml:)"), re.compile(r"\?>"), True),
    (re.compile(r"<![A-Za-z]"), re.compile(r">"), True),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), True),
    (re.compile(rf"</?(?:{_BLOCK_ELEMENTS.replace(' ', '|')})(?= |/?>|$)", re.I), None, True),
    (re.compile(rf"(?:{OPEN_TAG}|{CLOSE_TAG}) *$"), None, False),
)


@dataclass(frozen=True, slots=True)
class ListMarker:
    """The marker of a list item: a bullet or the delimiter after a number, the number, and the indent of the item."""

    delimiter: str
    number: int | None
    width: int
    is_empty: bool
    typed: str

    def continues(self, other: ListMarker) -> bool:
        """Whether an item is in the same list as another: a different delimiter begins a new list."""
        return self.delimiter == other.delimiter and (self.number is None) == (other.number is None)


def indent_width(text: str, position: int) -> int:
    """Return the number of spaces at a position."""
    return _SPACES.match(text, position).end() - position  # type: ignore[union-attr]


def match_marker(text: str, position: int) -> ListMarker | None:
    """Return the list marker at a position, or None.

    Numbers may have Arabic-Indic or Persian digits.

    >>> match_marker("٤. نطالب", 0)
    ListMarker(delimiter='.', number=4, width=3, is_empty=False, typed='٤.')
    """
    match = _MARKER.match(text, position)
    if match is None:
        return None
    spaces = indent_width(text, match.end())
    empty = match.end() + spaces == len(text)
    padding = 1 if empty or spaces > 4 else spaces
    number = int(match[2]) if match[2] else None
    return ListMarker(match[1] or match[3], number, len(match[0]) + padding, empty, match[0])


def match_html_block(text: str, position: int, in_paragraph: bool) -> tuple[bool, re.Pattern[str] | None]:
    """Return whether an HTML block begins at a position, and the pattern that ends it (None: a blank line)."""
    if text[position : position + 1] == "<":
        for begin, end, interrupts in _HTML_BLOCKS:
            if (interrupts or not in_paragraph) and begin.match(text, position):
                tag = _WHOLE_TAG.match(text, position)
                return tag is None or is_tag(tag[1].lower(), tag[2]), end
    return False, None
