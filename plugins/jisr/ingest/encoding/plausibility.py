"""Plausibility of decoded text, scored word by word."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WORD_PATTERN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652\u0670\u200c\u200d\u0640])*")
_ARABIC_LETTERS = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآءئؤ" + "پچژگکیەۆێڕڵڤھ")
_FREQUENT_LETTERS = frozenset("اليوهنمرتبدكیەکێۆأ")  # two thirds of Arabic, Persian and Sorani texts
_MIN_LETTERS = 12
_FINAL_LETTERS = frozenset("ةى")
_COMBINING_SIGNS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640\u200c\u200d")
_VOWELS = frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0652")
_ACCENTED = frozenset("éèêëàâäçîïôöùûüœæÿñáíóúãõåøßşğışžčšćđ" + "ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆÑÁÍÓÚÃÕÅØŞĞİŽČŠĆĐ")
_COMMON_SYMBOLS = frozenset("«»‹›“”„‘’‚–—…·•€©®°§№™¿¡ªº²³½¼¾×±\u00a0\u00ad،؛؟٪٫٬\u200c\u200d\u200e\u200f" + "٠١٢٣٤٥٦٧٨٩")
_WORD_JOINERS = frozenset("’‘·\u00ad\u200c\u200d–—")


def plausibility(text: str) -> float:
    """Return the plausibility of the characters beyond ASCII, from -1 to 1; 1 where there are none.

    Words of Arabic letters, of Latin letters with a few accents, and of any other single script raise it. Words that mix
    scripts, that are mostly accents, or that have capitals in the middle lower it, as do symbols between letters.

    >>> plausibility("العربية") > 0.9 > 0 > plausibility("العربية".encode("windows-1256").decode("windows-1252"))
    True
    >>> plausibility("çêkirî") > 0.9 > plausibility("كوردي".encode("iso8859-6").decode("windows-1256"))
    True
    """
    total, points, end = 0, 0.0, 0
    for word in _WORD_PATTERN.finditer(text):
        points += _score_gap(text, end, word.start())
        total += _count_non_ascii(text[end : word.start()])
        end = word.end()
        non_ascii = _count_non_ascii(word[0])
        if non_ascii:
            total += non_ascii
            points += non_ascii * _score_word(word[0])
    points += _score_gap(text, end, len(text))
    total += _count_non_ascii(text[end:])
    return points / total - _rarity_penalty(text) if total else 1.0


def _rarity_penalty(text: str) -> float:
    """Return a penalty where the Arabic letters lack those that are most of any text."""
    letters = [letter for letter in text if letter in _ARABIC_LETTERS]
    frequent = sum(letter in _FREQUENT_LETTERS for letter in letters)
    return 1.0 if len(letters) >= _MIN_LETTERS and frequent < 0.4 * len(letters) else 0.0


def _count_non_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(letter > "\x7f" for letter in text)


def _score_gap(text: str, start: int, end: int) -> float:
    """Score the characters between two words."""
    points = 0.0
    for letter in text[start:end]:
        if letter <= "\x7f":
            continue
        if letter not in _COMMON_SYMBOLS:
            points -= 1
        elif end - start == 1 and start > 0 and end < len(text) and letter not in _WORD_JOINERS:
            points -= 1  # between two letters
        else:
            points += 0.6
    return points


def _score_word(word: str) -> float:
    """Score a word with letters beyond ASCII."""
    scripts = {_letter_script(letter) for letter in word if letter not in _COMBINING_SIGNS}
    if len(scripts) != 1:
        return -1.0
    script = scripts.pop()
    if script == "ARABIC":
        return _score_arabic(word)
    if script == "LATIN":
        return _score_latin(word)
    return -1.0 if _has_odd_case(word) else 0.6  # a script of no language of ours: possible, and no more


def _letter_script(letter: str) -> str:
    return "LATIN" if letter <= "\x7f" else unicodedata.name(letter, "NONE").split()[0]


def _score_arabic(word: str) -> float:
    if len(word) == 1:
        return 1.0 if word in "وە" else -0.5
    points = sum(1.0 if letter in _ARABIC_LETTERS else 0.3 if letter in _COMBINING_SIGNS else -1.0 for letter in word)
    points -= 2.0 * sum(letter in _FINAL_LETTERS for letter in word[:-1])
    points -= 2.0 * (word[0] in _COMBINING_SIGNS)
    points -= 3.0 * sum(one in _VOWELS and other in _VOWELS for one, other in pairwise(word.replace("\u0651", "")))
    points -= 3.0 * sum(word.count(two) for two in ("\u0651\u0651", "\u0651\u0652"))
    return max(-1.0, points / len(word))


def _score_latin(word: str) -> float:
    non_ascii = [letter for letter in word if letter > "\x7f"]
    if (len(word) > 3 and len(non_ascii) > 0.6 * len(word)) or _has_odd_case(word):
        return -1.0
    return sum(1.0 if letter in _ACCENTED else -1.0 for letter in non_ascii) / len(non_ascii)


def _has_odd_case(word: str) -> bool:
    """Whether a capital follows a small letter."""
    return any(first.islower() and second.isupper() for first, second in pairwise(word))
