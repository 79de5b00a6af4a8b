"""Language identification: by letters and stop words, then by a model, never by the declared language alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import dropwhile
from typing import Any, Literal

from jisr.core.frozen import dataclass
from jisr.core.urls.media_endings import ending_pattern
from jisr.ingest.language.model_file import load_identifier
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
_FILE = ending_pattern()
_FENCES = r"```.*?```"
_CAPTIONS = (
    # Pictures, links to them, and links whose words are the name of a file or an address: captions and names are no text.
    rf"!\[[^\]]*\]\([^)]*\)|\[[^\]]*\]\([^)\s]*{_FILE}\b[^)]*\)|\[[^\]\s]*(?:{_FILE}|://[^\]\s]*)\]\([^)]*\)"
    # Codes of platforms: [gallery ids="1,2"], [/caption], {{< youtube x >}}, {% embed x %}.
    r"|\\?\[/?[a-z][a-z0-9_-]*(?:\s[^\[\]]*=[^\[\]]*|\s*/)?\\?\](?!\()|\{\{.*?\}\}|\{%.*?%\}"
)
_LINK_SIGNS = r"\[(?=[^\]]*\]\()|\]\([^)\s]*(?:\s[^)]*)?\)"
_ADDRESSES = r"https?://\S+|www\.\S+|[^\s@]{1,64}@[^\s@.]{1,63}\.\S+"
_NON_PROSE = re.compile(
    rf"{_FENCES}|`[^`\n]*`|{_CAPTIONS}|{_LINK_SIGNS}|<[^>\s][^>]*>|{_ADDRESSES}|(?<!\w)@\w[\w.]*|&\w+;"
    rf"|(?<![\w%.-])[\w%.-]+{_FILE}\b|\b[A-Za-z]+[_\d][\w-]*"
    r"|(?<![\w-])[\w-]+\.(?:com|org|net|info|edu|gov|iq|fr|krd|tv|me)\b",
    re.DOTALL | re.IGNORECASE,
)
_NO_TEXT = re.compile(rf"{_FENCES}|{_CAPTIONS}|(?P<signs>{_LINK_SIGNS})|{_ADDRESSES}", re.DOTALL | re.IGNORECASE)
_SIGNS = re.compile(
    r"^-{3,}$|^[>\s]*(?:#{1,6}\s|[-*]\s|:\s|\|[\s|:-]*$)|^[>\s]+|\s*\{:[^{}\n]*\}\s*$|\\$|^\|\s|\s\|$"
    r"|(?<!\\)(?:[*`]+|~~)|(?<![\w\\])_+(?=\S)|(?<=[^\s\\])_+(?!\w)",
    re.MULTILINE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670\u200c\u0640])*")
_MIN_WORDS = 3
_MAX_CHARACTERS = 4000  # of a text that are analysed: its first page
_MIN_CONFIDENCE = 0.8
_MIN_PART = 5  # words of a text in several languages, in one of them
_MEMBER_PART = 0.25  # of the letters of a text, from which one of the languages of its member decides
_FEW_WORDS = 8
_LONGEST_START = 120  # characters

Doubt = Literal["", "wordless", "short", "mixed", "foreign"]


@dataclass(frozen=True, slots=True)
class Identification:
    """The language of a text, or why it is uncertain: no words, too few, several languages, or one that is not known here."""

    tag: str
    doubt: Doubt = ""


def prose_words(text: str) -> list[str]:
    """Return the words of a Markdown text without addresses, code and markup.

    >>> prose_words("نووسینی [پێنووس](https://example.org/x) `code` 7")
    ['نووسینی', 'پێنووس']
    """
    return _WORD.findall(unicodedata.normalize("NFC", _NON_PROSE.sub(" ", text)))


def first_words(text: str, count: int) -> str:
    r"""Return the first words of a Markdown text as they are written, with "…" where more follow.

    >>> first_words(r"**3,500 kes** li [Hewlêrê](https://example.org/h), 8.5% bêtir \[çavkanî\].", 9)
    '3,500 kes li Hewlêrê, 8.5% bêtir [çavkanî]'
    >>> first_words("Hişyarî\n\n---\n\n14 mamoste", 9)
    'Hişyarî 14 mamoste'
    >>> first_words("> نزيكەی ٤٠٪ هاتن، زیاتر لە ١٢٬٠٠٠ کەس، ئەمڕۆ!", 7)
    'نزيكەی ٤٠٪ هاتن، زیاتر لە ١٢٬٠٠٠ کەس…'
    """
    prose = _NO_TEXT.sub(lambda match: "" if match["signs"] else " ", text[:_MAX_CHARACTERS])
    prose = _ESCAPE.sub(r"\1", _SIGNS.sub("", prose.replace("&#123;", "{").replace("&nbsp;", " ")))
    words = list(dropwhile(lambda word: not any(map(str.isalnum, word)), prose.split()))
    start = " ".join(words[:count])
    if len(words) > count or len(start) > _LONGEST_START:
        return start[:_LONGEST_START].rstrip(" .,،;؛:") + "…"
    return start.removesuffix(".").rstrip()


def detect_language(text: str, hint: str, member_languages: Sequence[str]) -> str:
    """Return the language of a text: ar, ckb, kmr, fa, fr or en; an empty string where it is uncertain.

    >>> detect_language("لە گەڕەکەکەماندا ژوورێکی بچووک هەیە", "ar", ())
    'ckb'
    >>> detect_language("Azadî ji bo hemûyan", "tr", ()), detect_language("☀ 2012", "en", ("en",))
    ('kmr', '')
    """
    return identify(text, hint, member_languages).tag


def identify(text: str, hint: str, member_languages: Sequence[str]) -> Identification:
    """Return the language of a text, or why it is uncertain.

    ``hint`` is the tag in the feed, ``member_languages`` are the languages of the member. Neither overrules the text: an
    ambiguous text is in the expected language, and a text without evidence in the only language of its member with its
    script. A text in several languages is in one of its member's, else in that with most of its letters.
    """
    start = text[:_MAX_CHARACTERS]
    words = prose_words(start)
    scripts = {script: [word for word in words if _script_of(word) == script] for script in _BY_SCRIPT}
    script = _main_script(words, scripts)
    if script and _is_member_script(_other_script(script), scripts, member_languages):
        script = ""
    parts = _parts_of_script(start, script) if script else _parts_by_script(scripts, hint, member_languages)
    if not script or len(parts) > 1:
        if tag := _choose_part(parts, member_languages):
            return Identification(tag)
    elif tag := _detect_in_script(words, script, hint, member_languages):
        return Identification(tag)
    return Identification("", _explain_doubt(words, script, scripts))


def _explain_doubt(words: Sequence[str], script: str, scripts: Mapping[str, Sequence[str]]) -> Doubt:
    """Return why no language was found."""
    if not words:
        return "wordless"
    known = sum(map(len, scripts.values()))
    if 2 * known < len(words) or (script and _score(words, script) is None):
        return "foreign"
    if len(words) < _FEW_WORDS:
        return "short"
    return "mixed" if not script else "foreign"


def _other_script(script: str) -> str:
    return "Latn" if script == "Arab" else "Arab"


def _is_member_script(script: str, scripts: Mapping[str, Sequence[str]], member_languages: Sequence[str]) -> bool:
    """Whether a member writes in one script alone, and a text has a good part in it."""
    if {_SCRIPTS.get(tag) for tag in member_languages} != {script} or len(scripts[script]) < _MIN_PART:
        return False
    letters = {name: sum(map(len, words)) for name, words in scripts.items()}
    return letters[script] >= _MEMBER_PART * sum(letters.values())


def _choose_part(parts: Mapping[str, int], member_languages: Sequence[str]) -> str:
    """Return the language of a text by the letters that it has in each: the member's with most, else that with most."""
    total = sum(parts.values())
    expected = {tag: count for tag, count in parts.items() if tag in member_languages and count >= _MEMBER_PART * total}
    candidates = expected or parts
    return max(candidates, key=lambda tag: (candidates[tag], tag), default="")


