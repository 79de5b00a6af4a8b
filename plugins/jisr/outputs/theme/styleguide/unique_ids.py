"""Ids and heading levels of samples: the page holds each sample once for each language, so ids must be made unique."""

from __future__ import annotations

import re

from markupsafe import Markup

FIRST_LEVEL = 4  # the page has h1, a language h2, a group of samples h3

_TAG = re.compile(r"<[a-z][^<>]*>")
_ID = re.compile(r'(?<=\sid=")[^"]+')
_ID_REFERENCE = re.compile(r'(?<=\s)(for|href|aria-(?:labelledby|describedby|controls))="(#?)([^"]+)"')
_HEADING = re.compile(r"<h([1-6])\b")


def make_ids_unique(html: Markup, suffix: str) -> Markup:
    """Return a sample with ``suffix`` after each of its ids, and with consecutive heading levels from 4 on.

    Ids keep their prefixes, which styles match. The elements of headings are kept, and so their styles; ``aria-level`` is
    their level on this page (https://www.w3.org/TR/wai-aria-1.2/#aria-level).

    >>> make_ids_unique(Markup('<h1 id="r1">بيان</h1><h3>قرار</h3><a href="#r1">1</a>'), "ar")
    Markup('<h1 aria-level="4" id="r1-ar">بيان</h1><h3 aria-level="5">قرار</h3><a href="#r1-ar">1</a>')
    """
    tags = _TAG.findall(html)
    ids = {one for tag in tags for one in _ID.findall(tag)}
    levels = sorted({int(level) for tag in tags for level in _HEADING.findall(tag)})

    def rewrite_tag(match: re.Match[str]) -> str:
        tag = _ID.sub(lambda one: f"{one[0]}-{suffix}", match[0])
        tag = _ID_REFERENCE.sub(lambda one: _rewrite_reference(one, ids, suffix), tag)
        return _HEADING.sub(lambda one: f'<h{one[1]} aria-level="{FIRST_LEVEL + levels.index(int(one[1]))}"', tag)

    return Markup(_TAG.sub(rewrite_tag, str(html)))  # noqa: S704 (rendered by our templates)


def _rewrite_reference(match: re.Match[str], ids: set[str], suffix: str) -> str:
    name, mark, target = match.groups()
    if name == "href" and not mark:
        return match[0]
    references = " ".join(f"{one}-{suffix}" if one in ids else one for one in target.split())
    return f'{name}="{mark}{references}"'
