"""Letters of a Persian or Kurdish keyboard in Arabic: each looks like a letter of the language, and no search finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding, remedy
from jisr.checks.rules.foreign_words import LINE, mask_foreign_words
from jisr.checks.rules.typography import WORD
from jisr.checks.source_text_positions import MaskedFile

_REPLACEMENTS = str.maketrans({"ک": "ك", "ی": "ي"})
_PERSIAN_LETTER = re.compile("[کی]")
_NON_ARABIC = re.compile("[پچژگڤڕڵێۆەھ۰-۹]")  # what Arabic does not write: a line with one may hold Kurdish or Persian words
_ARABIC_ONLY = re.compile("[ةثذصضطظإأؤ\u064b-\u0652]|^[وبفك]?ال|^لل")  # what only a word of the language has here

KEYBOARD_LETTERS = '"{value}" has letters of a Persian or Kurdish keyboard. Arabic writes "{right}".{remedy}'


def keyboard_letters(page: MaskedFile) -> Iterator[Finding]:
    """Return each word with Persian kaf or yeh in a line that was typed so: one of them is no name, but Arabic beyond doubt.

    A yeh at the end of a word may stand for two letters.
    """
    if page.language.tag != "ar":
        return
    for line in LINE.finditer(mask_foreign_words(page.masked, "ar")):
        words = [found for found in WORD.finditer(line[0]) if _PERSIAN_LETTER.search(found[0])]
        if any(_ARABIC_ONLY.search(found[0]) for found in words) and not _NON_ARABIC.search(line[0]):
            yield from (_letter_finding(found[0], line.start() + found.start()) for found in words)


def _letter_finding(word: str, at: int) -> Finding:
    right, certain = word.translate(_REPLACEMENTS), not word.endswith("ی")
    edit = Edit(at, at + len(word), right) if certain else None
    values = {"value": word, "right": right if certain else f"{right} / {right[:-1]}ى", "remedy": remedy(edit)}
    return Finding(at, "letter", KEYBOARD_LETTERS, values, edit)
