"""The words of a printed page as text that programs can read: where each stands, and in which order its letters are put.

A page is drawn as shapes, since letters that were joined to one shape, marks above letters and brackets that were turned
come out of a PDF wrongly. Over the shapes lie the words once more, as letters that draw nothing. Programs that take text out
of a PDF believe that it was put there as it is seen, and turn round what reads from right to left; so each letter of such a
word is put left of the one before it, and a run of the other direction is fenced off by the invisible marks of Unicode.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from jisr.core.frozen import dataclass

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_NUMERIC = ("EN", "ES", "ET", "CS", "AN")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """What stands between two spaces on a printed page: its letters, where they stand in points from above, how it reads."""

    number: int
    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    rtl: bool  # of the text around it


@dataclass(frozen=True, slots=True)
class Chunk:
    """Letters of a word that read in one direction."""

    word: PrintedWord
    order: int  # in the word, as it is read
    text: str
    left: float
    right: float
    rtl: bool

    @property
    def visual_text(self) -> str:
        """Its letters from left to right."""
        return self.text[::-1] if self.rtl else self.text


def letter_direction(letter: str) -> str:
    """Return ``rtl`` or ``ltr`` for a letter or digit, nothing for what takes the direction of what is around it."""
    kind = unicodedata.bidirectional(letter)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind in ("L", "EN", "AN") else ""


def split_by_direction(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Return the parts of a word in the order of reading, each with whether it reads from right to left.

    What has no direction of its own belongs to the direction around the word, but between letters of one direction to them.

    >>> split_by_direction("(INSM)،", rtl=True), split_by_direction("و9", rtl=True), split_by_direction("قرار.", rtl=False)
    ([('(', True), ('INSM', False), (')،', True)], [('و', True), ('9', False)], [('قرار', True), ('.', False)])
    """
    sides = [letter_direction(letter) for letter in text]
    known = [number for number, one in enumerate(sides) if one]
    for here, there in pairwise(known):
        if sides[here] == sides[there] or all(unicodedata.combining(letter) for letter in text[here + 1 : there]):
            sides[here + 1 : there] = [sides[here]] * (there - here - 1)
    for number, letter in enumerate(text):
        if not sides[number] and unicodedata.combining(letter) and number:
            sides[number] = sides[number - 1]
    turned = [one == "rtl" if one else rtl for one in sides]
    return [
        ("".join(letter for letter, _ in found), way)
        for way, found in groupby(zip(text, turned, strict=True), key=lambda pair: pair[1])
    ]


def split_chunks(word: PrintedWord) -> list[Chunk]:
    """Return the parts of a word where they stand: from the side at which the text around it begins, as wide as they are long."""
    found, at = [], 0
    letter = (word.right - word.left) / len(word.text)
    for order, (text, rtl) in enumerate(split_by_direction(word.text, word.rtl)):
        begin = word.right - (at + len(text)) * letter if word.rtl else word.left + at * letter
        found.append(Chunk(word, order, text, begin, begin + len(text) * letter, rtl))
        at += len(text)
    return found


def group_lines(words: Iterable[PrintedWord]) -> Iterator[list[PrintedWord]]:
    """Return the words of a page line by line: those whose middles are at one height, left to right."""
    rest = sorted(words, key=lambda one: ((one.top + one.bottom) / 2, one.left))
    line: list[PrintedWord] = []
    for word in rest:
        if line and (word.top + word.bottom) / 2 - (line[0].top + line[0].bottom) / 2 > (line[0].bottom - line[0].top) / 3:
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda one: one.left)


def close_gaps(line: Sequence[PrintedWord], rtl: bool) -> list[PrintedWord]:
    """Return the words of a line, left to right, that reach to the next where a gap would be taken for that between columns."""
    found = list(line)
    for number, (here, there) in enumerate(pairwise(line)):
        space = (here.bottom - here.top) / 8
        if there.left - here.right > 2 * space:
            if rtl:
                found[number + 1] = replace(found[number + 1], left=here.right + space)
            else:
                found[number] = replace(found[number], right=there.left - space)
    return found


