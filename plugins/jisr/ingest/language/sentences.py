"""Sentence boundaries in the languages of members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.core.frozen import dataclass

_ABBREVIATIONS = {
    "en": "mr mrs ms dr prof st sr jr vs gen col sgt lt gov sen rep rev hon inc ltd co corp dept est approx",
    "fr": "m mm mme mmes mlle mlles dr pr me st ste ex av boul cf réf tél env",
    "kmr": "dr prof hwd mk bnr wd rûp hej",
    "ckb": "د پ م ژ ل",
    "ar": "د أ م ص ج ق ت ط هـ تح",
    "fa": "د م ص ج ق ه",
}
_NUMBER_ABBREVIATIONS = frozenset(
    "no nos nr fig art vol chap p pp r éd ed eds hej rûp jan feb mar apr jun jul aug sep sept oct nov dec "
    "janv févr juil déc".split()
)
_COMMON_ABBREVIATIONS = frozenset("e.g i.e p.ex p ex etc cf al".split())
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u200d'’.-])+\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_CLOSERS = "\"'”’»›)\\]*_"
_TARGET = r"(?<=\])\((?:[^()\s\\]|\\.)*\)"
_BOUNDARY = re.compile(
    rf"(?P<sign>[.!?؟۔…。]+)(?:[{_CLOSERS}]| »|{_TARGET})*(?=\s|\Z)|(?P<pause>[؛;])(?=\s)|(?P<breath>[،,:])(?=\s)"
)
_NUMBER = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9]{1,2}")


@dataclass(frozen=True, slots=True)
class TextBoundary:
    """A boundary in a text: ``weight`` 3 after a sentence, 2 after a clause, 1 at a comma."""

    at: int
    weight: int


def text_boundaries(text: str, language: str) -> Iterator[TextBoundary]:
    """Yield the boundaries of a text in their order; no abbreviation, number or initial ends a sentence.

    >>> text = "قال د. أحمد: هل نبدأ؟ نعم، في 3.5 كم. تم."
    >>> [text[:end.at].split()[-1] for end in text_boundaries(text, "ar") if end.weight == 3]
    ['نبدأ؟', 'كم.', 'تم.']
    """
    abbreviations = _COMMON_ABBREVIATIONS | frozenset(_ABBREVIATIONS.get(language, " ".join(_ABBREVIATIONS.values())).split())
    for match in _BOUNDARY.finditer(text):
        if match["breath"]:
            yield TextBoundary(match.end(), 1)
        elif match["pause"]:
            yield TextBoundary(match.end(), 2)
        elif not _continues_after(text, match, abbreviations):
            yield TextBoundary(match.end(), 3)


def _continues_after(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether a sentence continues after a sign that could end it."""
    following = re.search(r"[^\s*_\[\\\"'“‘«(]", text[match.end() : match.end() + 20])
    if following is None:
        return False
    if following[0].islower():
        return True  # « Où ? » dit-il
    before = _WORD.search(text, max(0, match.start() - 40), match.start()) if match["sign"] == "." else None
    if before is None:
        return False
    word = re.split("['’]", before[0])[-1].lstrip(".-")  # l'art. 5
    if _ACRONYM.fullmatch(word) or word.lower() in abbreviations:
        return True
    if following[0].isdigit() and word.lower() in _NUMBER_ABBREVIATIONS:
        return True
    if len(word) == 1 and word.isalpha():
        return word.isupper() or not word.isascii()  # an initial
    return _NUMBER.fullmatch(word) is not None and not text[: before.start()].strip(" \\")
