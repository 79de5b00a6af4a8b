"""Phrases of the languages, from a file for each: links that say nothing, labels that want a value."""

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
    """Phrases as they are compared, of all languages: a link may be in another one than the text around it."""

    links: frozenset[str]
    contacts: frozenset[str]  # labels that want an address or a number
    labels: frozenset[str]  # labels that words may follow


def normalize_phrase(text: str) -> str:
    """Return a phrase as it is compared: in one case, without signs at its ends, short vowels and lengthening.

    >>> normalize_phrase(" اضغـط  هُنا… »"), normalize_phrase("Read More →")
    ('اضغط هنا', 'read more')
    """
    plain = _IGNORED_CHARACTERS.sub("", unicodedata.normalize("NFC", text)).casefold()
    return _EDGE_SIGNS.sub("", " ".join(plain.split()))


def load_phrases() -> Phrases:
    """Return the phrases of ``words/``, which are read anew: an editor who adds one sees it at once."""
    files = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(PHRASE_FOLDER.glob("*.yaml"))]
    kinds = ("links", "contacts", "labels")
    links, contacts, labels = (frozenset(normalize_phrase(phrase) for file in files for phrase in file[kind]) for kind in kinds)
    return Phrases(links, contacts, labels)
