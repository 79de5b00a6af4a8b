"""Text layer of a printed page: the position of each word, and the order in which its letters are written.

Pages are drawn as shapes, since ligatures, marks above letters and mirrored brackets are extracted from a PDF wrongly. The
words are written over the shapes once more, as letters with empty glyphs. Programs that extract text from a PDF assume that
it is in visual order, and reverse right-to-left text; so each letter of such a word is placed to the left of the one before
it, and a run of the opposite direction is enclosed in direction marks of Unicode.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from jisr.core.bidi.marks import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK
from jisr.core.frozen import dataclass

_NUMERIC = ("EN", "ES", "ET", "CS", "AN")


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word between two spaces on a printed page: its letters, its box in points from the top left, its direction."""

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
    """Letters of a word with one direction."""

    word: PrintedWord
    order: int  # in the word, in logical order
    text: str
    left: float
    right: float
    rtl: bool

    @property
    def visual_text(self) -> str:
        """The letters from left to right."""
        return self.text[::-1] if self.rtl else self.text


def letter_direction(letter: str) -> str:
    """Return ``rtl`` or ``ltr`` for a letter or digit, an empty string for neutral characters."""
    kind = unicodedata.bidirectional(letter)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind in ("L", "EN", "AN") else ""


def split_by_direction(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Return the parts of a word in logical order, each with whether its direction is right to left.

    Neutral characters take the direction around the word, but between letters of one direction that of these letters.

    >>> split_by_direction("(INSM)،", rtl=True), split_by_direction("و9", rtl=True), split_by_direction("قرار.", rtl=False)
    ([('(', True), ('INSM', False), (')،', True)], [('و', True), ('9', False)], [('قرار', True), ('.', False)])
    """
    sides = [letter_direction(letter) for letter in text]
    strong = [number for number, one in enumerate(sides) if one]
    for here, there in pairwise(strong):
        if sides[here] == sides[there] or all(unicodedata.combining(letter) for letter in text[here + 1 : there]):
            sides[here + 1 : there] = [sides[here]] * (there - here - 1)
    for number, letter in enumerate(text):
        if not sides[number] and unicodedata.combining(letter) and number:
            sides[number] = sides[number - 1]
    directions = [one == "rtl" if one else rtl for one in sides]
    return [
        ("".join(letter for letter, _ in pairs), direction)
        for direction, pairs in groupby(zip(text, directions, strict=True), key=lambda pair: pair[1])
    ]


def split_chunks(word: PrintedWord) -> list[Chunk]:
    """Return the parts of a word with positions: from the inline start of the word, with equal widths of letters."""
    chunks, at = [], 0
    letter = (word.right - word.left) / len(word.text)
    for order, (text, rtl) in enumerate(split_by_direction(word.text, word.rtl)):
        begin = word.right - (at + len(text)) * letter if word.rtl else word.left + at * letter
        chunks.append(Chunk(word, order, text, begin, begin + len(text) * letter, rtl))
        at += len(text)
    return chunks


def group_lines(words: Iterable[PrintedWord]) -> Iterator[list[PrintedWord]]:
    """Return the words of a page by lines, which have the same vertical centre, from left to right."""
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
    """Return the words of a line, left to right, widened where a gap would be taken for one between columns."""
    words = list(line)
    for number, (here, there) in enumerate(pairwise(line)):
        space = (here.bottom - here.top) / 8
        if there.left - here.right > 2 * space:
            if rtl:
                words[number + 1] = replace(words[number + 1], left=here.right + space)
            else:
                words[number] = replace(words[number], right=there.left - space)
    return words


def mark_opposite_runs(line: Sequence[PrintedWord], rtl: bool) -> list[Chunk]:
    """Return the parts of a line in logical order, with marks around each run opposite to the direction of the page.

    >>> word = PrintedWord(0, "(INSM)،", 0, 0, 0, 70, 10, rtl=True)
    >>> [one.visual_text for one in mark_opposite_runs([word], rtl=True)] == ["(", "\u200fINSM\u200e", "\u200f،)"]
    True
    """
    visual = sorted((one for word in close_gaps(line, rtl) for one in split_chunks(word)), key=lambda one: one.left)
    marked: list[Chunk] = []
    for run in _group_runs(visual):
        is_opposite = run[0].rtl != rtl
        chunks = [one if is_opposite or not rtl else replace(one, text=_terminate_numbers(one.text)) for one in run]
        if is_opposite and rtl:
            chunks[0] = replace(chunks[0], text=RIGHT_TO_LEFT_MARK + chunks[0].text)
            chunks[-1] = replace(chunks[-1], text=chunks[-1].text + LEFT_TO_RIGHT_MARK)
        elif is_opposite:
            chunks[0] = replace(chunks[0], text=chunks[0].text + RIGHT_TO_LEFT_MARK)
            chunks[-1] = replace(chunks[-1], text=LEFT_TO_RIGHT_MARK + chunks[-1].text)
        marked += chunks
    return sorted(marked, key=lambda one: (one.word.number, one.order))


def _group_runs(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return the parts of a line, left to right, in runs of one direction whose logical order is continuous."""
    runs: list[list[Chunk]] = []
    for one in chunks:
        last = runs[-1][-1] if runs else None
        is_continuous = (
            last is not None
            and last.rtl == one.rtl
            and ((last.word.number, last.order) > (one.word.number, one.order)) == one.rtl
        )
        if is_continuous:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _terminate_numbers(text: str) -> str:
    """Return right-to-left letters with a mark after characters that occur in numbers: a comma would include the next space.

    >>> _terminate_numbers("بغداد،") == "بغداد،\u200f"
    True
    """
    letters = []
    for letter, after in zip(text, f"{text[1:]} ", strict=True):
        ends = unicodedata.bidirectional(letter) in _NUMERIC and unicodedata.bidirectional(after) not in _NUMERIC
        letters.append(letter + RIGHT_TO_LEFT_MARK if ends else letter)
    return "".join(letters)


def order_page_text(words: Iterable[PrintedWord], rtl: bool) -> list[Chunk]:
    """Return the parts of all words of a page in logical order."""
    chunks = [one for line in group_lines(words) for one in mark_opposite_runs(line, rtl)]
    padding = padding_marks(chunks, rtl)
    below = Chunk(PrintedWord(len(chunks), padding, 0, 50, 800, 500, 804, rtl), 0, padding, 50, 500, rtl)
    return [*sorted(chunks, key=lambda one: (one.word.number, one.order)), *([below] if padding else [])]


def padding_marks(chunks: Iterable[Chunk], rtl: bool) -> str:
    """Return enough direction marks for most letters of a page to have its direction, which programs decide the order by.

    >>> word = PrintedWord(0, "https://x.example/", 0, 0, 0, 70, 10, rtl=True)
    >>> marked = mark_opposite_runs([word], rtl=True)
    >>> padding_marks(marked, rtl=True).count("\u200f"), padding_marks(marked, rtl=False)
    (13, '')
    """
    kinds = [unicodedata.bidirectional(letter) for one in chunks for letter in one.visual_text]
    surplus = sum(kind == "L" for kind in kinds) - sum(kind in ("R", "AL") for kind in kinds)
    return RIGHT_TO_LEFT_MARK * max(surplus + 1, 0) if rtl else LEFT_TO_RIGHT_MARK * max(1 - surplus, 0)


def distinct_letters(chunks: Iterable[Chunk]) -> str:
    """Return the distinct letters of a page, by code point."""
    return "".join(sorted({letter for one in chunks for letter in one.visual_text}))


def content_stream(chunks: Iterable[Chunk], codes: dict[str, tuple[int, int]], height: float) -> str:
    """Return the text operators for the letters of a page, with the font and the code of each (PDF 32000-1, 9.4)."""
    return "\n".join(["BT", *(_show_text_operator(one, codes, height) for one in chunks), "ET"])


def _show_text_operator(one: Chunk, codes: dict[str, tuple[int, int]], height: float) -> str:
    size = (one.word.bottom - one.word.top) / 2
    scale = (one.right - one.left) / len(one.visual_text) / size * 200  # glyphs are half as wide as they are high
    operators = []
    for font, letters in groupby((codes[letter] for letter in one.visual_text), key=lambda pair: pair[0]):
        operators.append(f"/T{font} {size:.2f} Tf <{''.join(f'{code:02x}' for _, code in letters)}> Tj")
    return f"1 0 0 1 {one.left:.2f} {height - one.word.bottom + size / 2:.2f} Tm {scale:.3f} Tz {' '.join(operators)}"
