"""Words as the search compares them: what keyboards, habits and languages write differently becomes the same.

The page of the search does the same to what is typed (``static/js/search/fold.js`` of the theme). What is folded is not shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HAMZA = "ء"
_SAME_LETTERS = {
    "ی": "ىيېێۍےۓ",  # yeh of Arabic, Persian and Kurdish keyboards
    "ک": "كڪڬ",
    "ه": "ھەہةۃ",  # heh in its three spellings, Kurdish ە, and teh marbuta
    "و": "ۆۊۋ",
    "ر": "ڕڒ",
    "ل": "ڵڶ",
    "ف": "ڤڥ",
    "ا": "ٱٲٳٵ",
    _HAMZA: "\u0654\u0655\u0674",  # above, below and beside a letter
    "i": "ı",
    "o": "ø",
    "d": "đ",
    "l": "ł",
    "h": "ħ",
    "oe": "œ",
    "ae": "æ",
    "ss": "ß",
    "σ": "ς",
    "": "ـ",  # tatweel
} | {str(digit): chr(0x660 + digit) + chr(0x6F0 + digit) for digit in range(10)}
# Of a hamza between vowels people write one for another: هيأة هيئة, قراءة قرائة, أبناءه أبنائه; not of مئات.
_SEAT = re.compile(rf"(?<=ی)ا{_HAMZA}(?=ه(?!\S))|(?<=\S\Sا)ی{_HAMZA}(?=[اه])")
_CARRIER = re.compile(rf"ی{_HAMZA}(?<!\S..)(?=\S)")  # of the first vowel of a Kurdish word, which many leave out
# Signs within a word: before an English s (other languages leave words out there, as in l’été), in I.N.S.M., e-mail and 2,500.
_SIGNS_WITHIN = re.compile(
    r"['’.,-](?:(?<=['’])(?=s(?!\w))|(?<=(?<!\w)[^\W\d_]\.)(?=[^\W\d_](?!\w))"
    r"|(?<=(?<!\w)[^\W\d_]-)(?=[^\W\d_]{2})|(?<=\d[.,])(?=\d{3}(?!\d)))"
)
_ONCE = "وی"  # letters that are written once or twice
_ARTICLE = re.compile(r"[وف]?(?:[بک]?ال|لل)(..+)")
_PREFIXES = tuple("وفبکلا")
_PARTICLE = re.compile(r"[وف](...+)|[بل](...+)|ک(....+)")


class _Letters:
    """What each character is folded to, for ``str.translate``."""

    @staticmethod
    @lru_cache(10_000)
    def __getitem__(code: int) -> str:
        character = chr(code)
        for folded, letters in _SAME_LETTERS.items():
            if character in letters:
                return folded
        category = unicodedata.category(character)
        return character if category[0] in "LN" else "" if category[0] == "M" or category == "Cf" else " "


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Return the folded words of a text, with a space between two.

    >>> fold("ڕۆژنامه‌كان") == fold("رۆژنامەکان"), fold("Œuvre d’Été, ١٩٤٨"), fold("Kurdî (KURMANCÎ)")
    (True, 'oeuvre d ete 1948', 'kurdi kurmanci')
    """
    letters = unicodedata.normalize("NFKD", text).lower()
    folded = (letters if letters.isalpha() else _SIGNS_WITHIN.sub("", letters)).translate(_LETTERS)
    if _HAMZA in folded:
        folded = _CARRIER.sub("", _SEAT.sub("", folded)).replace(f"ی{_HAMZA}و", "و").replace(_HAMZA, "")
    for letter in _ONCE:
        while letter * 2 in folded:
            folded = folded.replace(letter * 2, letter)
    return " ".join(folded.split())


def strip_prefixes(word: str) -> tuple[str, ...]:
    """Return a folded Arabic word as the index has it: without the article, or with and without what may be a particle.

    >>> strip_prefixes("والکتاب"), strip_prefixes("وبحقوق"), strip_prefixes("الحق"), strip_prefixes("عراق")
    (('کتاب',), ('وبحقوق', 'بحقوق', 'حقوق'), ('الحق', 'حق'), ('عراق',))
    """
    if word[:1] not in _PREFIXES:
        return (word,)
    if article := _ARTICLE.fullmatch(word):
        return (article[1],) if len(article[1]) > 2 else (word, article[1])
    forms = [word]
    while particle := _PARTICLE.fullmatch(forms[-1]):
        forms.append(particle[particle.lastindex or 0])
    return tuple(forms)
