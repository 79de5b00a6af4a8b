"""Detection of the language of a few words by their letters or stop words."""

from __future__ import annotations

import re

_SORANI_LETTERS = frozenset("ێۆڕڵەڤ")
_NON_ARABIC_LETTERS = frozenset("پچژگکیھ\u06be")  # letters that Persian and Sorani write, and Arabic doesn't
_RIGHT_TO_LEFT = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"[^\W\d_]+")
_STOP_WORDS = {
    "en": frozenset("the of and to in is for that with on by from this are we our not be it as have has was without".split()),
    "fr": frozenset("le la les des du et un une est pour dans que qui sur avec nous sans aux par au ce cette ses leur".split()),
    "kmr": frozenset("û li ji bi ku di ya yê yên ev bo em me ne jî ew bê dikin dike her wan wî dibe".split()),
}


def detect_language(text: str) -> str:
    """Return the tag of the language of a few words (``ar``, ``ckb``, ``en``, ``fr``, ``kmr``), or "" where it is undecided.

    Sorani has letters of its own; a text without letters of Persian or Sorani is Arabic. In Latin script stop words decide,
    since names belong to no language, and single words to many.

    >>> detect_language("گوڵ"), detect_language("بيان"), detect_language("تهران، پنجره")
    ('ckb', 'ar', '')
    >>> detect_language("Nothing about us without us"), detect_language("Rien sur nous sans nous"), detect_language("INSM")
    ('en', 'fr', '')
    """
    rtl_count = len(_RIGHT_TO_LEFT.findall(text))
    if 2 * rtl_count > sum(map(str.isalpha, text)):
        return "ckb" if not _SORANI_LETTERS.isdisjoint(text) else "" if not _NON_ARABIC_LETTERS.isdisjoint(text) else "ar"
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < 2:
        return ""
    votes = sorted((sum(word in small for word in words), tag) for tag, small in _STOP_WORDS.items())
    return votes[-1][1] if votes[-1][0] > votes[-2][0] else ""


def find_stop_words(text: str) -> frozenset[str]:
    """Return the small words of a language in Latin script that has most of them in a text.

    >>> sorted(find_stop_words("the river runs beside the town and no one asks of it"))
    ['and', 'it', 'of', 'the']
    """
    words = {word.lower() for word in _WORD.findall(text) if not word.isupper()}
    return max((frozenset(words & small) for small in _STOP_WORDS.values()), key=len)
