"""Whether the lines of an indented block are words and no code."""

from __future__ import annotations

import re
import unicodedata

# Words with the signs of running text alone: nothing that a computer is told.
_WORDS = re.compile(r"[«“(]?[^\W\d_](?:[\w\s,;:!?.…'’‘“”«»()–—]|(?<=\w)-(?=\w)|(?<=\s)-(?=\s))*")
_SENTENCE_END = re.compile(r"[.!?…]['’\"”»)\s]*\Z")
_SHORTEST = 5  # words of a sentence


def is_prose(text: str) -> bool:
    """Whether most letters of an indented block are of a script that runs from right to left, or all of it is running text.

    What a computer is told seldom begins with a capital and has letters beyond ASCII, as verses have, or ends with a stop.

    >>> is_prose("بدأ اللقاء صباحا\\n"), is_prose("git clone x\\n"), is_prose("Nous sommes arrivés à Erbil hier.\\n")
    (True, False, True)
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    if 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds):
        return True
    if len(text.split()) < _SHORTEST or not text.lstrip("«“( ")[:1].isupper() or _WORDS.fullmatch(text) is None:
        return False
    return not text.isascii() or _SENTENCE_END.search(text) is not None
