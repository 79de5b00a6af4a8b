"""Base direction of a block or a title: that of the majority of its letters, not of the first one."""

from __future__ import annotations

import re
import unicodedata

from jisr.core.bidi.ltr_tokens import ADDRESS, LTR_LETTER, RTL_CHARACTERS
from jisr.core.i18n.languages import Direction

_MAY_BE_ADDRESS = re.compile(r"@|://|[A-Za-z0-9]\.[A-Za-z]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_ONLY_RTL = re.compile("[\t\n -@\\[-`{-~\u00a0\u00ab\u00bb\u060c\u061b\u061f-\u06ff\u200c\u2010-\u2027]*+")  # the only letters
_RTL_LETTERS = re.compile(rf"(?:(?=[{RTL_CHARACTERS}])[^\W\d_])+")
_LTR_LETTERS = re.compile(rf"(?:{LTR_LETTER})+")


def base_direction(text: str, default: Direction) -> Direction:
    """Return the base direction of a paragraph: that of the majority of its letters, or a default on a tie or without letters.

    Addresses are Latin in every language, so they are not counted.

    >>> base_direction("Code for Iraq هي مبادرة عراقية للشباب المبرمجين", "ltr")
    'rtl'
    >>> base_direction("Tora INSM (شبكة) li Bexdayê", "rtl"), base_direction("2012 – 2013", "rtl")
    ('ltr', 'rtl')
    """
    may_have_address = ("." in text or "@" in text or "://" in text) and _MAY_BE_ADDRESS.search(text)
    plain = ADDRESS.sub(" ", text) if may_have_address else text
    if plain.isascii():
        return "ltr" if _ASCII_LETTER.search(plain) else default
    if _ONLY_RTL.fullmatch(plain) and _RTL_LETTERS.search(plain):
        return "rtl"
    rtl_count = _count_letters(_RTL_LETTERS, plain)
    if not rtl_count:
        return "ltr" if _LTR_LETTERS.search(plain) else default
    ltr_count = _count_letters(_LTR_LETTERS, plain)
    if ltr_count == rtl_count:
        return default
    return "ltr" if ltr_count > rtl_count else "rtl"


def title_direction(text: str, direction: Direction) -> Direction:
    """Return the direction of a title or name: it differs from that of the page only if it has no letter in its direction.

    A few words in the page's direction make it a sentence of its language, however long a foreign name in it is.

    >>> title_direction("Code for Iraq!", "rtl"), title_direction("بدعم من International Media Support", "rtl")
    ('ltr', 'rtl')
    """
    letters = _RTL_LETTERS if direction == "rtl" else _LTR_LETTERS
    return direction if letters.search(text) else base_direction(text, direction)


def first_strong_direction(text: str) -> Direction:
    """Return the direction of the first strong letter (UAX 9, P2); left to right without one.

    >>> first_strong_direction("2012 بيان"), first_strong_direction("--fix")
    ('rtl', 'ltr')
    """
    classes = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((one for one in classes if one in ("L", "R", "AL")), "L") != "L" else "ltr"


def _count_letters(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