def mark_opposite_runs(line: Sequence[PrintedWord], rtl: bool) -> list[Chunk]:
    """Return the parts of a line in the order of reading, with a fence around each run against the direction of the page.

    >>> word = PrintedWord(0, "(INSM)،", 0, 0, 0, 70, 10, rtl=True)
    >>> [one.seen for one in mark_opposite_runs([word], rtl=True)] == ["(", "\u200fINSM\u200e", "\u200f،)"]
    True
    """
    seen = sorted((one for word in close_gaps(line, rtl) for one in split_chunks(word)), key=lambda one: one.left)
    done: list[Chunk] = []
    for run in _group_runs(seen):
        against = run[0].rtl != rtl
        found = [one if against or not rtl else replace(one, text=_terminate_numbers(one.text)) for one in run]
        if against and rtl:
            found[0] = replace(found[0], text=RIGHT_TO_LEFT_MARK + found[0].text)
            found[-1] = replace(found[-1], text=found[-1].text + LEFT_TO_RIGHT_MARK)
        elif against:
            found[0] = replace(found[0], text=found[0].text + RIGHT_TO_LEFT_MARK)
            found[-1] = replace(found[-1], text=LEFT_TO_RIGHT_MARK + found[-1].text)
        done += found
    return sorted(done, key=lambda one: (one.word.number, one.order))


def _group_runs(seen: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return the parts of a line, left to right, in runs that are read in one go: where reading jumps, another run begins."""
    found: list[list[Chunk]] = []
    for one in seen:
        last = found[-1][-1] if found else None
        goes_on = (
            last is not None
            and last.rtl == one.rtl
            and ((last.word.number, last.order) > (one.word.number, one.order)) == one.rtl
        )
        if goes_on:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _terminate_numbers(text: str) -> str:
    """Return letters of a run to the left with a mark after what stands in numbers, too: a comma would take the next space along.

    >>> _terminate_numbers("بغداد،") == "بغداد،\u200f"
    True
    """
    found = []
    for letter, after in zip(text, f"{text[1:]} ", strict=True):
        ends = unicodedata.bidirectional(letter) in _NUMERIC and unicodedata.bidirectional(after) not in _NUMERIC
        found.append(letter + RIGHT_TO_LEFT_MARK if ends else letter)
    return "".join(found)


def order_page_text(words: Iterable[PrintedWord], rtl: bool) -> list[Chunk]:
    """Return the parts of all words of a page in the order of reading."""
    found = [one for line in group_lines(words) for one in mark_opposite_runs(line, rtl)]
    more = padding_marks(found, rtl)
    below = Chunk(PrintedWord(len(found), more, 0, 50, 800, 500, 804, rtl), 0, more, 50, 500, rtl)
    return [*sorted(found, key=lambda one: (one.word.number, one.order)), *([below] if more else [])]


def padding_marks(found: Iterable[Chunk], rtl: bool) -> str:
    """Return as many invisible letters as make a page mostly one of its direction, by which programs decide how to turn it.

    >>> word = PrintedWord(0, "https://x.example/", 0, 0, 0, 70, 10, rtl=True)
    >>> marked = mark_opposite_runs([word], rtl=True)
    >>> padding_marks(marked, rtl=True).count("\u200f"), padding_marks(marked, rtl=False)
    (13, '')
    """
    kinds = [unicodedata.bidirectional(letter) for one in found for letter in one.visual_text]
    surplus = sum(kind == "L" for kind in kinds) - sum(kind in ("R", "AL") for kind in kinds)
    return RIGHT_TO_LEFT_MARK * max(surplus + 1, 0) if rtl else LEFT_TO_RIGHT_MARK * max(1 - surplus, 0)


def distinct_letters(found: Iterable[Chunk]) -> str:
    """Return every letter of a page once, in the order of Unicode."""
    return "".join(sorted({letter for one in found for letter in one.visual_text}))


def content_stream(found: Iterable[Chunk], codes: dict[str, tuple[int, int]], height: float) -> str:
    """Return the instructions that put the letters of a page, by the font and the code of each (PDF 32000-1, 9.4)."""
    return "\n".join(["BT", *(_show_text_operator(one, codes, height) for one in found), "ET"])


def _show_text_operator(one: Chunk, codes: dict[str, tuple[int, int]], height: float) -> str:
    size = (one.word.bottom - one.word.top) / 2
    wide = (one.right - one.left) / len(one.visual_text) / size * 200  # every letter is half as wide as it is high
    shown = []
    for font, letters in groupby((codes[letter] for letter in one.visual_text), key=lambda pair: pair[0]):
        shown.append(f"/T{font} {size:.2f} Tf <{''.join(f'{code:02x}' for _, code in letters)}> Tj")
    return f"1 0 0 1 {one.left:.2f} {height - one.word.bottom + size / 2:.2f} Tm {wide:.3f} Tz {' '.join(shown)}"
