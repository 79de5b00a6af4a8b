"""Whether the lines of an indented block are words and no code."""

from __future__ import annotations

import re
import unicodedata

# Words with the signs of running text alone, from a capital to the end of a sentence: nothing that a computer is told.
_SENTENCES = re.compile(r"[«“\"(]?[^\W\d_][\w\s,;:!?.…'’‘\"“”«»()–—-]*[.!?…]['’\"”»)]?\s*")
_SHORTEST = 5  # words of a sentence


def is_prose(text: str) -> bool:
    """Whether most letters of an indented block are of a script that runs from right to left, or all of it is sentences.

    >>> is_prose("بدأ اللقاء صباحا\\n"), is_prose("git clone x\\n"), is_prose("Nous sommes arrivés à Erbil hier.\\n")
    (True, False, True)
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    if 2 * sum(kind in ("R", "AL") for kind in kinds) > len(kinds):
        return True
    return text[:1].isupper() and len(text.split()) >= _SHORTEST and _SENTENCES.fullmatch(text) is not None
