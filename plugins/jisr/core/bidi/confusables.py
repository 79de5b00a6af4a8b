"""Confusable words: Latin mixed with alphabets whose letters look the same."""

from __future__ import annotations

import re

_CONFUSABLE_LETTER = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff\u0530-\u058f\u13a0-\u13ff]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def find_confusables(text: str) -> list[tuple[int, str]]:
    """Return offset and word of each word that has Latin letters and Cyrillic, Greek, Armenian or Cherokee ones.

    The rule is mixed-script detection of https://www.unicode.org/reports/tr39/#Mixed_Script_Detection, for the scripts that
    are confused with Latin. Arabic and Latin letters do not look alike, and editors mix them in a word on purpose.

    >>> find_confusables("Ir\u0430q, \u0431\u0435\u0437 \u043e\u043f\u0430\u0441\u043a\u0438, \u0648Facebook")
    [(0, 'Irаq')]
    """
    if not _CONFUSABLE_LETTER.search(text):
        return []
    words = ((match.start(), match[0]) for match in _WORD.finditer(text))
    return [(at, word) for at, word in words if _CONFUSABLE_LETTER.search(word) and _LATIN.search(word)]


def may_have_confusables(text: str) -> bool:
    """Whether a text has letters of an alphabet that is confused with Latin.

    >>> may_have_confusables("بيان Iraq"), may_have_confusables("Ir\u0430q")
    (False, True)
    """
    return not text.isascii() and _CONFUSABLE_LETTER.search(text) is not None


CONFUSABLE_MESSAGE = '"{word}" mixes alphabets whose letters look alike ({letters}). Write it in one alphabet.'


def list_confusable_letters(word: str) -> str:
    """Return the letters of a word that look Latin and are not, with their code points.

    >>> list_confusable_letters("Ir\u0430q")
    'а U+0430'
    """
    return ", ".join(f"{letter} U+{ord(letter):04X}" for letter in dict.fromkeys(_CONFUSABLE_LETTER.findall(word)))
