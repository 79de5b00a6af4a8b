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

TO_RIGHT, TO_LEFT = "\u200e", "\u200f"
_NUMERIC = ("EN", "ES", "ET", "CS", "AN")


@dataclass(frozen=True, slots=True)
class Word:
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

    word: Word
    order: int  # in the word, as it is read
    text: str
    left: float
    right: float
    rtl: bool

    @property
    def seen(self) -> str:
        """Its letters from left to right."""
        return self.text[::-1] if self.rtl else self.text


def side(letter: str) -> str:
    """Give ``rtl`` or ``ltr`` for a letter or digit, nothing for what takes the direction of what is around it."""
    kind = unicodedata.bidirectional(letter)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind in ("L", "EN", "AN") else ""


def parts(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Give the parts of a word in the order of reading, each with whether it reads from right to left.

    What has no direction of its own belongs to the direction around the word, but between letters of one direction to them.

    >>> parts("(INSM)،", rtl=True), parts("و9", rtl=True), parts("قرار.", rtl=False)
    ([('(', True), ('INSM', False), (')،', True)], [('و', True), ('9', False)], [('قرار', True), ('.', False)])
    """
    sides = [side(letter) for letter in text]
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


def chunks(word: Word) -> list[Chunk]:
    """Give the parts of a word where they stand: from the side at which the text around it begins, as wide as they are long."""
    found, at = [], 0
    letter = (word.right - word.left) / len(word.text)
    for order, (text, rtl) in enumerate(parts(word.text, word.rtl)):
        begin = word.right - (at + len(text)) * letter if word.rtl else word.left + at * letter
        found.append(Chunk(word, order, text, begin, begin + len(text) * letter, rtl))
        at += len(text)
    return found


def lines(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Give the words of a page line by line: those whose middles are at one height, left to right."""
    rest = sorted(words, key=lambda one: ((one.top + one.bottom) / 2, one.left))
    line: list[Word] = []
    for word in rest:
        if line and (word.top + word.bottom) / 2 - (line[0].top + line[0].bottom) / 2 > (line[0].bottom - line[0].top) / 3:
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(word)
    if line:
        yield sorted(line, key=lambda one: one.left)


def stretched(line: Sequence[Word], rtl: bool) -> list[Word]:
    """Give the words of a line, left to right, that reach to the next where a gap would be taken for that between columns."""
    found = list(line)
    for number, (here, there) in enumerate(pairwise(line)):
        space = (here.bottom - here.top) / 8
        if there.left - here.right > 2 * space:
            if rtl:
                found[number + 1] = replace(found[number + 1], left=here.right + space)
            else:
                found[number] = replace(found[number], right=there.left - space)
    return found


def fenced(line: Sequence[Word], rtl: bool) -> list[Chunk]:
    """Give the parts of a line in the order of reading, with a fence around each run against the direction of the page.

    >>> word = Word(0, "(INSM)،", 0, 0, 0, 70, 10, rtl=True)
    >>> [one.seen for one in fenced([word], rtl=True)] == ["(", "\u200fINSM\u200e", "\u200f،)"]
    True
    """
    seen = sorted((one for word in stretched(line, rtl) for one in chunks(word)), key=lambda one: one.left)
    done: list[Chunk] = []
    for run in _runs(seen):
        against = run[0].rtl != rtl
        found = [one if against or not rtl else replace(one, text=_halted(one.text)) for one in run]
        if against and rtl:
            found[0] = replace(found[0], text=TO_LEFT + found[0].text)
            found[-1] = replace(found[-1], text=found[-1].text + TO_RIGHT)
        elif against:
            found[0] = replace(found[0], text=found[0].text + TO_LEFT)
            found[-1] = replace(found[-1], text=TO_RIGHT + found[-1].text)
        done += found
    return sorted(done, key=lambda one: (one.word.number, one.order))


def _runs(seen: Sequence[Chunk]) -> list[list[Chunk]]:
    """Give the parts of a line, left to right, in runs that are read in one go: where reading jumps, another run begins."""
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


def _halted(text: str) -> str:
    """Give letters of a run to the left with a mark after what stands in numbers, too: a comma would take the next space along.

    >>> _halted("بغداد،") == "بغداد،\u200f"
    True
    """
    found = []
    for letter, after in zip(text, f"{text[1:]} ", strict=True):
        ends = unicodedata.bidirectional(letter) in _NUMERIC and unicodedata.bidirectional(after) not in _NUMERIC
        found.append(letter + TO_LEFT if ends else letter)
    return "".join(found)


def page_text(words: Iterable[Word], rtl: bool) -> list[Chunk]:
    """Give the parts of all words of a page in the order of reading."""
    found = [one for line in lines(words) for one in fenced(line, rtl)]
    more = ballast(found, rtl)
    below = Chunk(Word(len(found), more, 0, 50, 800, 500, 804, rtl), 0, more, 50, 500, rtl)
    return [*sorted(found, key=lambda one: (one.word.number, one.order)), *([below] if more else [])]


def ballast(found: Iterable[Chunk], rtl: bool) -> str:
    """Give as many invisible letters as make a page mostly one of its direction, by which programs decide how to turn it.

    >>> word = Word(0, "https://x.example/", 0, 0, 0, 70, 10, rtl=True)
    >>> ballast(fenced([word], rtl=True), rtl=True).count("\u200f"), ballast(fenced([word], rtl=True), rtl=False)
    (13, '')
    """
    kinds = [unicodedata.bidirectional(letter) for one in found for letter in one.seen]
    surplus = sum(kind == "L" for kind in kinds) - sum(kind in ("R", "AL") for kind in kinds)
    return TO_LEFT * max(surplus + 1, 0) if rtl else TO_RIGHT * max(1 - surplus, 0)


def letters_of(found: Iterable[Chunk]) -> str:
    """Give every letter of a page once, in the order of Unicode."""
    return "".join(sorted({letter for one in found for letter in one.seen}))


def stream(found: Iterable[Chunk], codes: dict[str, tuple[int, int]], height: float) -> str:
    """Give the instructions that put the letters of a page, by the font and the code of each (PDF 32000-1, 9.4)."""
    return "\n".join(["BT", *(_put(one, codes, height) for one in found), "ET"])


def _put(one: Chunk, codes: dict[str, tuple[int, int]], height: float) -> str:
    size = (one.word.bottom - one.word.top) / 2
    wide = (one.right - one.left) / len(one.seen) / size * 200  # every letter is half as wide as it is high
    shown = []
    for font, letters in groupby((codes[letter] for letter in one.seen), key=lambda pair: pair[0]):
        shown.append(f"/T{font} {size:.2f} Tf <{''.join(f'{code:02x}' for _, code in letters)}> Tj")
    return f"1 0 0 1 {one.left:.2f} {height - one.word.bottom + size / 2:.2f} Tm {wide:.3f} Tz {' '.join(shown)}"
