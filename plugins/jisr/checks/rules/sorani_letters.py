"""Letters of an Arabic keyboard in Sorani: each looks like a letter of the language, and no search finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding
from jisr.checks.rules.foreign_words import mask_foreign_words
from jisr.checks.rules.typography import WORD
from jisr.checks.source_text_positions import MaskedFile

_REPLACEMENTS = {"ك": "ک", "ي": "ی", "ى": "ی", "ه\u200c": "ە"}
_WRONG_LETTER = re.compile("|".join(_REPLACEMENTS))
# Letters, short vowels and an article that Sorani does not write: such a word is Arabic, and is spelled as Arabic is.
_ARABIC_ONLY = re.compile("[ةثذصضطظإأآؤ\u064b-\u0652]|^[وبلفک]?ال|^لل")

ARABIC_LETTERS = '"{value}" has letters of an Arabic keyboard. Sorani writes "{right}". inv check --fix does it.'


def arabic_letters(page: MaskedFile) -> Iterator[Finding]:
    """Return each word of a Sorani text with Arabic kaf or yeh, or with heh and a joiner for the vowel; Arabic words stay."""
    if page.language.tag != "ckb":
        return
    for found in WORD.finditer(mask_foreign_words(page.masked, "ckb")):
        right = correct_letters(found[0])
        if right != found[0]:
            values = {"value": found[0], "right": right}
            yield Finding(found.start(), "letter", ARABIC_LETTERS, values, Edit(found.start(), found.end(), right))


def correct_letters(word: str) -> str:
    r"""Return a Sorani word with the letters of its language; an Arabic word as it is.

    >>> correct_letters("كوردي"), correct_letters("نامه\u200cکان"), correct_letters("اليونسكو")
    ('کوردی', 'نامەکان', 'اليونسكو')
    """
    if _ARABIC_ONLY.search(word):
        return word
    return _WRONG_LETTER.sub(lambda found: _REPLACEMENTS[found[0]], word)
