"""Rules on lines that look like items of a list, or like headings, and are none: signs that other programs put before them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field

from jisr.checks.lint_findings import Edit, Finding, fix_hint
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import DIGITS, LINKED, OPAQUE, SYNTAX
from jisr.core.diagnostics.problems import Phrase
from jisr.core.frozen import dataclass

_SPACE = "[ \t\u00a0\u2002\u2003\u202f]"
_LETTER = r"[^\W\d_]"
_LEAD = re.compile(r"[ \t\u00a0>]*+")
_ITEM = re.compile(rf"(?:[-+*]|[{DIGITS}]{{1,9}}[.)])(?:{_SPACE}+|$)")
_BULLET = re.compile(
    rf"(?:(?P<sure>[••·∙●○◦◉▪▫■□◆◇►▸▶➢➤➔★☆‣⁃❖¤→⇒←⇐\uf000-\uf0ff]|&(?:bull|middot|\#8226|\#183);)"
    r"|(?P<dash>[–—―−‒]|(?:---?|\*\*\*?)(?=[ \u00a0]))|(?P<picture>[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)"
    r"|(?P<wingding>[oØüvq§](?=[\t\u00a0]))|(?P<spaced>[oØüv§»](?= +[^\s\d])))"
    rf"{_SPACE}*(?=\S)|(?P<glued>[-+]|\*(?![^\r\n]*\*))(?={_LETTER})"
)
_GLUED_NUMBER = re.compile(rf"(?P<number>[{DIGITS}]{{1,2}})[.)](?=[^\W\d_]|[«“\"(])")
_NUMBERED_ITEM = re.compile(rf"(?P<number>[{DIGITS}]{{1,9}})(?P<sign>[.)])(?=[ \t\u00a0]+\S)")
_DOUBTFUL = re.compile(r"[°º]|\W*\d")
_NUMBER_GROUPS = ("inside", "before", "squared", "opened", "coloned")
_OTHER_NUMBER = re.compile(
    rf"(?:\((?P<inside>[{DIGITS}]{{1,2}})\)|(?P<drawn>[\u2460-\u2473])"
    rf"|(?P<before>[{DIGITS}]{{1,2}})(?:[ \u00a0]?(?:[-–—ـ/]|[°º]\)?)|\.[-–—]|\ufe0f?\u20e3)"
    rf"|(?P<near>(?:\[(?P<squared>[{DIGITS}]{{1,2}})\]|\((?P<opened>[{DIGITS}]{{1,2}})"
    rf"|(?P<coloned>[{DIGITS}]{{1,2}})[ \u00a0\u202f]?:)(?= )))"
    rf"(?:(?=[ \u00a0\t]+\S)|(?={_LETTER}))"
)
_ORDER = re.compile(
    rf"(?:\((?P<inside>{_LETTER}{{1,5}}\u0640?)\)|(?P<before>{_LETTER}{{1,5}}\u0640?)[ \u00a0]?(?P<sign>[.)/–—-])"
    rf"|(?P<drawn>[\u0621-\u06d5])\u0640){_SPACE}*(?=\S)"
)
_ORDINAL = re.compile(r"(?P<word>[^\W\d_]+[\u064b-\u0652]?[^\W\d_]?)[ \u00a0\u202f]?[:/.)–—-][ \t\u00a0]*(?=\S)")
_ORDINALS = tuple(
    one.split()
    for one in (
        "اولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا",
        "یەکەم دووەم سێیەم چوارەم پێنجەم شەشەم حەوتەم هەشتەم نۆیەم دەیەم",
        "yekem duyem sêyem çarem pêncem şeşem heftem heştem nehem dehem",
        "premièrement deuxièmement troisièmement quatrièmement cinquièmement sixièmement",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "firstly secondly thirdly fourthly fifthly",
    )
)
_LABELLED = re.compile(
    rf"(?P<label>{_LETTER}{{2,15}}[ \u00a0](?:(?:n°|no\.|رقم|ژمارە|hejmar)[ \u00a0]?)?)(?P<number>[{DIGITS}]{{1,2}})"
    r"(?:er|ère|re|e)?[ \u00a0\u202f]?[:.)–—-]+[ \t\u00a0]*(?=[^\W\d_])"
)
_GLUED_HEADING = re.compile(r" {0,3}(?P<sign>#{2,6})(?=[^\s#])[^\r\n]*")
_CODE_WIDTH = 4  # what is indented by so much goes on the paragraph before it
_ALPHABETS = tuple(
    one.split() if " " in one else list(one)
    for one in (
        "abcdefghijklmnopqrstuvwxyz",
        "abcçdeêfghiîjklmnopqrsştuûvwxyz",
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx",
        "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "ابپتجچحخدرزژسشعغفقکگلمنوهی",
    )
)
_PLAIN_LETTERS = str.maketrans("أإآئ", "اااا")

NO_LIST_ITEM = '"{value}" begins no item of a list. Write "{right}" where one is meant.{mended}'
GLUED_HEADING = '"{value}" begins no heading. Write "{right}", with a space.{mended}'


@dataclass(frozen=True, slots=True)
class _Marker:
    """A sign before a line: what it says of the order of its list, and what to write."""

    offset: int
    typed: str
    right: str
    order: frozenset[tuple[int, int]]  # the alphabets and the places in them that it may stand for; none for a bullet
    edit: Edit | None = None

    def finding(self, code: str) -> Finding:
        """Return the finding."""
        value = f"U+{ord(self.typed[0]):04X}{self.typed[1:]}" if unicodedata.category(self.typed[0]) == "Co" else self.typed
        values: dict[str, str | Phrase] = {"value": value, "right": self.right, "mended": fix_hint(self.edit)}
        return Finding(self.offset, code, NO_LIST_ITEM, values, self.edit)


@dataclass(slots=True)
class _Runs:
    """The markers of one body in rows: open ones by their sign, and all that were found."""

    open: dict[str, list[_Marker]] = field(default_factory=dict)
    found: list[list[_Marker]] = field(default_factory=list)

    def add(self, sign: str, marker: _Marker) -> None:
        """Add a marker to the row of its sign, or begin one."""
        row = self.open.get(sign)
        if row is None or (marker.order and not any((one, place - 1) in row[-1].order for one, place in marker.order)):
            row = self.open[sign] = []
            self.found.append(row)
        row.append(marker)


def glued_headings(page: MaskedFile) -> Iterator[Finding]:
    """Find each line that begins with two to six ``#`` and no space, which is shown as typed; one is a hashtag."""
    for start, line, words in page.lines:
        match = _GLUED_HEADING.match(line)
        if match and words.startswith(match["sign"], match.start("sign")):
            end, sign = start + match.end("sign"), match["sign"]
            edit = Edit(end, end, " ")
            right = f"{sign} {line[match.end('sign') :].strip()}"
            values = {"value": line.strip(), "right": right, "mended": fix_hint(edit)}
            yield Finding(end - len(sign), "heading", GLUED_HEADING, values, edit)


