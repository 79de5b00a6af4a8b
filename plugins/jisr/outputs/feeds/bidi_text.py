"""Direction as characters: what a text needs to read right in programs that strip ``dir``, ``lang`` and ``bdi``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field

from jisr.core.bidi.control_characters import POP_ISOLATE
from jisr.core.bidi.marks import (
    LEFT_TO_RIGHT_ISOLATE,
    LEFT_TO_RIGHT_MARK,
    LEFT_TO_RIGHT_OVERRIDE,
    POP_OVERRIDE,
    RIGHT_TO_LEFT_ISOLATE,
    RIGHT_TO_LEFT_MARK,
    add_direction_marks,
)
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction, Language

_FIRST_STRONG_ISOLATE, _RIGHT_TO_LEFT_OVERRIDE = "\u2068", "\u202e"
_MARK: dict[str, str] = {"ltr": LEFT_TO_RIGHT_MARK, "rtl": RIGHT_TO_LEFT_MARK}
_ISOLATE: dict[str, str] = {"ltr": LEFT_TO_RIGHT_ISOLATE, "rtl": RIGHT_TO_LEFT_ISOLATE, "": _FIRST_STRONG_ISOLATE}
_OVERRIDE: dict[str, str] = {"ltr": LEFT_TO_RIGHT_OVERRIDE, "rtl": _RIGHT_TO_LEFT_OVERRIDE}

_TAG = re.compile(r"""(<!--.*?-->|</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_DIR = re.compile(r"""\sdir\s*=\s*["']?(ltr|rtl)\b""", re.IGNORECASE)
_MAY_BE_RTL = re.compile(r"""\sdir\s*=\s*["']?rtl|<bd[io]\b|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]""", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote caption col colgroup dd details div dl dt fieldset figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CODE = frozenset("code kbd samp".split())


def mark_plain_text(text: str, language: Language) -> str:
    r"""Return a plain text that reads in logical order in a box of either direction.

    ``core.bidi.marks`` gives it the mark it begins with and isolates; a right-to-left text also ends with its mark, since
    punctuation and isolates at its end would go to the side of the box (https://www.unicode.org/reports/tr9/#N2).

    >>> from jisr.core.i18n.languages import languages
    >>> ckb, kmr = languages(["ckb", "kmr"])
    >>> mark_plain_text("بڵاوکراوە.", ckb) == "\u200fبڵاوکراوە.\u200f"
    True
    >>> mark_plain_text("Daxuyanî.", kmr), mark_plain_text("", ckb)
    ('Daxuyanî.', '')
    """
    found = add_direction_marks(text, language)
    if language.direction == "ltr" or not found or unicodedata.bidirectional(found[-1]) in ("R", "AL"):
        return found
    return found + RIGHT_TO_LEFT_MARK


def add_bidi_characters(html: str, direction: Direction) -> str:
    r"""Return HTML with its directions as characters besides: isolates in ``bdi`` and what else has ``dir``, marks around blocks.

    A block of a right-to-left entry begins and ends with the mark of its own direction, so that it reads the same in a box
    of either; so does a block of a left-to-right entry that goes the other way. A first block that does so stands in an
    isolate, since the whole entry may take its direction from its first strong character (``dir=auto``). Code stays as it
    is, to be copied: its isolates stand around it.

    >>> add_bidi_characters('<p>شبكة <bdi dir="ltr">INSM</bdi></p>', "rtl") == (
    ...     '<p>\u200fشبكة <bdi dir="ltr">\u2066INSM\u2069</bdi>\u200f</p>')
    True
    >>> add_bidi_characters('<p>The word <bdi lang="ckb" dir="rtl">وشە</bdi></p>', "ltr") == (
    ...     '<p>The word <bdi lang="ckb" dir="rtl">\u2067وشە\u2069</bdi></p>')
    True
    >>> add_bidi_characters("<p>Daxuyanî</p>", "ltr")
    '<p>Daxuyanî</p>'
    """
    if direction == "ltr" and not _MAY_BE_RTL.search(html):
        return html
    walk = _BidiWriter(direction)
    known: dict[str, _HtmlTag] = {}
    for position, token in enumerate(_TAG.split(html)):
        if position % 2 == 0:
            walk.text(token)
        elif not token.startswith("<!--"):
            if token not in known:
                known[token] = _parse_tag(token)
            walk.tag(token, known[token])
        else:
            walk.pieces.append(token)
    walk.close()
    return "".join(walk.pieces)


@dataclass(frozen=True, slots=True)
class _HtmlTag:
    """What a tag says: whether it ends an element, its name, the direction it states, what stands around it."""

    is_end_tag: bool
    name: str
    direction: str
    breaks_block: bool  # or a line end
    has_end_tag: bool  # goes on until its end tag
    decides_direction: bool  # says by itself what turns a block
    controls_before: str
    opening_controls: str
    closing_controls: str
    controls_after: str


def _parse_tag(tag: str) -> _HtmlTag:
    named = _TAG_NAME.match(tag)
    name = named[1].lower() if named else ""
    if tag.startswith("</"):
        return _HtmlTag(True, name, "", name in _BLOCKS, False, False, "", "", "", "")
    found = _DIR.search(tag) if "dir" in tag or "DIR" in tag else None
    stated = found[1].lower() if found else ""
    block = name in _BLOCKS or name == "br"
    start, end = ("", "") if block else _isolate_characters(name, stated)
    before, start, end, after = (start, "", "", end) if name in _CODE else ("", start, end, "")
    certain = bool(stated) or name in ("bdi", "bdo", "img")
    return _HtmlTag(
        False, name, stated, block, name not in _VOID and not tag.endswith("/>"), certain, before, start, end, after
    )


@dataclass(slots=True)
class _BidiWriter:
    """A way through HTML: the elements that are open, and how the block ends in which it is."""

    entry: Direction
    pieces: list[str] = field(default_factory=list)
    open_elements: list[tuple[str, str, str, str]] = field(
        default_factory=list
    )  # name, direction, end before and after its tag
    block_end: str | None = None  # None: nothing of this block was written yet
    has_text: bool = False

    @property
    def direction(self) -> str:
        return self.open_elements[-1][1] if self.open_elements else self.entry

    def text(self, text: str) -> None:
        if self.block_end is None and text and not text.isspace():
            strong = _first_strong(text)
            self._begin_block(turns=strong in ("R", "AL"), certain=bool(strong))
        self.pieces.append(text)

    def tag(self, written: str, tag: _HtmlTag) -> None:
        (self._close_element if tag.is_end_tag else self._open_element)(written, tag)

    def close(self) -> None:
        """End the block; what follows begins one."""
        if self.block_end:
            self.pieces.append(self.block_end)
        self.block_end = None

    def _open_element(self, written: str, tag: _HtmlTag) -> None:
        own = tag.direction or self.direction
        if tag.breaks_block:
            self.close()
        elif self.block_end is None:
            self._begin_block(turns=tag.direction == "rtl", certain=tag.decides_direction)
        self.pieces += (tag.controls_before, written, tag.opening_controls)
        if tag.name == "pre":
            self.block_end = ""
        if tag.has_end_tag:
            self.open_elements.append((tag.name, own, tag.closing_controls, tag.controls_after))

    def _close_element(self, written: str, tag: _HtmlTag) -> None:
        if tag.breaks_block:
            self.close()
        before = after = ""
        if any(one[0] == tag.name for one in reversed(self.open_elements)):
            while True:
                ended, _, before, after = self.open_elements.pop()
                if ended == tag.name:
                    break
        self.pieces += (before, written, after)

    def _begin_block(self, turns: bool, certain: bool) -> None:
        """Begin the text of a block; without ``certain`` what follows is still to say whether its first letter turns it."""
        if self.block_end is not None:
            return
        own, first = self.direction, not self.has_text
        start = end = _MARK[own]
        if own == self.entry == "ltr":
            if not certain:
                return
            start, end = (LEFT_TO_RIGHT_MARK if turns else ""), ""
        elif own != self.entry and first:
            start, end = _MARK[self.entry] + _ISOLATE[own], POP_ISOLATE + _MARK[self.entry]
        self.pieces.append(start)
        self.block_end, self.has_text = end, True


def _isolate_characters(name: str, stated: str) -> tuple[str, str]:
    """Return the characters that do what an element's direction does (https://www.w3.org/TR/css-writing-modes-3/#unicode-bidi)."""
    if name == "bdo" and stated:
        return _ISOLATE[stated] + _OVERRIDE[stated], POP_OVERRIDE + POP_ISOLATE
    return (_ISOLATE[stated], POP_ISOLATE) if stated or name == "bdi" else ("", "")


def _first_strong(text: str) -> str:
    classes = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in classes if one in ("L", "R", "AL")), "")
