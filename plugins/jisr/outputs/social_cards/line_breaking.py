"""Line breaking of titles: lines of similar length, in the largest font size that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jisr.core.bidi.ltr_tokens import tokenize
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.i18n.punctuation import NO_BREAK_SPACE, add_no_break_spaces

MIN_SIZE = 12  # the smallest legible font size: a word that is too long even in this size is truncated


@dataclass(frozen=True, slots=True)
class TypesetText:
    """A text broken into lines, in logical order, and their font size."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class TextBox:
    """The box of a text: its width and height, the font sizes to try, and the line height relative to the font size."""

    width: int
    height: int
    sizes: tuple[int, ...]
    leading: float


def split_words(text: str, language: Language) -> list[str]:
    """Return the words of a text, none of which is broken: a phone number is one word.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, fr = build_languages(["ar", "fr"])
    >>> [word.replace("\\u00a0", "_") for word in split_words("هاتف 00 964 770 88 66 150", ar)]
    ['هاتف', '00_964_770_88_66_150']
    >>> len(split_words("Pourquoi ?", fr))
    1
    """
    text = add_no_break_spaces(text, language.tag)
    for token in tokenize(text, language.direction):
        text = text[: token.start] + text[token.start : token.end].replace(" ", NO_BREAK_SPACE) + text[token.end :]
    return [word for word in text.split(" ") if word]


def fit_text(box: TextBox, words: list[str], width_of: Callable[[str], float]) -> TypesetText:
    """Return the text in the largest font size in which it fits; in the smallest it is truncated at a word, with an ellipsis.

    ``width_of`` returns the width of a word in the font size 1.
    """
    words = [_truncate_word(word, box.width / MIN_SIZE, width_of) for word in words]
    widths = [width_of(word) for word in words]
    gap = width_of(" ")
    for size in box.sizes:
        max_lines = max(1, int(box.height // (size * box.leading)))
        width = box.width / size
        lines = list(_break_lines(widths, gap, width))
        if len(lines) <= max_lines and max(widths) <= width:
            return TypesetText(tuple(" ".join(words[a:b]) for a, b in _balance_lines(widths, gap, width, lines)), size)
    lines = lines[:max_lines]
    first, last = lines[-1]
    texts = [" ".join(words[a:b]) for a, b in lines]
    if last < len(words):
        cut = next(
            end for end in range(last, first, -1) if _line_width(widths[first:end], gap) + gap <= width or end == first + 1
        )
        texts[-1] = " ".join(words[first:cut]).rstrip("،,;؛:.") + " …"
    return TypesetText(tuple(texts), min(size, int(box.width / max(widths))))


def _truncate_word(word: str, width: float, width_of: Callable[[str], float]) -> str:
    """Return as much of a word as fits, with an ellipsis if it is truncated."""
    length = len(word)
    while length > 1 and width_of(word[:length] + "…" * (length < len(word))) > width:
        length = min(length - 1, int(length * width / width_of(word[:length])))
    return word[:length] + "…" * (length < len(word))


def _balance_lines(widths: list[float], gap: float, width: float, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same number of lines in the smallest width that holds them, so that none is much shorter than the others."""
    narrow, wide = max(widths), width
    for _ in range(12):
        middle = (narrow + wide) / 2
        narrower = list(_break_lines(widths, gap, middle))
        if len(narrower) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, narrower
    return lines


def _break_lines(widths: list[float], gap: float, width: float) -> Iterator[tuple[int, int]]:
    """Return each line as the index of its first word and of that of the next line, with as many words as fit."""
    first, line = 0, 0.0
    for at, word in enumerate(widths):
        longer = line + gap + word
        if at > first and longer > width:
            yield first, at
            first, line = at, word
        else:
            line = longer if at > first else word
    if widths:
        yield first, len(widths)


def _line_width(widths: list[float], gap: float) -> float:
    return sum(widths) + gap * (len(widths) - 1)
