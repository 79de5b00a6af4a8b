"""Letters of a Persian or Kurdish keyboard in Arabic: each looks like a letter of the language, and no search finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding, remedy
from jisr.checks.rules.foreign_words import LINE, native
from jisr.checks.rules.typography import WORD
from jisr.checks.source_text_positions import Manuscript

_LETTERS = str.maketrans({"ک": "ك", "ی": "ي"})
_STRANGE = re.compile("[کی]")
_IS_OTHER = re.compile("[پچژگڤڕڵێۆەھ۰-۹]")  # what Arabic does not write: a line with one may hold Kurdish or Persian words
_IS_ARABIC = re.compile("[ةثذصضطظإأؤ\u064b-\u0652]|^[وبفك]?ال|^لل")  # what only a word of the language has here

KEYBOARD_LETTERS = '"{value}" has letters of a Persian or Kurdish keyboard. Arabic writes "{right}".{remedy}'


def keyboard_letters(page: Manuscript) -> Iterator[Finding]:
    """Give each word with Persian kaf or yeh in a line that was typed so: one of them is no name, but Arabic beyond doubt.

    A yeh at the end of a word may stand for two letters.
    """
    if page.language.tag != "ar":
        return
    for line in LINE.finditer(native(page.words, "ar")):
        words = [found for found in WORD.finditer(line[0]) if _STRANGE.search(found[0])]
        if any(_IS_ARABIC.search(found[0]) for found in words) and not _IS_OTHER.search(line[0]):
            yield from (_finding(found[0], line.start() + found.start()) for found in words)


def _finding(word: str, at: int) -> Finding:
    right, certain = word.translate(_LETTERS), not word.endswith("ی")
    edit = Edit(at, at + len(word), right) if certain else None
    values = {"value": word, "right": right if certain else f"{right} / {right[:-1]}ى", "remedy": remedy(edit)}
    return Finding(at, "letter", KEYBOARD_LETTERS, values, edit)
