"""Rules on letters of another keyboard in Arabic and in Sorani: they look like its letters, and no search finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding, fix_hint
from jisr.checks.masked_file import MaskedFile
from jisr.checks.rules.foreign_words import LINE, mask_foreign_words
from jisr.checks.rules.typography import WORD

_ARABIC_REPLACEMENTS = str.maketrans({"ک": "ك", "ی": "ي"})
_PERSIAN_LETTER = re.compile("[کی]")
_NON_ARABIC = re.compile("[پچژگڤڕڵێۆەھ۰-۹]")  # not in Arabic: a line with one may have Kurdish or Persian words
_ARABIC_ONLY = re.compile("[ةثذصضطظإأؤ\u064b-\u0652]|^[وبفك]?ال|^لل")  # only in Arabic words

KEYBOARD_LETTERS = '"{value}" has letters of a Persian or Kurdish keyboard. Arabic writes "{right}".{remedy}'

_SORANI_REPLACEMENTS = {"ك": "ک", "ي": "ی", "ى": "ی", "ه\u200c": "ە"}
_ARABIC_LETTER = re.compile("|".join(_SORANI_REPLACEMENTS))
# Letters, short vowels and an article that Sorani does not write: such a word is Arabic, and is spelled as Arabic is.
_NON_SORANI = re.compile("[ةثذصضطظإأآؤ\u064b-\u0652]|^[وبلفک]?ال|^لل")

ARABIC_LETTERS = '"{value}" has letters of an Arabic keyboard. Sorani writes "{right}". inv check --fix does it.'


def letters_in_arabic(page: MaskedFile) -> Iterator[Finding]:
    """Find each word with a Persian kaf or yeh, in a line where one of these words is certainly Arabic, and not a name.

    A yeh at the end of a word may mean either of two letters.
    """
    if page.language.tag != "ar":
        return
    for line in LINE.finditer(mask_foreign_words(page.masked, "ar")):
        words = [match for match in WORD.finditer(line[0]) if _PERSIAN_LETTER.search(match[0])]
        if any(_ARABIC_ONLY.search(match[0]) for match in words) and not _NON_ARABIC.search(line[0]):
            yield from (_letter_finding(match[0], line.start() + match.start()) for match in words)


def _letter_finding(word: str, offset: int) -> Finding:
    right, certain = word.translate(_ARABIC_REPLACEMENTS), not word.endswith("ی")
    edit = Edit(offset, offset + len(word), right) if certain else None
    values = {"value": word, "right": right if certain else f"{right} / {right[:-1]}ى", "remedy": fix_hint(edit)}
    return Finding(offset, "letter", KEYBOARD_LETTERS, values, edit)


def letters_in_sorani(page: MaskedFile) -> Iterator[Finding]:
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
    if _NON_SORANI.search(word):
        return word
    return _ARABIC_LETTER.sub(lambda match: _SORANI_REPLACEMENTS[match[0]], word)
