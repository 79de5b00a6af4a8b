"""How much a reading of bytes looks like text that somebody wrote: letters judged word by word."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670\u200c\u200d\u0640])*")
_COMMON = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآءئؤ" + "پچژگکیەۆێڕڵڤھ")
_FREQUENT = frozenset("اليوهنمرتبدكیەکێۆأ")  # two thirds of Arabic, Persian and Sorani texts
_FEW = 12
_LAST_ONLY = frozenset("ةى")
_SIGNS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640\u200c\u200d")
_VOWELS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0652")
_ACCENTED = frozenset("éèêëàâäçîïôöùûüœæÿñáíóúãõåøßşğışžčšćđ" + "ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆÑÁÍÓÚÃÕÅØŞĞİŽČŠĆĐ")
_ORDINARY = frozenset("«»‹›“”„‘’‚–—…·•€©®°§№™¿¡ªº²³½¼¾×±\u00a0\u00ad،؛؟٪٫٬\u200c\u200d\u200e\u200f" + "٠١٢٣٤٥٦٧٨٩")
_WITHIN = frozenset("’‘·\u00ad\u200c\u200d–—")


def likeness(text: str) -> float:
    """Give how much the characters beyond ASCII look like words, from -1 to 1; 1 where there are none.

    Words of Arabic letters, of Latin letters with a few accents, and of any other single script count for a reading. Words
    that mix scripts, that are accents for the most part, or that have capitals in the middle count against it, as do
    symbols between letters.

    >>> likeness("العربية") > 0.9 > 0 > likeness("العربية".encode("windows-1256").decode("windows-1252"))
    True
    >>> likeness("çêkirî") > 0.9 > likeness("كوردي".encode("iso8859-6").decode("windows-1256"))
    True
    """
    total, points, end = 0, 0.0, 0
    for word in _WORDS.finditer(text):
        points += _between(text, end, word.start())
        total += _beyond(text[end : word.start()])
        end = word.end()
        beyond = _beyond(word[0])
        if beyond:
            total += beyond
            points += beyond * _word(word[0])
    points += _between(text, end, len(text))
    total += _beyond(text[end:])
    return points / total - _rarity(text) if total else 1.0


def _rarity(text: str) -> float:
    """Give what to take off where Arabic letters are none of those that make up most of every text in them."""
    letters = [letter for letter in text if letter in _COMMON]
    frequent = sum(letter in _FREQUENT for letter in letters)
    return 1.0 if len(letters) >= _FEW and frequent < 0.4 * len(letters) else 0.0


def _beyond(text: str) -> int:
    return 0 if text.isascii() else sum(letter > "\x7f" for letter in text)


def _between(text: str, start: int, end: int) -> float:
    """Judge what stands between two words."""
    points = 0.0
    for place in range(start, end):
        letter = text[place]
        if letter <= "\x7f":
            continue
        if letter not in _ORDINARY:
            points -= 1
        elif end - start == 1 and start > 0 and end < len(text) and letter not in _WITHIN:
            points -= 1  # between two letters
        else:
            points += 0.6
    return points


def _word(word: str) -> float:
    """Judge a word with letters beyond ASCII."""
    scripts = {_script(letter) for letter in word if letter not in _SIGNS}
    if len(scripts) != 1:
        return -1.0
    script = scripts.pop()
    if script == "ARABIC":
        return _arabic(word)
    return _latin(word) if script == "LATIN" else _foreign(word)


def _script(letter: str) -> str:
    return "LATIN" if letter <= "\x7f" else unicodedata.name(letter, "NONE").split()[0]


def _arabic(word: str) -> float:
    if len(word) == 1:
        return 1.0 if word in "وە" else -0.5
    points = sum(1.0 if letter in _COMMON else 0.3 if letter in _SIGNS else -1.0 for letter in word)
    points -= 2.0 * sum(letter in _LAST_ONLY for letter in word[:-1])
    points -= 2.0 * (word[0] in _SIGNS)
    points -= 3.0 * sum(one in _VOWELS and other in _VOWELS for one, other in pairwise(word.replace("\u0651", "")))
    points -= 3.0 * sum(word.count(two) for two in ("\u0651\u0651", "\u0651\u0652"))
    return max(-1.0, points / len(word))


def _latin(word: str) -> float:
    beyond = [letter for letter in word if letter > "\x7f"]
    if len(word) > 3 and len(beyond) > 0.6 * len(word):
        return -1.0
    if _odd_case(word):
        return -1.0
    return sum(1.0 if letter in _ACCENTED else -1.0 for letter in beyond) / len(beyond)


def _foreign(word: str) -> float:
    """Judge a word of a script that the network does not write: possible, and no more."""
    return -1.0 if _odd_case(word) else 0.6


def _odd_case(word: str) -> bool:
    """Whether a capital follows a small letter."""
    return any(first.islower() and second.isupper() for first, second in pairwise(word))