def _parts_by_script(scripts: Mapping[str, Sequence[str]], hint: str, member_languages: Sequence[str]) -> dict[str, int]:
    """Return the numbers of letters of the languages of a text in two scripts, of those in which it has some words."""
    parts = {}
    for script, words in scripts.items():
        if len(words) >= _MIN_PART and (tag := _detect_in_script(words, script, hint, member_languages)):
            parts[tag] = sum(map(len, words))
    return parts


def _parts_of_script(text: str, script: str) -> dict[str, int]:
    """Return the numbers of letters of the languages of a text in one script, where its paragraphs differ in language."""
    parts: dict[str, int] = {}
    for paragraph in text.split("\n"):
        words = [word for word in prose_words(paragraph) if _script_of(word) == script]
        votes = _score(words, script) if len(words) >= _MIN_PART else None
        if votes and (tag := _decisive(votes, len(words))):
            parts[tag] = parts.get(tag, 0) + sum(map(len, words))
    total = sum(parts.values())
    return parts if all(count >= _MEMBER_PART * total for count in parts.values()) else {}


def _detect_in_script(words: Sequence[str], script: str, hint: str, member_languages: Sequence[str]) -> str:
    """Return the language of words in a script, or an empty string where it is uncertain."""
    votes = _score(words, script)
    if votes is None:
        return ""
    if tag := _decisive(votes, len(words)):
        return tag
    expected = _expected_languages(hint, member_languages, script)
    best, second = sorted(votes, key=lambda tag: (votes[tag], tag), reverse=True)[:2]
    model_tag = _classify_by_model(" ".join(words), script) if len(words) >= _MIN_WORDS else ""
    if model_tag and votes[model_tag] > 0 and votes[model_tag] >= 0.6 * votes[best]:
        return model_tag
    if votes[best] > 0 and votes[best] >= 1.5 * votes[second] and (best in expected or votes[best] >= 1.5):
        return best
    likely = [tag for tag in expected if votes[tag] >= 0.5 * votes[best] and (votes[tag] > 0 or tag in member_languages)]
    return likely[0] if len(likely) == 1 and len(expected) == 1 else ""


