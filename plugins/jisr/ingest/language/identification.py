"""In which language a post is: told by its letters and its short words, then by a model, never by a label alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jisr.ingest.language.stopwords import (
    KURMANJI_LETTERS,
    OTHER_ARABIC_LETTERS,
    OTHER_LANGUAGE_WORDS,
    OTHER_LATIN_LETTERS,
    PERSIAN_SORANI_LETTERS,
    SORANI_LETTERS,
    STOPWORDS,
)

_SCRIPTS: Mapping[str, str] = {"ar": "Arab", "fa": "Arab", "ckb": "Arab", "kmr": "Latn", "fr": "Latn", "en": "Latn"}
_BY_SCRIPT = {"Arab": ("ar", "ckb", "fa"), "Latn": ("en", "fr", "kmr")}
_MODEL_TAGS = {"ar": "ar", "fa": "fa", "fr": "fr", "en": "en"}
_LANGUAGE_CODES = {
    "ku": "",
    "kur": "",
    "ckb": "ckb",
    "sdh": "ckb",
    "kmr": "kmr",
    "ara": "ar",
    "fas": "fa",
    "per": "fa",
    "fra": "fr",
    "fre": "fr",
    "eng": "en",
}
_NON_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|!?\[(?=[^\]]*\]\()|\]\([^)\s]*(?:\s[^)]*)?\)|<[^>\s][^>]*>|https?://\S+|www\.\S+|\S+@\S+\.\S+|&\w+;",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670\u200c\u0640])*")
_MIN_WORDS = 3
_MAX_CHARACTERS = 4000  # characters: what the first page of a post does not tell, the others do not
_MIN_CONFIDENCE = 0.8


def prose_words(text: str) -> list[str]:
    """Return the words of a Markdown text: no addresses, no code, no marks.

    >>> prose_words("نووسینی [پێنووس](https://example.org/x) `code` 7")
    ['نووسینی', 'پێنووس']
    """
    return _WORD.findall(unicodedata.normalize("NFC", _NON_PROSE.sub(" ", text)))


def detect_language(text: str, hint: str, allowed: Sequence[str]) -> str:
    """Return the language of a text: ar, ckb, kmr, fa, fr or en; an empty string where it cannot be told.

    ``hint`` is what the feed says, ``allowed`` are the languages the member writes in. Neither is believed against the text;
    a text that could be in two languages goes to the one that is expected, and one that tells nothing to the only language
    of its member, where its script is the text's.

    >>> detect_language("لە گەڕەکەکەماندا ژوورێکی بچووک هەیە", "ar", ())
    'ckb'
    >>> detect_language("Azadî ji bo hemûyan", "tr", ()), detect_language("☀ 2012", "en", ("en",))
    ('kmr', '')
    """
    words = prose_words(text[:_MAX_CHARACTERS])
    script = _main_script(words)
    if not script:
        return ""
    lowered = [word.casefold() for word in words]
    votes = _score_arabic_script(words) if script == "Arab" else _score_latin_script(lowered)
    if votes is None:
        return ""
    expected = _expected_languages(hint, allowed, script)
    best, second = sorted(votes, key=lambda tag: (votes[tag], tag), reverse=True)[:2]
    if votes[best] >= max(2.0, 0.12 * len(words)) and votes[best] >= 2 * votes[second]:
        return best
    told = _classify_by_model(" ".join(words), script) if len(words) >= _MIN_WORDS else ""
    if told and votes[told] > 0 and votes[told] >= 0.6 * votes[best]:
        return told
    if votes[best] > 0 and votes[best] >= 1.5 * votes[second] and (best in expected or votes[best] >= 1.5):
        return best
    likely = [tag for tag in expected if votes[tag] >= 0.5 * votes[best] and (votes[tag] > 0 or tag in allowed)]
    return likely[0] if len(likely) == 1 and len(expected) == 1 else ""


def _main_script(words: Sequence[str]) -> str:
    """Return the script of most letters, or an empty string where none has two thirds of them."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    counts = {
        "Arab": sum(
            "\u0600" <= one <= "\u06ff" or "\u0750" <= one <= "\u077f" or "\ufb50" <= one <= "\ufefc" for one in letters
        ),
        "Latn": sum(one <= "\u024f" or "\u1e00" <= one <= "\u1eff" for one in letters),
    }
    return next((script for script, count in counts.items() if count >= 3 and 3 * count >= 2 * len(letters)), "")


