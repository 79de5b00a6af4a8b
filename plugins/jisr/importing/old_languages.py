"""The language of a text of an old site: by the code that its system has, by its address, by its words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs

from jisr.importing.old_site import split_url

_NAMES = {
    "sorani": "ckb", "kurmanji": "kmr", "arabic": "ar", "english": "en", "french": "fr", "cpb": "ckb", "ara": "ar", "eng": "en",
    "fra": "fr", "fre": "fr", "ku-arab": "ckb", "ku-iq": "ckb", "ku-tr": "kmr", "ku-latn": "kmr", "sdh": "ckb",
}  # fmt: skip
_KURDISH = ("ku", "kur", "kurdish")
_MOST_WORDS = 2000  # characters


def tag_of_locale(locale: str, tags: Sequence[str], words: str = "") -> str:
    """Return the tag of this site for a locale or code of another system; its own tag where this site does not have it.

    Kurdish alone is Sorani or Kurmanji, by the letters of the words.

    >>> tags = ("en", "ar", "ckb", "kmr")
    >>> [tag_of_locale(one, tags) for one in ("ar_IQ", "ckb", "en-US", "ku_TR", "de_DE")]
    ['ar', 'ckb', 'en', 'kmr', 'de']
    >>> tag_of_locale("ku", tags, "سڵاو لە هەمووان"), tag_of_locale("ku", tags, "Silav ji hemûyan re")
    ('ckb', 'kmr')
    """
    code = locale.strip().replace("_", "-")
    lower = code.lower()
    exact = next((tag for tag in tags if tag.lower() == lower), "")
    if exact:
        return exact
    if lower in _NAMES:
        return _NAMES[lower]
    first = lower.partition("-")[0]
    if first in _KURDISH:
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in words)
        return "ckb" if arabic * 2 > sum(map(str.isalpha, words)) else "kmr"
    return next((tag for tag in tags if tag.lower() == first), _NAMES.get(first, first))


def language_of_address(url: str, home: str, tags: Sequence[str]) -> str:
    """Return the language that an address names, in its first step or as ``lang=``; empty where it names none.

    >>> language_of_address("https://example.org/b/ar/x/", "https://example.org/b", ("en", "ar"))
    'ar'
    """
    parts, root = split_url(url), split_url(home).path.rstrip("/")
    stated = parse_qs(parts.query).get("lang", [""])[0]
    step = parts.path.removeprefix(root).strip("/").partition("/")[0]
    found = [tag_of_locale(one, tags) for one in (stated, step) if one and len(one) <= 8]
    return next((one for one in found if one in tags), "")


def language_of_words(words: str, tags: Sequence[str], hint: str = "") -> str:
    """Return the language of words, one of the site's; empty where they are too few to tell."""
    from jisr.ingest.language.identification import identify

    found = identify(words[:_MOST_WORDS], hint, tags)
    return found.tag if found.tag in tags and not found.doubt else ""
