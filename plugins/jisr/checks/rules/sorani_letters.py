"""The rule on letters of an Arabic keyboard in Sorani: they look like Sorani letters, and no search finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding
from jisr.checks.masked_file import MaskedFile
from jisr.checks.rules.foreign_words import mask_foreign_words
from jisr.checks.rules.typography import WORD

_REPLACEMENTS = {"ك": "ک", "ي": "ی", "ى": "ی", "ه\u200c": "ە"}
_WRONG_LETTER = re.compile("|".join(_REPLACEMENTS))
# Letters, short vowels and an article that Sorani does not write: such a word is Arabic, and is spelled as Arabic is.
_ARABIC_ONLY = re.compile("[ةثذصضطظإأآؤ\u064b-\u0652]|^[وبلفک]?ال|^لل")

ARABIC_LETTERS = '"{value}" has letters of an Arabic keyboard. Sorani writes "{right}". inv check --fix does it.'


def arabic_letters(page: MaskedFile) -> Iterator[Finding]:
    """Find each word of a Sorani text with Arabic kaf or yeh, or with heh and a joiner for the vowel, but for Arabic words."""
    if page.language.tag != "ckb":
        return
    for match in WORD.finditer(mask_foreign_words(page.masked, "ckb")):
        right = correct_letters(match[0])
        if right != match[0]:
            values = {"value": match[0], "right": right}
            yield Finding(match.start(), "letter", ARABIC_LETTERS, values, Edit(match.start(), match.end(), right))


def correct_letters(word: str) -> str:
    r"""Return a Sorani word in Sorani letters, an Arabic word unchanged.

    >>> correct_letters("كوردي"), correct_letters("نامه\u200cکان"), correct_letters("اليونسكو")
    ('کوردی', 'نامەکان', 'اليونسكو')
    """
    if _ARABIC_ONLY.search(word):
        return word
    return _WRONG_LETTER.sub(lambda match: _REPLACEMENTS[match[0]], word)
