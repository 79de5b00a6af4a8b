"""Marks of direction for texts where markup cannot go: titles and summaries in feeds, ``<title>``, ``meta``."""

from __future__ import annotations

import re
import unicodedata

from plugins.core.direction import MARKS
from plugins.core.languages import Language

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"

_LATIN = "A-Za-z\u00c0-\u024f"
# What a run may hold between its letters: no letter of the other direction, no bracket or quote that may close elsewhere.
_INNER = r"[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff()\[\]{}\u00ab\u00bb\u201c\u201d\"\n]"
_WORDS = rf"[@#]?[{_LATIN}](?:{_INNER}*[{_LATIN}0-9+#/])?(?:(?<=\.[{_LATIN}])\.)?"
# A phone number or an ISO date; two numbers with one dash are a range, which Arabic reads from the right.
_FIGURES = r"\+\d+(?:[ -]\d+)*|\d+(?:[ -]\d+){2,}"
_LEFT_TO_RIGHT_RUN = re.compile(rf"{_WORDS}|{_FIGURES}", re.ASCII)


def marked(text: str, language: Language) -> str:
    r"""Give a text that reads in the direction of its language wherever it is shown as plain text.

    A right-to-left text begins with U+200F, and its left-to-right runs stand in isolates; a left-to-right text gets U+200E
    where its first letter would turn it. Isolates that the text already holds are the editor's: they stay, and none is added.
    The rule that readers without markup follow is https://www.unicode.org/reports/tr9/#P2

    >>> from plugins.core.languages import languages
    >>> ar, ckb, kmr = languages(["ar", "ckb", "kmr"])
    >>> ascii(marked("C++", ar)), marked("", ar), marked("Daxuyanî", kmr)
    ("'\\u200f\\u2066C++\\u2069'", '', 'Daxuyanî')
    >>> marked("بەیاننامە", ckb) == "\u200fبەیاننامە"
    True
    """
    plain = text.lstrip(LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
    if not plain:
        return ""
    if language.direction == "ltr":
        return LEFT_TO_RIGHT_MARK + plain if _begins_right_to_left(plain) else plain
    if not any(mark in plain for mark in MARKS):
        plain = _LEFT_TO_RIGHT_RUN.sub(rf"{LEFT_TO_RIGHT_ISOLATE}\g<0>{POP_ISOLATE}", plain)
    return RIGHT_TO_LEFT_MARK + plain


def _begins_right_to_left(text: str) -> bool:
    classes = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in classes if one in {"L", "R", "AL"}), "L") != "L"
