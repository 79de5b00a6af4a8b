"""Context of the validation of one file's front matter, and suggestions for misspelled words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import field
from typing import Any

from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.language_names import find_language_tag
from jisr.core.i18n.languages import Language, Languages


@dataclass(frozen=True, slots=True)
class Reference:
    """A file or another text that a field names, looked up when all texts have been read."""

    kind: str  # empty: a file of the bundle
    name: str
    field: str
    place: SourceLocation


@dataclass(slots=True)
class FrontMatterValidation:
    """The results of validating the front matter of one file: values and places by field, references, problems."""

    language: Language
    languages: Languages
    values: dict[str, Any] = field(default_factory=dict)
    locations: dict[str, SourceLocation] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_translation: bool = False  # the file has a ``translation`` field, in any line

    def error(self, place: SourceLocation, code: str, text: str, **values: object) -> None:
        """Add an error."""
        self.problems.append(Problem.error(place, code, text, **values))


def closest_match(word: str, words: Iterable[str]) -> str:
    """Return the closest match to a word among others, or an empty string.

    >>> closest_match("authrs", ["title", "authors"])
    'authors'
    """
    return next(iter(difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)), "")


def suggest_word(word: str, words: Iterable[str]) -> Phrase | str:
    """Return ``Did you mean "x"? `` with the closest match, or an empty string."""
    return did_you_mean(closest_match(word, words))


def did_you_mean(match: str) -> Phrase | str:
    """Return ``Did you mean "x"? ``, or an empty string without a match."""
    return phrase('Did you mean "{match}"? ', match=match) if match else ""


def suggest_language_tag(tag: str, tags: Iterable[str]) -> Phrase | str:
    """Return the hint for a tag that is no language of the site; ``ku`` may be any Kurdish, so it is never one.

    >>> print(str(suggest_language_tag("ku", ["ar", "ckb", "kmr"])).strip())
    Kurdish is ckb (Sorani) or kmr (Kurmanji).
    """
    if tag.lower() in ("ku", "kur", "kurdish"):
        return phrase("Kurdish is ckb (Sorani) or kmr (Kurmanji). ")
    known = list(tags)
    named = find_language_tag(tag.removeprefix("index.").removesuffix(".md"))
    return did_you_mean(named) if named in known and named != tag else suggest_word(tag, known)
