"""The direction of a block or a title: that of most of its letters, not of the first one."""

from __future__ import annotations

import re

from jisr.core.bidi.ltr_tokens import ADDRESS, LTR_LETTER, RTL_CHARACTERS
from jisr.core.i18n.languages import Direction

_MAY_BE_ADDRESS = re.compile(r"@|://|[A-Za-z0-9]\.[A-Za-z]")
_ASCII_LETTER = re.compile("[A-Za-z]")
_ONLY_RTL = re.compile("[\t\n -@\\[-`{-~\u00a0\u00ab\u00bb\u060c\u061b\u061f-\u06ff\u200c\u2010-\u2027]*+")  # of letters
_RTL_LETTERS = re.compile(rf"(?:(?=[{RTL_CHARACTERS}])[^\W\d_])+")
_LTR_LETTERS = re.compile(rf"(?:{LTR_LETTER})+")


def base_direction(text: str, default: Direction) -> Direction:
    """Return the direction of a paragraph: that of most of its letters, or ``default`` on a tie and without letters.

    Addresses are Latin in every language, so they don't vote.

    >>> base_direction("Code for Iraq هي مبادرة عراقية للشباب المبرمجين", "ltr")
    'rtl'
    >>> base_direction("Tora INSM (شبكة) li Bexdayê", "rtl"), base_direction("2012 – 2013", "rtl")
    ('ltr', 'rtl')
    """
    said = ADDRESS.sub(" ", text) if _may_hold_address(text) else text
    if said.isascii():
        return "ltr" if _ASCII_LETTER.search(said) else default
    if _ONLY_RTL.fullmatch(said) and _RTL_LETTERS.search(said):
        return "rtl"
    backward = _count_letters(_RTL_LETTERS, said)
    forward = _count_letters(_LTR_LETTERS, said)
    if forward == backward:
        return default
    return "ltr" if forward > backward else "rtl"


def title_direction(text: str, direction: Direction) -> Direction:
    """Return the direction of a title or name: the other one where no letter of the page's script is in it.

    A few words of the page's own make them a sentence of its language, however long the foreign name in it is.

    >>> title_direction("Code for Iraq!", "rtl"), title_direction("بدعم من International Media Support", "rtl")
    ('ltr', 'rtl')
    """
    own = base_direction(text, direction)
    letters = _RTL_LETTERS if direction == "rtl" else _LTR_LETTERS
    return direction if letters.search(text) else own


def _may_hold_address(text: str) -> bool:
    return ("." in text or "@" in text or "://" in text) and _MAY_BE_ADDRESS.search(text) is not None


def _count_letters(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