def _expected_languages(hint: str, allowed: Sequence[str], script: str) -> tuple[str, ...]:
    """Return the languages of a script that the member writes in; of several the one that the feed says."""
    said = hint.strip().lower().replace("_", "-").split("-")[0]
    told = ("ckb" if script == "Arab" else "kmr") if said in ("ku", "kur") else _LANGUAGE_CODES.get(said, said)
    own = tuple(tag for tag in allowed if _SCRIPTS.get(tag) == script)
    if told in own or (not own and _SCRIPTS.get(told) == script):
        return (told,)
    return own


def _score_arabic_script(words: Sequence[str]) -> dict[str, float] | None:
    """Return how much speaks for each language in Arabic letters, or None where it is none of ours."""
    letters = "".join(words)
    if sum(letter in OTHER_ARABIC_LETTERS for letter in letters) * 40 > len(letters):
        return None
    votes = dict.fromkeys(_BY_SCRIPT["Arab"], 0.0)
    for word in words:
        marks = set(word)
        for tag, listed in STOPWORDS.items():
            if word in listed and tag in votes:
                votes[tag] += 1
        if marks & SORANI_LETTERS or re.search("ه\u200c(?!ا)", word):
            votes["ckb"] += 1
        elif marks & PERSIAN_SORANI_LETTERS:
            votes["fa"] += 0.5
            votes["ckb"] += 0.25
        if word.startswith("\u0626"):  # Sorani begins a word with a vowel on a carrier
            votes["ckb"] += 1
        if re.match("(?:می|نمی)\u200c", word) or re.search("\u200c(?:ها|های|هایی|ام|اند|ایم|ای|تر|ترین)$", word):
            votes["fa"] += 1.5
        elif re.match("[وف]?[بك]?ال..|[وف]?لل..", word) or re.search("[ةى]$|ً|^[أإ]", word):
            votes["ar"] += 1
        votes["ar"] += 0.3 * bool(marks & set("يك"))
        votes["fa"] += 0.15 * bool(marks & set("یک"))
        votes["ckb"] += 0.15 * bool(marks & set("یک"))
    return votes


def _score_latin_script(words: Sequence[str]) -> dict[str, float] | None:
    """Return how much speaks for each language in Latin letters, or None where it is none of ours."""
    votes = dict.fromkeys(_BY_SCRIPT["Latn"], 0.0)
    strange = 0.0
    for word in words:
        for tag, listed in STOPWORDS.items():
            if word in listed and tag in votes:
                votes[tag] += 1
        marks = set(word)
        strange += (word in OTHER_LANGUAGE_WORDS) + bool(marks & OTHER_LATIN_LETTERS) + ("ö" in marks or "ü" in marks) * 0.6
        votes["kmr"] += (
            ("ş" in marks) * 0.7
            + bool(marks & (KURMANJI_LETTERS - {"ş", "ç"})) * 0.7
            + ("x" in word[:1] or "q" in word[:1]) * 0.3
        )
        votes["fr"] += (
            bool(marks & set("éèàùœ")) * 0.8 + bool(re.search("(?:tion|ment|eur|euse|ais|ait|eux|oir)s?$", word)) * 0.3
        )
        votes["en"] += bool(re.search("(?:ing|tion|ness|ly|ed|ight|ould)s?$|^wh|th|'s$", word)) * 0.4 + ("w" in word) * 0.2
    return None if strange > max(votes.values()) or (strange >= 2 and 2 * strange > max(votes.values())) else votes


def _classify_by_model(text: str, script: str) -> str:
    """Return what the model takes a text for, or an empty string where it doubts or isn't installed."""
    model = _load_model()
    if model is None:
        return ""
    tag, sure = model.classify(text)
    told = ("ckb" if script == "Arab" else "kmr") if tag in ("ku", "sdh") else _MODEL_TAGS[tag]
    return told if sure >= _MIN_CONFIDENCE and _SCRIPTS[told] == script else ""


@cache
def _load_model() -> Any:
    """Return py3langid's model, kept to our languages, or None where it is not installed: letters and words tell most."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(["ar", "fa", "sdh", "ku", "fr", "en"])
    return model
