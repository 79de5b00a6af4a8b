"""Rules on the title and headings: a repeated title, a bold line in place of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Edit, Finding, fix_hint
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import OPAQUE
from jisr.checks.phrases import Phrases, normalize_phrase

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
    """Find a first line that repeats the title. It is fixed where more text follows."""
    lines = page.lines
    filled_lines = [index for index, one in enumerate(lines) if one[1].strip()]
    title = normalize_phrase(page.field_text("title"))
    if not filled_lines or not title:
        return
    index = filled_lines[0]
    start, line, words = lines[index]
    if words.startswith(OPAQUE) or len(line) > _MAX_TITLE or normalize_phrase(_INLINE_MARKS.sub("", line)) != title:
        return
    next_index = index + 1
    if next_index < len(lines) and lines[next_index][1].strip() and _UNDERLINE.fullmatch(lines[next_index][1]):
        next_index += 1
    elif next_index < len(lines) and lines[next_index][1].strip() and not line.lstrip().startswith("#"):
        return  # the paragraph goes on, so the title is a part of its sentence
    while next_index < len(lines) and not lines[next_index][1].strip():
        next_index += 1
    edit = Edit(start, lines[next_index][0], "") if next_index < len(lines) else None
    yield Finding(start, "title", REPEATED_TITLE, {"value": line.strip(), "mended": fix_hint(edit)}, edit)


def bold_headings(page: MaskedFile, phrases: Phrases) -> Iterator[Finding]:
    """Find each paragraph that is a single bold line with others below it: it looks like a heading, and is not marked as one.

    A label is not meant as a heading: an editor who fills it in adds a value after it.
    """
    lines, title = page.lines, normalize_phrase(page.field_text("title"))
    for index, (start, line, words) in enumerate(lines):
        bold = _BOLD.fullmatch(line)
        if bold is None or words.startswith(OPAQUE) or normalize_phrase(bold["words"]) == title:
            continue
        alone = (index == 0 or not lines[index - 1][1].strip()) and index + 1 < len(lines) and not lines[index + 1][1].strip()
        heading = bold["words"].strip()
        fits = len(heading.split()) <= _MAX_WORDS and not _SENTENCE.search(heading) and not heading.startswith(_OPENING_QUOTES)
        fits = fits and normalize_phrase(heading) not in phrases.labels | phrases.contacts
        if alone and fits and any(one[1].strip() for one in lines[index + 1 :]):
            values = {"value": line.strip(), "right": f"## {heading.rstrip(':：').strip()}"}
            yield Finding(start, "heading", BOLD_HEADING, values)
