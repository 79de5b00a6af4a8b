"""How a body begins and is divided: a title that stands twice, a bold line where a heading should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding, remedy
from jisr.checks.masking import OPAQUE
from jisr.checks.phrases import Phrases, normalize_phrase
from jisr.checks.source_text_positions import MaskedFile

_INLINE_MARKS = re.compile(r"^\s*#{1,6}(?=\s)|\s#+\s*$|[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<words>[^*_]{1,80}?)(?P=mark)[:：]?\s*")
_SENTENCE = re.compile(r"[.؟?!…,،;؛]\W*$")
_OPENING_QUOTES = ("«", "“", '"', "‘", "'", "„", "(")
_MAX_WORDS = 12
_MAX_TITLE = 500

REPEATED_TITLE = '"{value}" is the title, which the page shows already. Take the line out.{mended}'
BOLD_HEADING = '"{value}" is a heading in bold. Write "{right}", so that readers who listen can find it.'


def repeated_title(page: MaskedFile) -> Iterator[Finding]:
    """Return the first line of a body that says the title once more; where nothing else is said it stays."""
    lines = page.lines
    filled = [place for place, one in enumerate(lines) if one[1].strip()]
    title = normalize_phrase(page.field_text("title"))
    if not filled or not title:
        return
    place = filled[0]
    begin, line, words = lines[place]
    if words.startswith(OPAQUE) or len(line) > _MAX_TITLE or normalize_phrase(_INLINE_MARKS.sub("", line)) != title:
        return
    rest = place + 1
    if rest < len(lines) and lines[rest][1].strip() and _UNDERLINE.fullmatch(lines[rest][1]):
        rest += 1
    elif rest < len(lines) and lines[rest][1].strip() and not line.lstrip().startswith("#"):
        return  # the paragraph goes on, so the title is a part of its sentence
    while rest < len(lines) and not lines[rest][1].strip():
        rest += 1
    edit = Edit(begin, lines[rest][0], "") if rest < len(lines) else None
    yield Finding(begin, "title", REPEATED_TITLE, {"value": line.strip(), "mended": remedy(edit)}, edit)


def bold_headings(page: MaskedFile, phrases: Phrases) -> Iterator[Finding]:
    """Return each paragraph of a single bold line that others follow: no heading, though it looks like one.

    A label is none either: somebody who fills it in puts a value behind it.
    """
    lines, title = page.lines, normalize_phrase(page.field_text("title"))
    for place, (begin, line, words) in enumerate(lines):
        found = _BOLD.fullmatch(line)
        if found is None or words.startswith(OPAQUE) or normalize_phrase(found["words"]) == title:
            continue
        alone = (place == 0 or not lines[place - 1][1].strip()) and place + 1 < len(lines) and not lines[place + 1][1].strip()
        said = found["words"].strip()
        fits = len(said.split()) <= _MAX_WORDS and not _SENTENCE.search(said) and not said.startswith(_OPENING_QUOTES)
        fits = fits and normalize_phrase(said) not in phrases.labels | phrases.contacts
        if alone and fits and any(one[1].strip() for one in lines[place + 1 :]):
            yield Finding(begin, "heading", BOLD_HEADING, {"value": line.strip(), "right": f"## {said.rstrip(':：').strip()}"})
