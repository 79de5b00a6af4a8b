"""Rules on links and pictures for readers with a screen reader: vague link text, missing alternative text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import LINKED, OPAQUE, SYNTAX
from jisr.checks.phrases import Phrases, normalize_phrase
from jisr.core.urls.recordings import find_film, recording_tag

_LINK = re.compile(rf"\[(?P<words>[^\[\]{LINKED}{OPAQUE}]{{1,60}}){LINKED}")
_TAG = re.compile(r"<a\b[^<>]*>(?P<words>[^<>]{1,60})</a\s*>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\](?=[(\[])")
_IMAGE_TAG = re.compile(r"<img\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_IMAGE_MARKUP = re.compile(r"!\[[^\[\]]*\](?:\([^()\r\n]*\)|\[[^\[\]\r\n]*\])")
_ALT = re.compile(r"""\balt\s*=\s*(?!""|''|\s|>)""", re.IGNORECASE)

VAGUE_LINK = '"{value}" does not say where the link leads. Link the words that name it, as the title of the text.'
MISSING_ALT = '"{value}" has no words for those who cannot see it. Describe the picture, as ![words](photo.jpg).'


def vague_links(page: MaskedFile, phrases: Phrases) -> Iterator[Finding]:
    """Find each link whose text does not name its target.

    See https://www.w3.org/WAI/WCAG22/quickref/#link-purpose-in-context.
    """
    for match in _LINK.finditer(page.masked, page.body_start):
        if normalize_phrase(match["words"].replace(SYNTAX, "")) in phrases.links:
            start, end = match.span("words")
            yield Finding(start, "link-text", VAGUE_LINK, {"value": page.text[start:end]})
    for match in _TAG.finditer(page.text, page.body_start):
        if page.masked[match.start()] == SYNTAX and normalize_phrase(match["words"]) in phrases.links:
            yield Finding(match.start("words"), "link-text", VAGUE_LINK, {"value": match["words"]})


def _is_played(markup: str) -> bool:
    """Whether what is written as a picture is a recording or film, which needs no words for those who cannot see it."""
    target = (markup.partition("](")[2].rstrip(")").split() or [""])[0].strip("<>")
    return bool(recording_tag(target) or find_film(target))


def images_without_alt(page: MaskedFile) -> Iterator[Finding]:
    """Find each picture of a body without alternative text."""
    for match in _IMAGE.finditer(page.text, page.body_start):
        if page.masked[match.start()] == SYNTAX and not match["alt"].strip():
            markup = (_IMAGE_MARKUP.match(page.text, match.start()) or match)[0]
            if not _is_played(markup):
                yield Finding(match.start(), "alt", MISSING_ALT, {"value": markup})
    for match in _IMAGE_TAG.finditer(page.text, page.body_start):
        if page.masked[match.start()] == SYNTAX and not _ALT.search(match["attributes"]):
            yield Finding(match.start(), "alt", MISSING_ALT, {"value": match[0]})
