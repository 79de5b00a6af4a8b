"""Letters of an Arabic keyboard in Sorani: each looks like a letter of the language, and no search finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding
from jisr.checks.rules.foreign_words import native
from jisr.checks.rules.typography import WORD
from jisr.checks.source_text_positions import Manuscript

_ARABIC_LETTERS = {"ك": "ک", "ي": "ی", "ى": "ی", "ه\u200c": "ە"}
_FAULT = re.compile("|".join(_ARABIC_LETTERS))
# Letters, short vowels and an article that Sorani does not write: such a word is Arabic, and is spelled as Arabic is.
_IS_ARABIC = re.compile("[ةثذصضطظإأآؤ\u064b-\u0652]|^[وبلفک]?ال|^لل")

ARABIC_LETTERS = '"{value}" has letters of an Arabic keyboard. Sorani writes "{right}". inv check --fix does it.'


def arabic_letters(page: Manuscript) -> Iterator[Finding]:
    """Give each word of a Sorani text with Arabic kaf or yeh, or with heh and a joiner for the vowel; Arabic words stay."""
    if page.language.tag != "ckb":
        return
    for found in WORD.finditer(native(page.words, "ckb")):
        right = spelled(found[0])
        if right != found[0]:
            values = {"value": found[0], "right": right}
            yield Finding(found.start(), "letter", ARABIC_LETTERS, values, Edit(found.start(), found.end(), right))


def spelled(word: str) -> str:
    r"""Give a Sorani word with the letters of its language; an Arabic word as it is.

    >>> spelled("كوردي"), spelled("نامه\u200cکان"), spelled("اليونسكو")
    ('کوردی', 'نامەکان', 'اليونسكو')
    """
    if _IS_ARABIC.search(word):
        return word
    return _FAULT.sub(lambda found: _ARABIC_LETTERS[found[0]], word)
