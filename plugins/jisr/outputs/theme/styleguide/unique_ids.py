"""A sample among samples: what a page has once stands here once a language, so ids and heading levels are settled anew."""

from __future__ import annotations

import re

from markupsafe import Markup

FIRST_LEVEL = 4  # the page has h1, a language h2, a group of samples h3

_TAG = re.compile(r"<[a-z][^<>]*>")
_ID = re.compile(r'(?<=\sid=")[^"]+')
_ID_REFERENCE = re.compile(r'(?<=\s)(for|href|aria-(?:labelledby|describedby|controls))="(#?)([^"]+)"')
_HEADING = re.compile(r"<h([1-6])\b")


def make_ids_unique(html: Markup, end: str) -> Markup:
    """Return a sample with ``end`` after each of its ids, and with its headings one below the other from level 4 on.

    Ids keep their beginnings, which styles know. The elements of headings stay, and so their looks; ``aria-level`` says
    where they stand on this page (https://www.w3.org/TR/wai-aria-1.2/#aria-level).

    >>> make_ids_unique(Markup('<h1 id="r1">بيان</h1><h3>قرار</h3><a href="#r1">1</a>'), "ar")
    Markup('<h1 aria-level="4" id="r1-ar">بيان</h1><h3 aria-level="5">قرار</h3><a href="#r1-ar">1</a>')
    """
    tags = _TAG.findall(html)
    ids = {one for tag in tags for one in _ID.findall(tag)}
    levels = sorted({int(level) for tag in tags for level in _HEADING.findall(tag)})

    def settle(found: re.Match[str]) -> str:
        tag = _ID.sub(lambda one: f"{one[0]}-{end}", found[0])
        tag = _ID_REFERENCE.sub(lambda one: _rewrite_reference(one, ids, end), tag)
        return _HEADING.sub(lambda one: f'<h{one[1]} aria-level="{FIRST_LEVEL + levels.index(int(one[1]))}"', tag)

    return Markup(_TAG.sub(settle, str(html)))  # noqa: S704 (rendered by our templates)


def _rewrite_reference(found: re.Match[str], ids: set[str], end: str) -> str:
    name, mark, target = found.groups()
    if name == "href" and not mark:
        return found[0]
    named = " ".join(f"{one}-{end}" if one in ids else one for one in target.split())
    return f'{name}="{mark}{named}"'
