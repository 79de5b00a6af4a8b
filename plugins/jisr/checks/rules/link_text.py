"""Links and pictures that somebody who hears the page cannot use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.checks.lint_findings import Finding
from jisr.checks.masking import LINKED, OPAQUE, SYNTAX
from jisr.checks.phrases import Phrases, normalize_phrase
from jisr.checks.source_text_positions import MaskedFile

_LINK = re.compile(rf"\[(?P<words>[^\[\]{LINKED}{OPAQUE}]{{1,60}}){LINKED}")
_TAG = re.compile(r"<a\b[^<>]*>(?P<words>[^<>]{1,60})</a\s*>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\](?=[(\[])")
_IMAGE_TAG = re.compile(r"<img\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?!""|''|\s|>)""", re.IGNORECASE)

VAGUE_LINK = '"{value}" does not say where the link leads. Link the words that name it, as the title of the text.'
MISSING_ALT = '"{value}" has no words for those who cannot see it. Describe the picture, as ![words](photo.jpg).'


def vague_links(page: MaskedFile, phrases: Phrases) -> Iterator[Finding]:
    """Return each link whose words are the same wherever it leads.

    See https://www.w3.org/WAI/WCAG22/quickref/#link-purpose-in-context.
    """
    for found in _LINK.finditer(page.masked, page.body_start):
        if normalize_phrase(found["words"].replace(SYNTAX, "")) in phrases.links:
            begin, end = found.span("words")
            yield Finding(begin, "link-text", VAGUE_LINK, {"value": page.text[begin:end]})
    for found in _TAG.finditer(page.text, page.body_start):
        if page.masked[found.start()] == SYNTAX and normalize_phrase(found["words"]) in phrases.links:
            yield Finding(found.start("words"), "link-text", VAGUE_LINK, {"value": found["words"]})


def images_without_alt(page: MaskedFile) -> Iterator[Finding]:
    """Return each picture of a body whose words are missing."""
    for found in _IMAGE.finditer(page.text, page.body_start):
        if page.masked[found.start()] == SYNTAX and not found["alt"].strip():
            yield Finding(found.start(), "alt", MISSING_ALT, {"value": _image_markup(page.text, found.start())})
    for found in _IMAGE_TAG.finditer(page.text, page.body_start):
        if page.masked[found.start()] == SYNTAX and not _ALT.search(found["attributes"]):
            yield Finding(found.start(), "alt", MISSING_ALT, {"value": found[0]})


def _image_markup(text: str, at: int) -> str:
    """Return a picture as typed, with what it shows."""
    found = re.compile(r"!\[[^\[\]]*\](?:\([^()\r\n]*\)|\[[^\[\]\r\n]*\])").match(text, at)
    return found[0] if found else text[at : at + 4]