def _decisive(votes: Mapping[str, float], count: int) -> str:
    """Return the language that the words of a text decide, or an empty string."""
    best, second = sorted(votes, key=lambda tag: (votes[tag], tag), reverse=True)[:2]
    return best if votes[best] >= max(2.0, 0.12 * count) and votes[best] >= 2 * votes[second] else ""


def _score(words: Sequence[str], script: str) -> dict[str, float] | None:
    return _score_arabic_script(words) if script == "Arab" else _score_latin_script([word.casefold() for word in words])


def _script_of(word: str) -> str:
    """Return the script of a word by its first letter: Arab, Latn, or an empty string for any other."""
    letter = word[0]
    if "\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f" or "\ufb50" <= letter <= "\ufefc":
        return "Arab"
    return "Latn" if letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff" else ""


def _main_script(words: Sequence[str], scripts: Mapping[str, Sequence[str]]) -> str:
    """Return the script of at least two thirds of the letters, or an empty string.

    Beside words of Arabic script Latin ones with a capital are names and brands, which say nothing of the language.
    """
    arabic, latin = sum(map(len, scripts["Arab"])), sum(map(len, scripts["Latn"]))
    total = sum(map(len, words))
    if len(scripts["Arab"]) >= _MIN_WORDS:
        names = sum(len(word) for word in scripts["Latn"] if word[0].isupper())
        latin, total = latin - names, total - names
    counts = {"Arab": arabic, "Latn": latin}
    return next((script for script, count in counts.items() if count >= 3 and 3 * count >= 2 * total), "")


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
        return load_identifier(("ar", "fa", "sdh", "ku", "fr", "en"))
    except ImportError:
        return None