def pasted_markers(page: MaskedFile) -> Iterator[Finding]:
    """Find lines in a row that begin with a bullet or letter that Markdown does not know, or that a word touches."""
    runs, blank, item_width = _Runs(), True, 0
    bullet: tuple[str, int] | None = None  # the bullet and the indent of the items above
    for start, line, words in page.lines:
        if not line.strip():
            blank, bullet = True, None
            for sign in [sign for sign in runs.open if sign in "–—―−‒" or sign[1:2] == " "]:
                del runs.open[sign]  # dialogues begin so, paragraph by paragraph
            continue
        lead = _LEAD.match(line)
        at = lead.end() if lead else 0
        item_width = 0 if blank and not at else item_width
        is_hidden = words[at : at + 1] in (OPAQUE, LINKED) or (words[at : at + 1] == SYNTAX and line[at] != "*")
        marker = None if is_hidden else _match_marker(line, at, start, item_width)
        if marker and (marker[0], at) == bullet:
            yield marker[1].finding("list")
        elif marker:
            runs.add(*marker)
        elif item := _ITEM.match(line, at):
            item_width, bullet = item.end(), (line[at], at)
            if not blank and len(row := runs.open.get(line[at], [])) == 1:
                yield row[0].finding("list")
            runs.open = {sign: row for sign, row in runs.open.items() if at}
        elif blank:
            runs.open.clear()
        blank = False
    for row in runs.found:
        if len(row) > 1 and (not row[0].order or any(place == 0 for _, place in row[0].order)):
            yield from (marker.finding("list") for marker in row)


