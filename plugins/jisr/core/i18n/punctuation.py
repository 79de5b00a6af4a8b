"""The spaces that a language ties to its punctuation."""

from __future__ import annotations

import re

NARROW, TIED = "\u202f", "\u00a0"
_BEFORE_HIGH = re.compile(r" (?=[;!?](?!\w))")
_BEFORE_WIDE = re.compile(r" (?=(?::(?![\w/(])|»|%))")
_AFTER = re.compile("« ")


def spaced(text: str, tag: str) -> str:
    r"""Give a text of a language with the spaces that do not break: in French before ``; ! ? : » %`` and after ``«``.

    Only spaces that were typed change; none is added. Which is narrow follows French practice, as CLDR's numbers do
    (https://www.unicode.org/reports/tr14/#DescriptionOfProperties names U+202F for it).

    >>> spaced("Pourquoi ? « Rien sur nous » : 10", "fr")
    'Pourquoi\u202f? «\xa0Rien sur nous\xa0»\xa0: 10'
    >>> spaced("بيان : نص", "ar")
    'بيان : نص'
    """
    if tag.partition("-")[0] != "fr" or " " not in text:
        return text
    text = _AFTER.sub(f"«{TIED}", text)
    text = _BEFORE_WIDE.sub(TIED, text)
    return _BEFORE_HIGH.sub(NARROW, text)
