"""A title in lines of about one length, as large as its place allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jisr.core.bidi.ltr_tokens import tokenize
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.i18n.punctuation import NO_BREAK_SPACE, add_no_break_spaces

MIN_SIZE = 12  # a size that is still read: a word too long even for that is cut


@dataclass(frozen=True, slots=True)
class TypesetText:
    """A text as it is set: its lines, in logical order, and their size."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class TextBox:
    """The place of a text: how wide and high it is, which sizes may be tried, and how far apart lines stand."""

    width: int
    height: int
    sizes: tuple[int, ...]
    leading: float


def split_words(text: str, language: Language) -> list[str]:
    """Return the words of a text, each of which stays on one line: a phone number is one.

    >>> from jisr.core.i18n.languages import languages
    >>> ar, fr = languages(["ar", "fr"])
    >>> [word.replace("\\u00a0", "_") for word in split_words("هاتف 00 964 770 88 66 150", ar)]
    ['هاتف', '00_964_770_88_66_150']
    >>> len(split_words("Pourquoi ?", fr))
    1
    """
    said = add_no_break_spaces(text, language.tag)
    for atom in tokenize(said, language.direction):
        said = said[: atom.start] + said[atom.start : atom.end].replace(" ", NO_BREAK_SPACE) + said[atom.end :]
    return [word for word in said.split(" ") if word]


def fit_text(space: TextBox, said: list[str], width_of: Callable[[str], float]) -> TypesetText:
    """Return the text in the largest size in which it fits; in the smallest it is cut at a word, and says so.

    ``width_of`` gives the width of a word in the size 1.
    """
    said = [_truncate_word(word, space.width / MIN_SIZE, width_of) for word in said]
    widths = [width_of(word) for word in said]
    gap = width_of(" ")
    for size in space.sizes:
        most = max(1, int(space.height // (size * space.leading)))
        room = space.width / size
        lines = list(_break_lines(widths, gap, room))
        if len(lines) <= most and max(widths) <= room:
            return TypesetText(tuple(" ".join(said[a:b]) for a, b in _balance_lines(widths, gap, room, lines)), size)
    lines = lines[:most]
    first, last = lines[-1]
    shown = [" ".join(said[a:b]) for a, b in lines]
    if last < len(said):
        kept = next(
            end for end in range(last, first, -1) if _line_width(widths[first:end], gap) + gap <= room or end == first + 1
        )
        shown[-1] = " ".join(said[first:kept]).rstrip("،,;؛:.") + " …"
    return TypesetText(tuple(shown), min(size, int(space.width / max(widths))))


def _truncate_word(word: str, room: float, width_of: Callable[[str], float]) -> str:
    """Return as much of a word as has room."""
    kept = len(word)
    while kept > 1 and width_of(word[:kept] + "…" * (kept < len(word))) > room:
        kept = min(kept - 1, int(kept * room / width_of(word[:kept])))
    return word[:kept] + "…" * (kept < len(word))


def _balance_lines(widths: list[float], gap: float, room: float, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many lines in the narrowest place that holds them: none is much shorter than the others."""
    narrow, wide = max(widths), room
    for _ in range(12):
        middle = (narrow + wide) / 2
        tried = list(_break_lines(widths, gap, middle))
        if len(tried) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def _break_lines(widths: list[float], gap: float, room: float) -> Iterator[tuple[int, int]]:
    """Return the lines as the first word of each and of the next: as many words in each as have room."""
    first = 0
    for at in range(1, len(widths) + 1):
        if at == len(widths) or _line_width(widths[first : at + 1], gap) > room:
            yield first, at
            first = at


def _line_width(widths: list[float], gap: float) -> float:
    return sum(widths) + gap * (len(widths) - 1)
