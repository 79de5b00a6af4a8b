"""Letters of a Persian or Kurdish keyboard in Arabic: each looks like a letter of the language, and no search finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.checks.findings import Edit, Finding, remedy
from plugins.checks.foreign import native
from plugins.checks.manuscript import Manuscript
from plugins.checks.typography import LETTER, MARK

_WORD = re.compile(rf"[{LETTER}{MARK}]+")
_LETTERS = str.maketrans({"ک": "ك", "ی": "ي"})
_STRANGE = re.compile("[کی]")
_LINE = re.compile(r"[^\r\n]+")
_IS_OTHER = re.compile("[پچژگڤڕڵێۆەھ۰-۹]")  # what Arabic does not write: a line with one may hold Kurdish or Persian words

KEYBOARD_LETTERS = '"{value}" has letters of a Persian or Kurdish keyboard. Arabic writes "{right}".{remedy}'


def keyboard_letters(page: Manuscript) -> Iterator[Finding]:
    """Give each word of an Arabic line with Persian kaf or yeh; a yeh at the end of a word may stand for two letters."""
    if page.language.tag != "ar":
        return
    for line in _LINE.finditer(native(page.words, "ar")):
        if _STRANGE.search(line[0]) and not _IS_OTHER.search(line[0]):
            yield from _in_line(line[0], line.start())


def _in_line(line: str, begin: int) -> Iterator[Finding]:
    for found in _WORD.finditer(line):
        if not _STRANGE.search(found[0]):
            continue
        at, right = begin + found.start(), found[0].translate(_LETTERS)
        certain = not found[0].endswith("ی")
        edit = Edit(at, begin + found.end(), right) if certain else None
        values = {"value": found[0], "right": right if certain else f"{right} / {right[:-1]}ى", "remedy": remedy(edit)}
        yield Finding(at, "letter", KEYBOARD_LETTERS, values, edit)
