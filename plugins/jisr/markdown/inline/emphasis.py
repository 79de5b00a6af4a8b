"""Emphasis: pairing of runs of ``*`` and ``_`` (CommonMark 0.31, 6.2)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

_ARABIC = re.compile(
    "[\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d]"
)
_EDGES = "\"'«»“”„‘’‹›`"  # quotation marks of any writer's habit, and those of code


@dataclass(slots=True, eq=False)
class DelimiterRun:
    """A run of ``*`` or ``_``: the number of characters left as text, and the elements it closes and opens."""

    character: str
    offset: int
    length: int
    can_open: bool
    can_close: bool
    remaining: int = 0
    closes: list[Literal["em", "strong"]] = field(default_factory=list)
    opens: list[Literal["em", "strong"]] = field(default_factory=list)  # the outermost last


def scan_delimiter_run(text: str, begin: int, end: int) -> DelimiterRun:
    """Return the delimiter run between two positions."""
    before = _character_class(text[begin - 1] if begin else "\n")
    after = _character_class(text[end] if end < len(text) else "\n")
    left = after != "space" and (after != "mark" or before != "word")
    right = before != "space" and (before != "mark" or after != "word")
    character = text[begin]
    if character == "*" and before != after and {before, after} == {"word", "mark"}:
        left = left or (_is_arabic(text[begin - 1]) and _may_open(text[end]))
        right = right or (_is_arabic(text[end]) and _may_close(text[begin - 1]))
    if character == "_":
        can_open, can_close = left and (not right or before == "mark"), right and (not left or after == "mark")
    else:
        can_open, can_close = left, right
    return DelimiterRun(character, begin, end - begin, can_open, can_close, end - begin)


def _is_arabic(character: str) -> bool:
    """Whether a character is a letter of Arabic script, or a mark or joiner of one.

    Prefixes and suffixes of Arabic and Sorani are written together with a word, and so with the marks of emphasis around
    a quotation or a bracket, which Markdown reads as the inside of a word.
    """
    return _ARABIC.match(character) is not None


def _may_open(mark: str) -> bool:
    """Whether a mark may be the first character of a phrase: a bracket or quotation mark, of any writer's habit, or # and @."""
    return mark in _EDGES or mark in "#@&<" or unicodedata.category(mark) in ("Ps", "Pi", "Sc")


def _may_close(mark: str) -> bool:
    """Whether a mark may be the last character of a phrase: a bracket, a quotation mark, or punctuation."""
    return mark in _EDGES or mark == ">" or (unicodedata.category(mark) in ("Pe", "Pf", "Po", "Sc") and mark not in "#@&\\")


def _character_class(character: str) -> Literal["space", "mark", "word"]:
    if character.isalnum():
        return "word"
    if character.isspace():
        return "space"
    return "mark" if unicodedata.category(character)[0] in "PS" else "word"


def pair_delimiters(runs: list[DelimiterRun]) -> list[tuple[DelimiterRun, DelimiterRun]]:
    """Pair the delimiter runs of a text in one pass, and return the pairs; each is recorded in both runs, too."""
    pairs: list[tuple[DelimiterRun, DelimiterRun]] = []
    open_runs: list[DelimiterRun] = []
    bottoms: dict[tuple[str, bool, int], int] = {}  # below this height no opener matches such a closer
    for closer in runs:
        while closer.can_close and closer.remaining:
            key = (closer.character, closer.can_open, closer.length % 3)
            bottom = bottoms.get(key, 0)
            height = next((at for at in range(len(open_runs) - 1, bottom - 1, -1) if _can_pair(open_runs[at], closer)), None)
            if height is None:
                bottoms[key] = len(open_runs)
                break
            opener = open_runs[height]
            pairs.append((opener, closer))
            strong = opener.remaining >= 2 and closer.remaining >= 2
            opener.opens.append("strong" if strong else "em")
            closer.closes.append("strong" if strong else "em")
            opener.remaining -= 1 + strong
            closer.remaining -= 1 + strong
            del open_runs[height + (1 if opener.remaining else 0) :]
            for one, value in bottoms.items():
                bottoms[one] = min(value, len(open_runs))
        if closer.can_open and closer.remaining:
            open_runs.append(closer)
    return pairs


def is_between_digits(text: str, opener: DelimiterRun, closer: DelimiterRun) -> bool:
    """Whether stars that make emphasis are those of a product, or of a code to dial: a digit before and after, or within."""
    begin, end = opener.offset, closer.offset + closer.length
    if opener.character != "*" or not text[end : end + 1].isdigit():
        return False
    in_code = opener.length == 1 and text[begin + 1].isdigit() and text[closer.offset - 1].isdigit()
    return in_code or (begin > 0 and text[begin - 1].isdigit())


def _can_pair(opener: DelimiterRun, closer: DelimiterRun) -> bool:
    if opener.character != closer.character:
        return False
    is_ambiguous = opener.can_close or closer.can_open
    return not (is_ambiguous and (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3))
