"""Direction marks for texts without markup: titles and summaries in feeds, ``<title>``, ``meta``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from jisr.core.bidi.base_direction import title_direction
from jisr.core.bidi.control_characters import MARKS, POP_ISOLATE
from jisr.core.bidi.runs import BidiRun, find_bidi_runs
from jisr.core.i18n.languages import Direction, Language
from jisr.core.i18n.punctuation import add_no_break_spaces

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE = "\u2066", "\u2067"
LEFT_TO_RIGHT_OVERRIDE, RIGHT_TO_LEFT_OVERRIDE, POP_OVERRIDE = "\u202d", "\u202e", "\u202c"
FIRST_STRONG_ISOLATE = "\u2068"
MARKS_BY_DIRECTION: Mapping[str, str] = MappingProxyType({"ltr": LEFT_TO_RIGHT_MARK, "rtl": RIGHT_TO_LEFT_MARK})
ISOLATES_BY_DIRECTION: Mapping[str, str] = MappingProxyType(
    {"ltr": LEFT_TO_RIGHT_ISOLATE, "rtl": RIGHT_TO_LEFT_ISOLATE, "": FIRST_STRONG_ISOLATE}
)
OVERRIDES_BY_DIRECTION: Mapping[str, str] = MappingProxyType({"ltr": LEFT_TO_RIGHT_OVERRIDE, "rtl": RIGHT_TO_LEFT_OVERRIDE})

_LETTER = re.compile(r"[^\W\d_]")
_CACHE_SIZE = 10_000  # titles and descriptions: a page says each several times, and others near it say some


@lru_cache(_CACHE_SIZE, typed=True)
def add_direction_marks(text: str, language: Language) -> str:
    r"""Return a plain text with marks that give it the direction of its language in any context.

    A right-to-left text begins with U+200F, and its left-to-right runs are in isolates; a left-to-right text begins with U+200E
    where its first letter would change its direction, and has the no-break spaces of its language. Isolates in the text are the
    editor's: they stay, and none is added.
    The rule for plain text is https://www.unicode.org/reports/tr9/#P2

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb, fr = build_languages(["ar", "ckb", "fr"])
    >>> ascii(add_direction_marks("C++", ar)), add_direction_marks("", ar), add_direction_marks("Pourquoi ?", fr)
    ("'\\u200f\\u2066C++\\u2069'", '', 'Pourquoi\u202f?')
    >>> add_direction_marks("بەیاننامە", ckb) == "\u200fبەیاننامە"
    True
    """
    plain = text.lstrip(LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
    if not plain:
        return ""
    if language.direction == "ltr":
        return mark_title(plain, language)
    if not any(mark in plain for mark in MARKS):
        plain = _isolate_whole(plain, language.direction) or _isolate_runs(plain, find_bidi_runs(plain, "rtl"))
    return RIGHT_TO_LEFT_MARK + plain


def add_minimal_marks(text: str, language: Language) -> str:
    r"""Return a text with as few marks as its correct order needs: for ``<title>``, ``meta`` and attributes of a page.

    It begins with a mark where its first letter would change its direction, and only runs whose order numbers or punctuation
    would change are in isolates. Marks in the text are the editor's, as in ``add_direction_marks``.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, en = build_languages(["ar", "en"])
    >>> add_minimal_marks("C++ للشبكة", ar) == "\u200f\u2066C++\u2069 للشبكة"
    True
    >>> add_minimal_marks("شبكة INSM للمدونين", ar), add_minimal_marks("The word بيان here", en)
    ('شبكة INSM للمدونين', 'The word بيان here')
    """
    plain = text.lstrip(LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
    if not any(mark in plain for mark in MARKS):
        runs = find_bidi_runs(plain, language.direction)
        isolated_runs = [run for run in runs if _needs_isolation(plain, run)]
        plain = _isolate_whole(plain, language.direction) or _isolate_runs(plain, isolated_runs)
    mark = LEFT_TO_RIGHT_MARK if language.direction == "ltr" else RIGHT_TO_LEFT_MARK
    return mark + plain if _starts_opposite(plain, language.direction) else plain


@lru_cache(_CACHE_SIZE, typed=True)
def mark_title(text: str, language: Language) -> str:
    """Return a text for ``<title>``, ``meta`` or an attribute, with the no-break spaces of its language and few marks."""
    return add_minimal_marks(add_no_break_spaces(text, language.tag), language)


def _isolate_whole(text: str, direction: Direction) -> str:
    """Return a text in the other script alone as one isolate with isolates in it, or an empty string for any other."""
    own = title_direction(text, direction)
    if own == direction:
        return ""
    isolate = LEFT_TO_RIGHT_ISOLATE if own == "ltr" else RIGHT_TO_LEFT_ISOLATE
    return f"{isolate}{_isolate_runs(text, find_bidi_runs(text, own))}{POP_ISOLATE}"


def _isolate_runs(text: str, runs: list[BidiRun]) -> str:
    """Return a text with its runs in isolates."""
    pieces, at = [], 0
    for run in runs:
        words = text[run.start : run.end]
        if run.override:
            words = f"{LEFT_TO_RIGHT_OVERRIDE}{words}{POP_OVERRIDE}"
        isolate = LEFT_TO_RIGHT_ISOLATE if run.direction == "ltr" else RIGHT_TO_LEFT_ISOLATE
        pieces += [text[at : run.start], f"{isolate}{words}{POP_ISOLATE}"]
        at = run.end
    return "".join([*pieces, text[at:]])


def _needs_isolation(text: str, run: BidiRun) -> bool:
    """Whether a run has more than letters and spaces, or a number follows that would join it (UAX 9, W2 and W7)."""
    after = _LETTER.split(text[run.end :], maxsplit=1)[0]
    inside = text[run.start : run.end]
    return any(map(str.isdigit, after)) or any(not letter.isalpha() and not letter.isspace() for letter in inside)


def _starts_opposite(text: str, direction: Direction) -> bool:
    """Whether the first strong letter, which decides the direction of plain text, is of the other direction (UAX 9, P2)."""
    classes = (unicodedata.bidirectional(character) for character in text)
    first = next((one for one in classes if one in {"L", "R", "AL", "LRI", "RLI", "FSI"}), "")
    return first not in ({"", "L"} if direction == "ltr" else {"", "R", "AL"})
