"""No-break spaces around the punctuation of a language."""

from __future__ import annotations

import re

NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"
_BEFORE_HIGH = re.compile(r" (?=[;!?](?!\w))")
_BEFORE_WIDE = re.compile(r" (?=(?::(?![\w/(])|»|%))")
_AFTER = re.compile("« ")


def add_no_break_spaces(text: str, tag: str) -> str:
    r"""Return a text of a language with no-break spaces at its punctuation: in French before ``; ! ? : » %`` and after ``«``.

    Only spaces in the text are replaced; none is added. Narrow ones follow French practice, as CLDR's numbers do
    (https://www.unicode.org/reports/tr14/#DescriptionOfProperties names U+202F for it).

    >>> add_no_break_spaces("Pourquoi ? « Rien sur nous » : 10", "fr")
    'Pourquoi\u202f? «\xa0Rien sur nous\xa0»\xa0: 10'
    >>> add_no_break_spaces("بيان : نص", "ar")
    'بيان : نص'
    """
    if " " not in text or not has_spaced_punctuation(tag):
        return text
    text = _AFTER.sub(f"«{NO_BREAK_SPACE}", text)
    text = _BEFORE_WIDE.sub(NO_BREAK_SPACE, text)
    return _BEFORE_HIGH.sub(NARROW_NO_BREAK_SPACE, text)


def has_spaced_punctuation(tag: str) -> bool:
    """Whether punctuation of a language has spaces that must not break: French alone."""
    return tag == "fr" or tag.startswith("fr-")
