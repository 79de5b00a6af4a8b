"""Direction: the invisible controls that reorder or hide what follows them."""

from __future__ import annotations

import re
import unicodedata

EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
ISOLATES = "\u2066\u2067\u2068"
POP_ISOLATE = "\u2069"
MARKS = "\u200e\u200f\u061c" + ISOLATES + POP_ISOLATE
"""Marks and isolates that a text may hold: pages say the same by markup, so they are taken out there."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PASTED_CARRIAGE_RETURN = re.compile(r"\r(?=\n|\Z)")


def find_controls(text: str) -> list[tuple[int, str, str]]:
    r"""Return offset, character and name of each control that must not stand in ``text``.

    These are control characters other than tab and line end, embeddings and overrides of direction, and isolates that
    their line does not balance: each can show a text otherwise than it is read (UTR 36, 2.6,
    https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing). A line is what an isolate can reach (UAX 9, P1).

    >>> find_controls("بيان\u202e")
    [(4, '\u202e', 'RIGHT-TO-LEFT OVERRIDE')]
    >>> find_controls("هاتف \u2066+964 770\u2069\u200f")
    []
    >>> [offset for offset, _, _ in find_controls("a\u2067b\n\u2069")]
    [1, 4]
    """
    found: list[tuple[int, str, str]] = []
    opened: list[int] = []
    line_end = -1
    line_ends = {match.start() for match in _PASTED_CARRIAGE_RETURN.finditer(text)} if "\r" in text else set()
    for match in _CONTROL.finditer(text):
        offset, character = match.start(), match[0]
        if offset > line_end:
            found += [_describe_control(text, at) for at in opened]
            opened.clear()
            line_end = text.find("\n", offset) % (len(text) + 1)
        if character in ISOLATES:
            opened.append(offset)
        elif character == POP_ISOLATE and opened:
            opened.pop()
        elif offset not in line_ends:
            found.append(_describe_control(text, offset))
    found += [_describe_control(text, at) for at in opened]
    return sorted(found)


def _describe_control(text: str, offset: int) -> tuple[int, str, str]:
    character = text[offset]
    return offset, character, unicodedata.name(character, "control character")
