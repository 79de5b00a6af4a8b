"""Rules on a version of a text: an empty body, another language than that of the file name, what is not translated yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import LINKED, SYNTAX
from jisr.core.i18n.script_detection import detect_language
from jisr.core.translation.blocks import TextBlock, normalize_block, version_blocks
from jisr.core.translation.gaps import COMMENT, Gap, find_gaps, is_copied_title

_MASKS = re.compile(f"[{SYNTAX}-{LINKED}]+")
_LETTER = re.compile(r"[^\W\d_]")
_PARAGRAPH = re.compile(r"(?<![^\r\n])(?:[ \t\u00a0]*+\S[^\r\n]*+(?:\r\n|\r|\n|\Z))+")
_DETECTABLE_LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
_MIN_LETTERS = 60
"""The least number of letters of a body, or of adjacent words in another language, for a certain detection."""
_MIN_COPIED_LETTERS = 40
_MAX_NAMED_GAPS = 5
"""Where more parts are missing, one message names the first of them."""

EMPTY_BODY = "The text has a title and no words below it. Write some, or let it be a draft: status: draft."
WRONG_LANGUAGE = (
    '"{value}" is not in the language of the file\'s name ({tag}), but in {spoken}. Rename the file, or translate the text.'
)
UNTRANSLATED_PARAGRAPH = (
    '"{value}" stands as in the version that this one translates. Translate it, or let the text be a draft: status: draft.'
)
MISSING_PART = (
    '"{value}" of {path}, line {line}, has no counterpart here ({number} of {total} such parts). Translate it, '
    "or let the text be a draft: status: draft."
)
MISSING_PARTS = (
    '"{value}" of {path}, line {line}, has no counterpart here, and so have {number} parts below it. Translate them, '
    "or let the text be a draft: status: draft."
)
EMPTY_CELL = 'The cell for "{value}" is empty. Write its translation there, or let the text be a draft: status: draft.'
COPIED_TITLE = '"{value}" is still the title of {path}. Translate it, or let the text be a draft: status: draft.'


def empty_bodies(page: MaskedFile) -> Iterator[Finding]:
    """Find a body without a word, in code, a picture or a table either."""
    if not re.search(r"[^\W_]", page.text[page.body_start :]):
        yield Finding(page.file.front_matter_end, "body", EMPTY_BODY)


def wrong_language(page: MaskedFile) -> Iterator[Finding]:
    """Find a body that is certainly in another language than that of its file name.

    Certain: all paragraphs of the length of a line with a detectable language have the same other one, and letters enough.
    """
    declared = page.language.tag.partition("-")[0]
    if declared not in _DETECTABLE_LANGUAGES or page.language.script != ("Arab" if declared in ("ar", "ckb") else "Latn"):
        return
    letter_counts: dict[str, int] = {}
    start = 0
    for offset, words in paragraphs(page):
        letters = len(_LETTER.findall(words))
        detected = detect_language(words)
        if detected and letters > _MIN_LETTERS // 3:
            letter_counts[detected] = letter_counts.get(detected, 0) + letters
            start = start or offset
    if len(letter_counts) == 1 and declared not in letter_counts and next(iter(letter_counts.values())) >= _MIN_LETTERS:
        values = {"value": _paragraph_start(page, start), "tag": page.language.tag, "spoken": next(iter(letter_counts))}
        yield Finding(start, "tongue", WRONG_LANGUAGE, values)


def untranslated_paragraphs(page: MaskedFile, source: MaskedFile) -> Iterator[Finding]:
    """Find each paragraph of a translation that is identical to one of the version it translates.

    Short ones may be names and titles; one that is not in the language of that version either is a quotation.
    """
    originals = {_collapse_spaces(words) for _, words in paragraphs(source)}
    source_language = source.language.tag.partition("-")[0]
    for offset, words in paragraphs(page):
        text = _collapse_spaces(words)
        if text in originals and len(_LETTER.findall(text)) >= _MIN_COPIED_LETTERS and detect_language(text) == source_language:
            yield Finding(offset, "untranslated", UNTRANSLATED_PARAGRAPH, {"value": _paragraph_start(page, offset)})


def copied_titles(page: MaskedFile, source: MaskedFile) -> Iterator[Finding]:
    """Find the title of the original in its translation; people and organisations may have one name in all languages."""
    title, original = (next((one for one in side.values if one.name == "title"), None) for side in (page, source))
    if title and original and is_copied_title(page.kind, title.text, original.text, source.language, page.language):
        yield Finding(title.start, "unfinished", COPIED_TITLE, {"value": title.text, "path": _file_name(source)})


def missing_parts(page: MaskedFile, source: MaskedFile) -> Iterator[Finding]:
    """Find each part of the original without a counterpart, and each empty cell; a body without a word is found as such."""
    original, target = _blocks(source), _blocks(page)
    if not any(block.kind not in ("title", "summary") for block in target):
        return
    gaps = find_gaps(original, target, page.file.body, page.scalars.get("translation.pin", ""))
    parts = [gap for gap in gaps if not gap.is_cell]
    for number, gap in enumerate(parts[:1] if len(parts) > _MAX_NAMED_GAPS else parts, 1):
        values = {"value": gap.words, "path": _file_name(source), "line": str(gap.block.line)}
        if len(parts) > _MAX_NAMED_GAPS:
            yield Finding(_gap_offset(page, gap), "unfinished", MISSING_PARTS, values | {"number": str(len(parts) - 1)})
        else:
            values |= {"number": str(number), "total": str(len(parts))}
            yield Finding(_gap_offset(page, gap), "unfinished", MISSING_PART, values)
    for gap in gaps:
        if gap.is_cell:
            yield Finding(page.file.line_starts[gap.line - 1], "unfinished", EMPTY_CELL, {"value": gap.words})


def _blocks(page: MaskedFile) -> tuple[TextBlock, ...]:
    return version_blocks(page.field_text("title"), page.field_text("summary"), page.file.body, page.file.body_line)


def _gap_offset(page: MaskedFile, gap: Gap) -> int:
    """Return the place of a missing part: a comment with the words of the original, else the block before it."""
    for comment in COMMENT.finditer(page.text, page.body_start):
        if gap.block.text in normalize_block(comment[1]):
            return comment.start()
    return page.file.line_starts[gap.line - 1] if gap.line else page.file.front_matter_end


def _file_name(page: MaskedFile) -> str:
    return f"index.{page.language.tag}.md"


def paragraphs(page: MaskedFile) -> Iterator[tuple[int, str]]:
    """Return the offset and words of each paragraph of a body."""
    for match in _PARAGRAPH.finditer(page.masked, page.body_start):
        words = _MASKS.sub(" ", match[0])
        if words.strip():
            yield match.start() + len(match[0]) - len(match[0].lstrip(f" \t\u00a0{SYNTAX}")), words


def _collapse_spaces(words: str) -> str:
    return " ".join(words.split())


def _paragraph_start(page: MaskedFile, offset: int) -> str:
    """Return the first words of a paragraph, as typed."""
    line = re.compile(r"[^\r\n]*").match(page.text, offset)
    return " ".join((line[0] if line else "").split()[:8])
