"""Invisible control characters that reorder or hide the text after them."""

from __future__ import annotations

import re
import unicodedata

EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
ISOLATES = "\u2066\u2067\u2068"
POP_ISOLATE = "\u2069"
MARKS = "\u200e\u200f\u061c" + ISOLATES + POP_ISOLATE
"""Marks and isolates, which a text may contain: pages use markup instead, so they are removed there."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc]")
OBJECT_REPLACEMENT = "\ufffc"
"""What stands for a picture in a paste; of the characters that a text must not contain, the only printable one."""
_PASTED_CARRIAGE_RETURN = re.compile(r"\r(?=\n|\Z)")


INVISIBLE_IN_ADDRESS = re.compile(
    "[\u00ad\u034f\u180e\u200b\u2060-\u2064\u206a-\u206f]|[\u200c\u200d](?![^\x00-\x7f])|(?<![^\x00-\x7f])[\u200c\u200d]"
)
"""What nobody sees and no address or name of a file has: spaces without width, soft hyphens, joiners beside other signs."""
INVISIBLE_MESSAGE = "U+{point} ({name}) is invisible and means nothing in an address. Take it out. inv check --fix does it."


def find_controls(text: str) -> list[tuple[int, str, str]]:
    r"""Return offset, character and name of each control character that a text must not contain.

    These are control characters other than tab and line end, embeddings and overrides of direction, what a paste leaves for
    a picture, a note or a break (U+FFFC, U+FFF9 to U+FFFB, U+2028, U+2029), U+FEFF within a text, and isolates that are not
    balanced within their line: each can make a text look different from its content (UTR 36, 2.6,
    https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing). An isolate ends with its line (UAX 9, P1).

    >>> find_controls("بيان\u202e")
    [(4, '\u202e', 'RIGHT-TO-LEFT OVERRIDE')]
    >>> find_controls("هاتف \u2066+964 770\u2069\u200f")
    []
    >>> [offset for offset, _, _ in find_controls("a\u2067b\n\u2069")]
    [1, 4]
    """
    if text.isprintable() and OBJECT_REPLACEMENT not in text:
        return []
    controls: list[tuple[int, str, str]] = []
    open_isolates: list[int] = []
    line_end = -1
    line_ends = {match.start() for match in _PASTED_CARRIAGE_RETURN.finditer(text)} if "\r" in text else set()
    for match in _CONTROL.finditer(text):
        offset, character = match.start(), match[0]
        if offset > line_end:
            controls += [_describe_control(text, at) for at in open_isolates]
            open_isolates.clear()
            line_end = text.find("\n", offset) % (len(text) + 1)
        if character in ISOLATES:
            open_isolates.append(offset)
        elif character == POP_ISOLATE and open_isolates:
            open_isolates.pop()
        elif offset not in line_ends:
            controls.append(_describe_control(text, offset))
    controls += [_describe_control(text, at) for at in open_isolates]
    return sorted(controls)


def turns_direction(character: str) -> bool:
    """Whether a character reorders the text after it, or else means nothing."""
    return character in EMBEDDINGS or character in ISOLATES or character == POP_ISOLATE


def _describe_control(text: str, offset: int) -> tuple[int, str, str]:
    character = text[offset]
    return offset, character, unicodedata.name(character, "control character")
