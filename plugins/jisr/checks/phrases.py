"""Phrase lists of the languages, a file each: vague link texts, and labels that need a value."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import yaml

from jisr.core.frozen import dataclass

PHRASE_FOLDER = Path(__file__).parent / "words"
_IGNORED_CHARACTERS = re.compile("[\u064b-\u0652\u0640\u200c\u200e\u200f]")
_EDGE_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Normalized phrases of all languages: a link may be in another language than the text around it."""

    links: frozenset[str]
    contacts: frozenset[str]  # labels that need an address or a number
    labels: frozenset[str]  # labels that words may follow


def normalize_phrase(text: str) -> str:
    """Return a phrase for comparison: case folded, without signs at its ends, short vowels and tatweel.

    >>> normalize_phrase(" اضغـط  هُنا… »"), normalize_phrase("Read More →")
    ('اضغط هنا', 'read more')
    """
    plain = _IGNORED_CHARACTERS.sub("", unicodedata.normalize("NFC", text)).casefold()
    return _EDGE_SIGNS.sub("", " ".join(plain.split()))


def load_phrases() -> Phrases:
    """Load the phrases of ``words/``. They are not cached: a phrase that an editor adds has an effect at once."""
    lists = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(PHRASE_FOLDER.glob("*.yaml"))]
    kinds = ("links", "contacts", "labels")
    return Phrases(*(frozenset(normalize_phrase(phrase) for phrases in lists for phrase in phrases[kind]) for kind in kinds))
