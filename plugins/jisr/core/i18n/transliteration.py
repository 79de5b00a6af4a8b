"""Transliteration of names in Arabic letters for slugs: readable, deterministic, and different for different letters.

Arabic does not write short vowels, so they are missing; Sorani writes its vowels.
"""

from __future__ import annotations

import re
import unicodedata

from slugify import slugify

_LATIN_LETTERS = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهةىأإآؤءئپچژگڤڕڵۆێەکھ",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h a a a i a u - - p ch zh g v r l o e e k h".split(),
        strict=True,
    )
) | {"\u064e": "a", "\u064f": "u", "\u0650": "i"}
_LATIN_LETTERS = {letter: "" if latin == "-" else latin for letter, latin in _LATIN_LETTERS.items()}
_VOWELS = frozenset("aeiou")
_GLIDES = {"و": ("w", "u"), "ي": ("y", "i"), "ی": ("y", "i")}
_WORD = re.compile("[\u0600-\u06ff\u200c]+")
_SILENT_MARKS = re.compile("[\u0640\u064b-\u064d\u0651\u0652\u0670\u200c]")  # tatweel, endings, doubling, no vowel, joiners
_KURDISH = frozenset("پچژگڤڕڵۆێە")


def make_slug(name: str) -> str:
    """Return the slug of a name, or an empty string where it has no letter.

    >>> [make_slug(one) for one in ("الشبكة العراقية", "عراق", "عرق", "ڕێبوار ئەحمەد", "پێنووس", "Ş. Çiya", "…")]
    ['al-shbka-al-araqiya', 'araq', 'arq', 'rebwar-ehmed', 'penus', 's-ciya', '']
    """
    return str(slugify(transliterate(name)))


def transliterate(text: str) -> str:
    """Return a text with Arabic letters transliterated; other letters stay.

    >>> transliterate("محمد قاسم (INSM)"), transliterate("سلێمانی"), transliterate("دهوك")
    ('mhmd qasm (INSM)', 'slemani', 'dhuk')
    """
    return _WORD.sub(lambda match: _transliterate_word(match[0]), unicodedata.normalize("NFC", text))


def _transliterate_word(word: str) -> str:
    """Return a word in Latin letters, with a hyphen after the Arabic article."""
    bare = _SILENT_MARKS.sub("", word)
    if bare.startswith("ال") and len(bare) > 3 and not _KURDISH & set(bare):
        return f"al-{_transliterate_letters(bare[2:])}"
    return _transliterate_letters(bare)


def _transliterate_letters(word: str) -> str:
    """Return letters in Latin; waw and yeh are consonants at the beginning of a word and next to a vowel, else vowels."""
    word = word.replace("وو", "\u064f")
    latin = ""
    for at, letter in enumerate(word):
        if letter in _GLIDES:
            consonant, vowel = _GLIDES[letter]
            following = _LATIN_LETTERS.get(word[at + 1], "") if at + 1 < len(word) else ""
            glides = not latin or latin[-1] in _VOWELS or following[:1] in _VOWELS
            latin += (vowel + consonant if word[at + 1 :] == "ة" else consonant) if glides else vowel
        else:
            latin += _LATIN_LETTERS.get(letter, letter)
    return latin