def _match_marker(line: str, at: int, start: int, item_width: int) -> tuple[str, _Marker] | None:
    """Return the sign at a place of a line, by which it is in a row with others, and its marker.

    A sign with a space behind its first character is in a row only with those that no empty line parts from it.
    """
    offset = start + at
    if match := _BULLET.match(line, at):
        word = line[match.end() :].split(maxsplit=1)[0]
        edit: Edit | None
        if match["glued"]:
            edit = Edit(offset + 1, offset + 1, " ")
            return match["glued"], _Marker(offset, match["glued"] + word, f"{match['glued']} {word}", frozenset(), edit)
        sign = next(filter(None, match.groups()))
        indent = " " * (item_width if not at else 0)
        edit = Edit(offset, start + match.end(), f"{indent}- ") if match["sure"] and at < _CODE_WIDTH else None
        typed, right = _with_glued_word(line, at, at + len(sign), f"- {sign}" if match["picture"] else "-")
        return f"{sign} " if match["spaced"] else sign, _Marker(offset, typed, right, frozenset(), edit)
    if match := _ORDER.match(line, at):
        word = (match["inside"] or match["before"] or match["drawn"]).casefold().rstrip("\u0640").translate(_PLAIN_LETTERS)
        order = frozenset((number, one.index(word)) for number, one in enumerate(_ALPHABETS) if word in one)
        if order:
            sign = "()" if match["inside"] else match["sign"] or "\u0640"
            end = at + len(match[0].rstrip())
            typed, right = _with_glued_word(line, at, end, f"{min(place for _, place in order) + 1}.")
            return sign, _Marker(offset, typed, right, order)
    if match := _ORDINAL.match(line, at):
        word = re.sub("[\u064b-\u0652]", "", match["word"]).casefold().translate(_PLAIN_LETTERS)
        order = frozenset((number, one.index(word)) for number, one in enumerate(_ORDINALS) if word in one)
        if order:
            return "1 ", _Marker(offset, match[0].strip(), f"{min(place for _, place in order) + 1}.", order)
    if match := _LABELLED.match(line, at):
        number = int(match["number"])
        order = frozenset({(-1, number - 1)})
        return f"{match['label'].casefold()[:1]} {match['label'].casefold()}", _Marker(
            offset, match[0].strip(), f"{number}.", order
        )
    return None


def _with_glued_word(line: str, at: int, end: int, right: str) -> tuple[str, str]:
    """Return a sign and what to write for it, both with the word that touches the sign."""
    rest = line[end:]
    word = "" if rest[:1].isspace() else rest.split(maxsplit=1)[0]
    return line[at:end] + word, f"{right} {word}" if word else right


@dataclass(frozen=True, slots=True)
class _Number:
    """A number before a line: the sign behind it where it begins an item, else what to write in its place."""

    number: int
    sign: str
    marker: _Marker | None = None
    is_near: bool = False  # whether it is in a row with such lines alone that no empty line parts
    is_doubtful: bool = False  # whether it may as well go on the sentence of an item

    def follows(self, row: list[_Number], blank: bool) -> bool:
        """Whether it goes on a row: items and other lines are in one only where no empty line parts them."""
        is_below_item = self.marker is not None and row[-1].marker is None
        parted = blank and (self.is_near or (self.marker is None) != (row[-1].marker is None))
        return self.number == row[-1].number + 1 and not parted and not (is_below_item and self.is_doubtful)


def typed_numbers(page: MaskedFile) -> Iterator[Finding]:
    """Find each line that begins with the next number as in a word processor (1- or (1)), or without a space behind it.

    Such a line below an item goes on its paragraph.
    """
    rows: list[list[_Number]] = []
    open_rows: dict[int, list[_Number]] = {}  # by their indent
    blank = True
    for start, line, words in page.lines:
        lead = _LEAD.match(line)
        at = lead.end() if lead else 0
        open_rows = {indent: row for indent, row in open_rows.items() if indent <= at} if line.strip() else open_rows
        candidates = [row for row in (open_rows.get(at), *rows[-1:]) if row]
        number = _match_number(line, words, at, start, next((row[-1].sign for row in candidates), "."))
        if number:
            row = next((row for row in candidates if number.follows(row, blank)), [])
            rows += [] if row else [row]
            row.append(number)
            open_rows[at] = row
        blank = not line.strip() or (blank and not number)
    for row in rows:
        if len(row) > 1 and (row[0].marker is None or row[0].number == 1):
            yield from (one.marker.finding("numbering") for one in row if one.marker)


def _match_number(line: str, words: str, at: int, start: int, sign: str) -> _Number | None:
    """Return the number at a place of a line: that of an item, or one that begins none."""
    cover = words[at : at + 1]
    if cover == SYNTAX and (item := _NUMBERED_ITEM.match(line, at)):
        return _Number(int(item["number"]), item["sign"])
    if cover in (OPAQUE, SYNTAX):
        return None
    if glued := _GLUED_NUMBER.match(line, at):
        end = start + glued.end()
        typed, right = _with_glued_word(line, at, glued.end(), glued[0])
        marker = _Marker(start + at, typed, right, frozenset(), Edit(end, end, " "))
        return _Number(int(glued["number"]), sign, marker)
    if match := _OTHER_NUMBER.match(line, at):
        group = next((name for name in _NUMBER_GROUPS if match[name]), "drawn")
        typed = str(ord(match["drawn"]) - 0x245F) if match["drawn"] else match[group]
        marker = _Marker(start + at, *_with_glued_word(line, at, match.end(), f"{typed}{sign}"), frozenset())
        return _Number(int(typed), sign, marker, bool(match["near"]), bool(_DOUBTFUL.match(line, match.end(group))))
    return None
