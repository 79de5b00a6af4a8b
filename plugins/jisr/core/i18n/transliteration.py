"""Names in Arabic letters as they can stand in an address: readable, the same in every run, and apart where letters are.

Short vowels are not written in Arabic, so that none can be given; Sorani writes its vowels.
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
_LATIN_LETTERS = {letter: "" if said == "-" else said for letter, said in _LATIN_LETTERS.items()}
_VOWELS = frozenset("aeiou")
_GLIDES = {"و": ("w", "u"), "ي": ("y", "i"), "ی": ("y", "i")}
_WORD = re.compile("[\u0600-\u06ff\u200c]+")
_SILENT_MARKS = re.compile("[\u0640\u064b-\u064d\u0651\u0652\u0670\u200c]")  # tatweel, endings, doubling, no vowel, joiners
_KURDISH = frozenset("پچژگڤڕڵۆێە")


def make_slug(name: str) -> str:
    """Return a name as a part of an address, or an empty text where it has no letter.

    >>> [make_slug(one) for one in ("الشبكة العراقية", "عراق", "عرق", "ڕێبوار ئەحمەد", "پێنووس", "Ş. Çiya", "…")]
    ['al-shbka-al-araqiya', 'araq', 'arq', 'rebwar-ehmed', 'penus', 's-ciya', '']
    """
    return str(slugify(transliterate(name)))


def transliterate(text: str) -> str:
    """Return a text with its Arabic letters in Latin ones; other letters stay.

    >>> transliterate("محمد قاسم (INSM)"), transliterate("سلێمانی"), transliterate("دهوك")
    ('mhmd qasm (INSM)', 'slemani', 'dhuk')
    """
    return _WORD.sub(lambda found: _transliterate_word(found[0]), unicodedata.normalize("NFC", text))


def _transliterate_word(word: str) -> str:
    """Return a word in Latin letters; the Arabic article stands apart, as it is written in Latin letters."""
    bare = _SILENT_MARKS.sub("", word)
    if bare.startswith("ال") and len(bare) > 3 and not _KURDISH & set(bare):
        return f"al-{_transliterate_letters(bare[2:])}"
    return _transliterate_letters(bare)


def _transliterate_letters(word: str) -> str:
    """Return letters one by one; waw and yeh are vowels where no vowel follows, but at the beginning of a word."""
    word = word.replace("وو", "\u064f")
    said = ""
    for at, letter in enumerate(word):
        if letter in _GLIDES:
            consonant, vowel = _GLIDES[letter]
            following = _LATIN_LETTERS.get(word[at + 1], "") if at + 1 < len(word) else ""
            glides = not said or said[-1] in _VOWELS or following[:1] in _VOWELS
            said += (vowel + consonant if word[at + 1 :] == "ة" else consonant) if glides else vowel
        else:
            said += _LATIN_LETTERS.get(letter, letter)
    return said
