"""In which language a post is: told by its letters and its short words, then by a model, never by a label alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jisr.ingest.language.stopwords import KURMANJI, PERSO, SORANI, STRANGE, STRANGE_LATIN, STRANGERS, WORDS

_SCRIPTS: Mapping[str, str] = {"ar": "Arab", "fa": "Arab", "ckb": "Arab", "kmr": "Latn", "fr": "Latn", "en": "Latn"}
_BY_SCRIPT = {"Arab": ("ar", "ckb", "fa"), "Latn": ("en", "fr", "kmr")}
_MODEL_TAGS = {"ar": "ar", "fa": "fa", "fr": "fr", "en": "en"}
_HINTS = {
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
_NO_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|!?\[(?=[^\]]*\]\()|\]\([^)\s]*(?:\s[^)]*)?\)|<[^>\s][^>]*>|https?://\S+|www\.\S+|\S+@\S+\.\S+|&\w+;",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670\u200c\u0640])*")
_ENOUGH_WORDS = 3
_LONGEST = 4000  # characters: what the first page of a post does not tell, the others do not
_SURE = 0.8


def words_of(text: str) -> list[str]:
    """Give the words of a Markdown text: no addresses, no code, no marks.

    >>> words_of("نووسینی [پێنووس](https://example.org/x) `code` 7")
    ['نووسینی', 'پێنووس']
    """
    return _WORD.findall(unicodedata.normalize("NFC", _NO_PROSE.sub(" ", text)))


def tell(text: str, hint: str, allowed: Sequence[str]) -> str:
    """Give the language of a text: ar, ckb, kmr, fa, fr or en; an empty string where it cannot be told.

    ``hint`` is what the feed says, ``allowed`` are the languages the member writes in. Neither is believed against the text;
    a text that could be in two languages goes to the one that is expected, and one that tells nothing to the only language
    of its member, where its script is the text's.

    >>> tell("لە گەڕەکەکەماندا ژوورێکی بچووک هەیە", "ar", ())
    'ckb'
    >>> tell("Azadî ji bo hemûyan", "tr", ()), tell("☀ 2012", "en", ("en",))
    ('kmr', '')
    """
    words = words_of(text[:_LONGEST])
    script = _script(words)
    if not script:
        return ""
    lowered = [word.casefold() for word in words]
    votes = _arabic_votes(words) if script == "Arab" else _latin_votes(lowered)
    if votes is None:
        return ""
    expected = _expected(hint, allowed, script)
    best, second = sorted(votes, key=lambda tag: (votes[tag], tag), reverse=True)[:2]
    if votes[best] >= max(2.0, 0.12 * len(words)) and votes[best] >= 2 * votes[second]:
        return best
    told = _modelled(" ".join(words), script) if len(words) >= _ENOUGH_WORDS else ""
    if told and votes[told] > 0 and votes[told] >= 0.6 * votes[best]:
        return told
    if votes[best] > 0 and votes[best] >= 1.5 * votes[second] and (best in expected or votes[best] >= 1.5):
        return best
    likely = [tag for tag in expected if votes[tag] >= 0.5 * votes[best] and (votes[tag] > 0 or tag in allowed)]
    return likely[0] if len(likely) == 1 and len(expected) == 1 else ""


def _script(words: Sequence[str]) -> str:
    """Give the script of most letters, or an empty string where none has two thirds of them."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    counts = {
        "Arab": sum(
            "\u0600" <= one <= "\u06ff" or "\u0750" <= one <= "\u077f" or "\ufb50" <= one <= "\ufefc" for one in letters
        ),
        "Latn": sum(one <= "\u024f" or "\u1e00" <= one <= "\u1eff" for one in letters),
    }
    return next((script for script, count in counts.items() if count >= 3 and 3 * count >= 2 * len(letters)), "")


def _expected(hint: str, allowed: Sequence[str], script: str) -> tuple[str, ...]:
    """Give the languages of a script that the member writes in; of several the one that the feed says."""
    said = hint.strip().lower().replace("_", "-").split("-")[0]
    told = ("ckb" if script == "Arab" else "kmr") if said in ("ku", "kur") else _HINTS.get(said, said)
    own = tuple(tag for tag in allowed if _SCRIPTS.get(tag) == script)
    if told in own or (not own and _SCRIPTS.get(told) == script):
        return (told,)
    return own


def _arabic_votes(words: Sequence[str]) -> dict[str, float] | None:
    """Give how much speaks for each language in Arabic letters, or None where it is none of ours."""
    letters = "".join(words)
    if sum(letter in STRANGE for letter in letters) * 40 > len(letters):
        return None
    votes = dict.fromkeys(_BY_SCRIPT["Arab"], 0.0)
    for word in words:
        marks = set(word)
        for tag, listed in WORDS.items():
            if word in listed and tag in votes:
                votes[tag] += 1
        if marks & SORANI or re.search("ه\u200c(?!ا)", word):
            votes["ckb"] += 1
        elif marks & PERSO:
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


def _latin_votes(words: Sequence[str]) -> dict[str, float] | None:
    """Give how much speaks for each language in Latin letters, or None where it is none of ours."""
    votes = dict.fromkeys(_BY_SCRIPT["Latn"], 0.0)
    strange = 0.0
    for word in words:
        for tag, listed in WORDS.items():
            if word in listed and tag in votes:
                votes[tag] += 1
        marks = set(word)
        strange += (word in STRANGERS) + bool(marks & STRANGE_LATIN) + ("ö" in marks or "ü" in marks) * 0.6
        votes["kmr"] += (
            ("ş" in marks) * 0.7 + bool(marks & (KURMANJI - {"ş", "ç"})) * 0.7 + ("x" in word[:1] or "q" in word[:1]) * 0.3
        )
        votes["fr"] += (
            bool(marks & set("éèàùœ")) * 0.8 + bool(re.search("(?:tion|ment|eur|euse|ais|ait|eux|oir)s?$", word)) * 0.3
        )
        votes["en"] += bool(re.search("(?:ing|tion|ness|ly|ed|ight|ould)s?$|^wh|th|'s$", word)) * 0.4 + ("w" in word) * 0.2
    return None if strange > max(votes.values()) or (strange >= 2 and 2 * strange > max(votes.values())) else votes


def _modelled(text: str, script: str) -> str:
    """Give what the model takes a text for, or an empty string where it doubts or isn't installed."""
    model = _model()
    if model is None:
        return ""
    tag, sure = model.classify(text)
    told = ("ckb" if script == "Arab" else "kmr") if tag in ("ku", "sdh") else _MODEL_TAGS[tag]
    return told if sure >= _SURE and _SCRIPTS[told] == script else ""


@cache
def _model() -> Any:
    """Give py3langid's model, kept to our languages, or None where it is not installed: letters and words tell most."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(["ar", "fa", "sdh", "ku", "fr", "en"])
    return model
