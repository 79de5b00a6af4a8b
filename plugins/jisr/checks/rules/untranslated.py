"""A version against what it claims: that it says something, in its language, and not in the words of its original."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masking import LINKED, SYNTAX
from jisr.checks.source_text_positions import Manuscript
from jisr.core.i18n.script_detection import tongue

_COVERS = re.compile(f"[{SYNTAX}-{LINKED}]+")
_LETTER = re.compile(r"[^\W\d_]")
_PARAGRAPH = re.compile(r"(?<![^\r\n])(?:[ \t\u00a0]*+\S[^\r\n]*+(?:\r\n|\r|\n|\Z))+")
_TOLD_APART = ("en", "ar", "ckb", "kmr", "fr")
_SURE = 60
"""Letters of a body, or words of another language in a row, that make a language certain."""
_SAME = 40

EMPTY = "The text has a title and no words below it. Write some, or let it be a draft: status: draft."
OTHER_TONGUE = (
    '"{value}" is not in the language of the file\'s name ({tag}), but in {spoken}. Rename the file, or translate the text.'
)
UNTRANSLATED = (
    '"{value}" stands as in the version that this one translates. Translate it, or let the text be a draft: status: draft.'
)


def empty_bodies(page: Manuscript) -> Iterator[Finding]:
    """Give the body of a text that says nothing, not even in code, a picture or a table."""
    if not re.search(r"[^\W_]", page.text[page.body :]):
        yield Finding(page.front[1], "body", EMPTY)


def other_tongues(page: Manuscript) -> Iterator[Finding]:
    """Give the first words of a body that is in another language than its file's name says, where that is certain.

    Certain: each paragraph of a line's length that tells its language tells the same other one, and they have letters enough.
    """
    own = page.language.tag.partition("-")[0]
    if own not in _TOLD_APART or page.language.script != ("Arab" if own in ("ar", "ckb") else "Latn"):
        return
    told: dict[str, int] = {}
    begin = 0
    for at, words in paragraphs(page):
        letters = len(_LETTER.findall(words))
        spoken = tongue(words)
        if spoken and letters > _SURE // 3:
            told[spoken] = told.get(spoken, 0) + letters
            begin = begin or at
    if len(told) == 1 and own not in told and next(iter(told.values())) >= _SURE:
        values = {"value": _shown(page, begin), "tag": page.language.tag, "spoken": next(iter(told))}
        yield Finding(begin, "tongue", OTHER_TONGUE, values)


def untranslated(page: Manuscript, source: Manuscript) -> Iterator[Finding]:
    """Give each paragraph of a translation that stands letter by letter in the version it was made from.

    Short ones may be names and titles; what is not in that version's own language either is a quotation.
    """
    known = {_plain(words) for _, words in paragraphs(source)}
    theirs = source.language.tag.partition("-")[0]
    for at, words in paragraphs(page):
        plain = _plain(words)
        if plain in known and len(_LETTER.findall(plain)) >= _SAME and tongue(plain) == theirs:
            yield Finding(at, "untranslated", UNTRANSLATED, {"value": _shown(page, at)})


def paragraphs(page: Manuscript) -> Iterator[tuple[int, str]]:
    """Give the words of each paragraph of a body, and where they begin."""
    for found in _PARAGRAPH.finditer(page.words, page.body):
        words = _COVERS.sub(" ", found[0])
        if words.strip():
            yield found.start() + len(found[0]) - len(found[0].lstrip(f" \t\u00a0{SYNTAX}")), words


def _plain(words: str) -> str:
    return " ".join(words.split())


def _shown(page: Manuscript, at: int) -> str:
    """Give the beginning of a paragraph: some words, as typed."""
    line = re.compile(r"[^\r\n]*").match(page.text, at)
    return " ".join((line[0] if line else "").split()[:8])
