"""Language identification: by letters and stop words, then by a model, never by the declared language alone."""

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
_LANGUAGE_CODES = {"sdh": "ckb", "ara": "ar", "fas": "fa", "per": "fa", "fra": "fr", "fre": "fr", "eng": "en"}
_NON_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|!?\[(?=[^\]]*\]\()|\]\([^)\s]*(?:\s[^)]*)?\)|<[^>\s][^>]*>|https?://\S+|www\.\S+|\S+@\S+\.\S+|&\w+;",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670\u200c\u0640])*")
_MIN_WORDS = 3
_MAX_CHARACTERS = 4000  # of a text that are analysed: its first page
_MIN_CONFIDENCE = 0.8


def prose_words(text: str) -> list[str]:
    """Return the words of a Markdown text without addresses, code and markup.

    >>> prose_words("نووسینی [پێنووس](https://example.org/x) `code` 7")
    ['نووسینی', 'پێنووس']
    """
    return _WORD.findall(unicodedata.normalize("NFC", _NON_PROSE.sub(" ", text)))


def detect_language(text: str, hint: str, member_languages: Sequence[str]) -> str:
    """Return the language of a text: ar, ckb, kmr, fa, fr or en; an empty string where it is uncertain.

    ``hint`` is the tag in the feed, ``member_languages`` are the languages of the member. Neither overrules the text: an
    ambiguous text is in the expected language, and a text without evidence in the only language of its member with its
    script.

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
    expected = _expected_languages(hint, member_languages, script)
    best, second = sorted(votes, key=lambda tag: (votes[tag], tag), reverse=True)[:2]
    if votes[best] >= max(2.0, 0.12 * len(words)) and votes[best] >= 2 * votes[second]:
        return best
    model_tag = _classify_by_model(" ".join(words), script) if len(words) >= _MIN_WORDS else ""
    if model_tag and votes[model_tag] > 0 and votes[model_tag] >= 0.6 * votes[best]:
        return model_tag
    if votes[best] > 0 and votes[best] >= 1.5 * votes[second] and (best in expected or votes[best] >= 1.5):
        return best
    likely = [tag for tag in expected if votes[tag] >= 0.5 * votes[best] and (votes[tag] > 0 or tag in member_languages)]
    return likely[0] if len(likely) == 1 and len(expected) == 1 else ""


def _main_script(words: Sequence[str]) -> str:
    """Return the script of at least two thirds of the letters, or an empty string."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    counts = {
        "Arab": sum(
            "\u0600" <= character <= "\u06ff" or "\u0750" <= character <= "\u077f" or "\ufb50" <= character <= "\ufefc"
            for character in letters
        ),
        "Latn": sum(character <= "\u024f" or "\u1e00" <= character <= "\u1eff" for character in letters),
    }
    return next((script for script, count in counts.items() if count >= 3 and 3 * count >= 2 * len(letters)), "")


def _expected_languages(hint: str, member_languages: Sequence[str], script: str) -> tuple[str, ...]:
    """Return the member's languages with a script; of several the one in the feed."""
    code = hint.strip().lower().replace("_", "-").split("-")[0]
    tag = ("ckb" if script == "Arab" else "kmr") if code in ("ku", "kur") else _LANGUAGE_CODES.get(code, code)
    expected = tuple(tag for tag in member_languages if _SCRIPTS.get(tag) == script)
    if tag in expected or (not expected and _SCRIPTS.get(tag) == script):
        return (tag,)
    return expected


def _score_arabic_script(words: Sequence[str]) -> dict[str, float] | None:
    """Return the scores of the languages in Arabic script, or None where the text is in another one."""
    letters = "".join(words)
    if sum(letter in OTHER_ARABIC_LETTERS for letter in letters) * 40 > len(letters):
        return None
    votes = dict.fromkeys(_BY_SCRIPT["Arab"], 0.0)
    for word in words:
        characters = set(word)
        for tag, stopwords in STOPWORDS.items():
            if word in stopwords and tag in votes:
                votes[tag] += 1
        if characters & SORANI_LETTERS or re.search("ه\u200c(?!ا)", word):
            votes["ckb"] += 1
        elif characters & PERSIAN_SORANI_LETTERS:
            votes["fa"] += 0.5
            votes["ckb"] += 0.25
        if word.startswith("\u0626"):  # a word with an initial vowel on a carrier is Sorani
            votes["ckb"] += 1
        if re.match("(?:می|نمی)\u200c", word) or re.search("\u200c(?:ها|های|هایی|ام|اند|ایم|ای|تر|ترین)$", word):
            votes["fa"] += 1.5
        elif re.match("[وف]?[بك]?ال..|[وف]?لل..", word) or re.search("[ةى]$|ً|^[أإ]", word):
            votes["ar"] += 1
        votes["ar"] += 0.3 * bool(characters & set("يك"))
        votes["fa"] += 0.15 * bool(characters & set("یک"))
        votes["ckb"] += 0.15 * bool(characters & set("یک"))
    return votes


def _score_latin_script(words: Sequence[str]) -> dict[str, float] | None:
    """Return the scores of the languages in Latin script, or None where the text is in another one."""
    votes = dict.fromkeys(_BY_SCRIPT["Latn"], 0.0)
    foreign = 0.0
    for word in words:
        for tag, stopwords in STOPWORDS.items():
            if word in stopwords and tag in votes:
                votes[tag] += 1
        characters = set(word)
        foreign_signs = (word in OTHER_LANGUAGE_WORDS) + bool(characters & OTHER_LATIN_LETTERS)
        foreign += foreign_signs + bool(characters & set("öü")) * 0.6
        kurmanji_letters = ("ş" in characters) * 0.7 + bool(characters & (KURMANJI_LETTERS - {"ş", "ç"})) * 0.7
        votes["kmr"] += kurmanji_letters + word.startswith(("x", "q")) * 0.3
        french_ending = re.search("(?:tion|ment|eur|euse|ais|ait|eux|oir)s?$", word)
        votes["fr"] += bool(characters & set("éèàùœ")) * 0.8 + bool(french_ending) * 0.3
        votes["en"] += bool(re.search("(?:ing|tion|ness|ly|ed|ight|ould)s?$|^wh|th|'s$", word)) * 0.4 + ("w" in word) * 0.2
    return None if foreign > max(votes.values()) or (foreign >= 2 and 2 * foreign > max(votes.values())) else votes


def _classify_by_model(text: str, script: str) -> str:
    """Return the model's language of a text, or an empty string where it is uncertain or not installed."""
    model = _load_model()
    if model is None:
        return ""
    tag, confidence = model.classify(text)
    language = ("ckb" if script == "Arab" else "kmr") if tag in ("ku", "sdh") else str(tag)
    return language if confidence >= _MIN_CONFIDENCE and _SCRIPTS[language] == script else ""


@cache
def _load_model() -> Any:
    """Return py3langid's model for our languages, or None where it is not installed: letters and words decide most texts."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(["ar", "fa", "sdh", "ku", "fr", "en"])
    return model
