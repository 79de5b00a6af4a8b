"""Bidirectional control characters in feed texts, for programs that strip ``dir``, ``lang`` and ``bdi``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from functools import lru_cache

from jisr.core.bidi.control_characters import POP_ISOLATE
from jisr.core.bidi.marks import (
    ISOLATES_BY_DIRECTION,
    LEFT_TO_RIGHT_MARK,
    MARKS_BY_DIRECTION,
    OVERRIDES_BY_DIRECTION,
    POP_OVERRIDE,
    RIGHT_TO_LEFT_MARK,
    add_direction_marks,
)
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction, Language

_TAG = re.compile(r"""(<!--.*?-->|</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_DIR = re.compile(r"""\sdir\s*=\s*["']?(ltr|rtl)\b""", re.IGNORECASE)
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BLOCKS = frozenset(
    "address article aside blockquote caption col colgroup dd details div dl dt fieldset figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CODE = frozenset("code kbd samp".split())
_TAG_CACHE_SIZE = 1_000  # tags: most have no attributes, or the same


def mark_plain_text(text: str, language: Language) -> str:
    r"""Return a plain text that is displayed in logical order in a box of either direction.

    ``core.bidi.marks`` adds isolates and the mark at the beginning; a right-to-left text also ends with its mark, since
    punctuation and isolates at the end would otherwise take the direction of the box (https://www.unicode.org/reports/tr9/#N2).

    >>> from jisr.core.i18n.languages import build_languages
    >>> ckb, kmr = build_languages(["ckb", "kmr"])
    >>> mark_plain_text("بڵاوکراوە.", ckb) == "\u200fبڵاوکراوە.\u200f"
    True
    >>> mark_plain_text("Daxuyanî.", kmr), mark_plain_text("", ckb)
    ('Daxuyanî.', '')
    """
    marked = add_direction_marks(text, language)
    if language.direction == "ltr" or not marked or unicodedata.bidirectional(marked[-1]) in ("R", "AL"):
        return marked
    return marked + RIGHT_TO_LEFT_MARK


def add_bidi_characters(html: str, direction: Direction) -> str:
    r"""Return HTML with control characters for directions: isolates in ``bdi`` and elements with ``dir``, marks around blocks.

    A block of a right-to-left entry begins and ends with the mark of its own direction, so that it is displayed the same in a
    box of either direction; so does a right-to-left block of a left-to-right entry. If that is the first block, it is wrapped
    in an isolate, since the whole entry may take its direction from its first strong character (``dir=auto``). Code is not
    changed, so that it can be copied: its isolates are put around it.

    >>> add_bidi_characters('<p>شبكة <bdi dir="ltr">INSM</bdi></p>', "rtl") == (
    ...     '<p>\u200fشبكة <bdi dir="ltr">\u2066INSM\u2069</bdi>\u200f</p>')
    True
    >>> add_bidi_characters('<p>The word <bdi lang="ckb" dir="rtl">وشە</bdi></p>', "ltr") == (
    ...     '<p>The word <bdi lang="ckb" dir="rtl">\u2067وشە\u2069</bdi></p>')
    True
    >>> add_bidi_characters("<p>Daxuyanî</p>", "ltr")
    '<p>Daxuyanî</p>'
    """
    if direction == "ltr" and not _may_be_rtl(html):
        return html
    writer = _BidiWriter(direction)
    for position, token in enumerate(_TAG.split(html)):
        if position % 2 == 0:
            if token:
                writer.text(token)
        elif not token.startswith("<!--"):
            tag = _parse_tag(token)
            (writer.close_element if tag.is_end_tag else writer.open_element)(token, tag)
        else:
            writer.pieces.append(token)
    writer.close()
    return "".join(writer.pieces)


def _may_be_rtl(html: str) -> bool:
    """Whether anything in HTML may be from right to left: a letter, an element with a direction, or one that isolates."""
    tags = html.lower()
    return "<bd" in tags or "rtl" in tags or _RTL_LETTER.search(html) is not None


@dataclass(frozen=True, slots=True)
class _HtmlTag:
    """A parsed tag: its name and direction, and the control characters to write around it."""

    is_end_tag: bool
    name: str
    direction: str
    breaks_block: bool  # or a line end
    has_end_tag: bool  # not a void element
    decides_direction: bool  # its direction, not that of its content, decides whether it turns a block
    controls_before: str
    opening_controls: str
    closing_controls: str
    controls_after: str


@lru_cache(_TAG_CACHE_SIZE)
def _parse_tag(tag: str) -> _HtmlTag:
    match = _TAG_NAME.match(tag)
    name = match[1].lower() if match else ""
    if tag.startswith("</"):
        return _HtmlTag(True, name, "", name in _BLOCKS, False, False, "", "", "", "")
    match = _DIR.search(tag) if "dir" in tag or "DIR" in tag else None
    direction = match[1].lower() if match else ""
    is_block = name in _BLOCKS or name == "br"
    start, end = ("", "") if is_block else _isolate_characters(name, direction)
    before, start, end, after = (start, "", "", end) if name in _CODE else ("", start, end, "")
    decides = bool(direction) or name in ("bdi", "bdo", "img")
    has_end = name not in _VOID and not tag.endswith("/>")
    return _HtmlTag(False, name, direction, is_block, has_end, decides, before, start, end, after)


@dataclass(slots=True)
class _BidiWriter:
    """State of the pass through HTML: the output, the open elements, and the characters that end the current block."""

    entry: Direction
    pieces: list[str] = field(default_factory=list)
    # Each with its name, its direction, and the characters before and after its end tag.
    open_elements: list[tuple[str, str, str, str]] = field(default_factory=list)
    block_end: str | None = None  # None before the first text of a block
    has_text: bool = False

    @property
    def direction(self) -> str:
        return self.open_elements[-1][1] if self.open_elements else self.entry

    def text(self, text: str) -> None:
        if self.block_end is None and not text.isspace():
            strong = _first_strong(text)
            self._begin_block(turns=strong in ("R", "AL"), certain=bool(strong))
        self.pieces.append(text)

    def close(self) -> None:
        """End the current block."""
        if self.block_end:
            self.pieces.append(self.block_end)
        self.block_end = None

    def open_element(self, source: str, tag: _HtmlTag) -> None:
        own = tag.direction or self.direction
        if tag.breaks_block:
            self.close()
        elif self.block_end is None:
            self._begin_block(turns=tag.direction == "rtl", certain=tag.decides_direction)
        self.pieces += (tag.controls_before, source, tag.opening_controls)
        if tag.name == "pre":
            self.block_end = ""
        if tag.has_end_tag:
            self.open_elements.append((tag.name, own, tag.closing_controls, tag.controls_after))

    def close_element(self, source: str, tag: _HtmlTag) -> None:
        if tag.breaks_block:
            self.close()
        before, after, name = "", "", tag.name
        if name in [one[0] for one in self.open_elements]:
            ended = ""
            while ended != name:
                ended, _, before, after = self.open_elements.pop()
        self.pieces += (before, source, after)

    def _begin_block(self, turns: bool, certain: bool) -> None:
        """Begin the text of a block; if not ``certain``, later text may still decide whether its first letter turns it."""
        if self.block_end is not None:
            return
        own, first = self.direction, not self.has_text
        start = end = MARKS_BY_DIRECTION[own]
        if own == self.entry == "ltr":
            if not certain:
                return
            start, end = (LEFT_TO_RIGHT_MARK if turns else ""), ""
        elif own != self.entry and first:
            mark = MARKS_BY_DIRECTION[self.entry]
            start, end = mark + ISOLATES_BY_DIRECTION[own], POP_ISOLATE + mark
        self.pieces.append(start)
        self.block_end, self.has_text = end, True


def _isolate_characters(name: str, direction: str) -> tuple[str, str]:
    """Return the control characters equivalent to the direction of an element (https://www.w3.org/TR/css-writing-modes-3/#unicode-bidi)."""
    if name == "bdo" and direction:
        return ISOLATES_BY_DIRECTION[direction] + OVERRIDES_BY_DIRECTION[direction], POP_OVERRIDE + POP_ISOLATE
    return (ISOLATES_BY_DIRECTION[direction], POP_ISOLATE) if direction or name == "bdi" else ("", "")


def _first_strong(text: str) -> str:
    classes = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in classes if one in ("L", "R", "AL")), "")
