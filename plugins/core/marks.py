"""Marks of direction for texts where markup cannot go: titles and summaries in feeds, ``<title>``, ``meta``."""

from __future__ import annotations

import unicodedata

from plugins.core.direction import MARKS
from plugins.core.languages import Language
from plugins.core.runs import runs

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"
LEFT_TO_RIGHT_OVERRIDE, POP_OVERRIDE = "\u202d", "\u202c"


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
        plain = _isolated(plain)
    return RIGHT_TO_LEFT_MARK + plain


def _isolated(text: str) -> str:
    """Give a right-to-left text with its left-to-right runs between marks."""
    pieces, at = [], 0
    for run in runs(text, "rtl"):
        words = text[run.start : run.end]
        if run.override:
            words = f"{LEFT_TO_RIGHT_OVERRIDE}{words}{POP_OVERRIDE}"
        pieces += [text[at : run.start], f"{LEFT_TO_RIGHT_ISOLATE}{words}{POP_ISOLATE}"]
        at = run.end
    return "".join([*pieces, text[at:]])


def _begins_right_to_left(text: str) -> bool:
    classes = (unicodedata.bidirectional(character) for character in text)
    return next((one for one in classes if one in {"L", "R", "AL"}), "L") != "L"
