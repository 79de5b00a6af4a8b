"""A version against what it claims: that it says something, in its language, and not in the words of its original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masking import LINKED, SYNTAX
from jisr.checks.source_text_positions import MaskedFile
from jisr.core.i18n.script_detection import detect_language

_MASKS = re.compile(f"[{SYNTAX}-{LINKED}]+")
_LETTER = re.compile(r"[^\W\d_]")
_PARAGRAPH = re.compile(r"(?<![^\r\n])(?:[ \t\u00a0]*+\S[^\r\n]*+(?:\r\n|\r|\n|\Z))+")
_DETECTABLE_LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
_MIN_LETTERS = 60
"""Letters of a body, or words of another language in a row, that make a language certain."""
_MIN_COPIED_LETTERS = 40

EMPTY_BODY = "The text has a title and no words below it. Write some, or let it be a draft: status: draft."
WRONG_LANGUAGE = (
    '"{value}" is not in the language of the file\'s name ({tag}), but in {spoken}. Rename the file, or translate the text.'
)
UNTRANSLATED_PARAGRAPH = (
    '"{value}" stands as in the version that this one translates. Translate it, or let the text be a draft: status: draft.'
)


def empty_bodies(page: MaskedFile) -> Iterator[Finding]:
    """Return the body of a text that says nothing, not even in code, a picture or a table."""
    if not re.search(r"[^\W_]", page.text[page.body_start :]):
        yield Finding(page.front_matter[1], "body", EMPTY_BODY)


def wrong_language(page: MaskedFile) -> Iterator[Finding]:
    """Return the first words of a body that is in another language than its file's name says, where that is certain.

    Certain: each paragraph of a line's length that tells its language tells the same other one, and they have letters enough.
    """
    own = page.language.tag.partition("-")[0]
    if own not in _DETECTABLE_LANGUAGES or page.language.script != ("Arab" if own in ("ar", "ckb") else "Latn"):
        return
    told: dict[str, int] = {}
    begin = 0
    for at, words in paragraphs(page):
        letters = len(_LETTER.findall(words))
        spoken = detect_language(words)
        if spoken and letters > _MIN_LETTERS // 3:
            told[spoken] = told.get(spoken, 0) + letters
            begin = begin or at
    if len(told) == 1 and own not in told and next(iter(told.values())) >= _MIN_LETTERS:
        values = {"value": _paragraph_start(page, begin), "tag": page.language.tag, "spoken": next(iter(told))}
        yield Finding(begin, "tongue", WRONG_LANGUAGE, values)


def untranslated_paragraphs(page: MaskedFile, source: MaskedFile) -> Iterator[Finding]:
    """Return each paragraph of a translation that stands letter by letter in the version it was made from.

    Short ones may be names and titles; what is not in that version's own language either is a quotation.
    """
    known = {_collapse_spaces(words) for _, words in paragraphs(source)}
    theirs = source.language.tag.partition("-")[0]
    for at, words in paragraphs(page):
        plain = _collapse_spaces(words)
        if plain in known and len(_LETTER.findall(plain)) >= _MIN_COPIED_LETTERS and detect_language(plain) == theirs:
            yield Finding(at, "untranslated", UNTRANSLATED_PARAGRAPH, {"value": _paragraph_start(page, at)})


def paragraphs(page: MaskedFile) -> Iterator[tuple[int, str]]:
    """Return the words of each paragraph of a body, and where they begin."""
    for found in _PARAGRAPH.finditer(page.masked, page.body_start):
        words = _MASKS.sub(" ", found[0])
        if words.strip():
            yield found.start() + len(found[0]) - len(found[0].lstrip(f" \t\u00a0{SYNTAX}")), words


def _collapse_spaces(words: str) -> str:
    return " ".join(words.split())


def _paragraph_start(page: MaskedFile, at: int) -> str:
    """Return the beginning of a paragraph: some words, as typed."""
    line = re.compile(r"[^\r\n]*").match(page.text, at)
    return " ".join((line[0] if line else "").split()[:8])
