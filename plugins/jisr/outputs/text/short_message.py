"""The beginning of a text as one short message (SMS): 160 characters of its seven-bit alphabet, or 70 of any other.

The alphabet is that of 3GPP TS 23.038, 6.2.1: https://www.3gpp.org/dynareport/23038.htm.
"""

from __future__ import annotations

from itertools import chain

from jisr.core.bidi.marks import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, add_direction_marks
from jisr.core.i18n.languages import Language

SEVEN_BIT_LENGTH, OTHER_LENGTH = 160, 70
_SEVEN_BIT = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà\n\r^{}\\[]~|€"
)
_TWO_PLACES = "^{}\\[]~|€"  # behind an escape
# Signs of typography for which a message of 160 characters would end at 70; letters are the author's and stay.
_PLAIN_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "…": "...",
     "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)  # fmt: skip
CUT_SIGNS = ("...", "…")  # at the end of a message that has not all of a text
_ENDS = "،,;؛:.-"


def shorten(text: str, language: Language) -> str:
    """Return a text as one short message, cut between words, its direction marks included.

    >>> from jisr.core.i18n.languages import build_languages
    >>> en, kmr, ckb = build_languages(["en", "kmr", "ckb"])
    >>> len(shorten("Bloggers met in Erbil. " * 20, en)), len(shorten("Blogger li Hewlêrê civiyan. " * 20, kmr))
    (156, 67)
    >>> shorten("بڵاوکراوە", ckb) == "\u200fبڵاوکراوە"
    True
    """
    plain = " ".join(text.split()).lstrip(LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK)
    simple = " ".join(plain.translate(_PLAIN_SIGNS).split())
    beginning = _cut(simple, language, CUT_SIGNS[0], SEVEN_BIT_LENGTH)
    if is_seven_bit(beginning):
        return beginning
    return _cut(plain, language, CUT_SIGNS[1], OTHER_LENGTH)


def is_seven_bit(text: str) -> bool:
    """Whether all characters of a text are in the seven-bit alphabet."""
    return _SEVEN_BIT.issuperset(text)


def message_length(text: str) -> int:
    """Return the places that a text takes in a message: of seven bits, or units of UTF-16."""
    if is_seven_bit(text):
        return len(text) + sum(map(text.count, _TWO_PLACES))
    return len(text.encode("utf-16-le")) // 2


def _cut(plain: str, language: Language, end: str, most: int) -> str:
    """Return the longest beginning in whole words that fits with its marks; of a single long word, its first letters."""
    if len(plain) <= most and message_length(marked := add_direction_marks(plain, language)) <= most:
        return marked
    words = (plain[:at].rstrip(_ENDS) for at in range(most, 0, -1) if plain[at : at + 1] == " ")
    for beginning in chain(words, (plain[:at] for at in range(most - 1 - len(end), 0, -1))):
        marked = add_direction_marks(beginning + end, language)
        if message_length(marked) <= most:
            return marked
    return ""
