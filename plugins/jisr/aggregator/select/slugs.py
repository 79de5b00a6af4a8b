"""The id of a post: a readable folder name, chosen once, that no other post of the member and no page has."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from slugify import slugify

from jisr.core.i18n.transliteration import romanised
from jisr.core.urls.paths import TAKEN

LONGEST = 60  # characters: a path of an address stays readable, and below what file systems take
_RESERVED = TAKEN | frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|md|amp)$", re.IGNORECASE)
_DATE = re.compile(r"[\d/-]*")
_SAYS_NOTHING = frozenset(
    ["index", "post", "posts", "article", "articles", "blog", "entry", "view", "node", "archives", "amp", "p"]
)


def name(link: str, title: str, day: str, taken: Collection[str]) -> str:
    """Give the id of a new post: from its link where that has words, else from its title, else from its day.

    Arabic and Kurdish letters become Latin ones as ``core/romanising.py`` has it.
    ``day`` is as ``2012-02-09``.

    >>> name("https://example.org/2012/02/river-walk.html", "نزهة", "2012-02-09", ())
    'river-walk'
    >>> name("https://example.org/?p=7", "نزهة على النهر", "2012-02-09", ())
    'nzha-ala-al-nhr'
    >>> name("", "☀", "2012-02-09", {"2012-02-09", "2012-02-09-2"})
    '2012-02-09-3'
    >>> name("https://example.org/page", "Page", "2012-02-09", ())
    'page-2012-02-09'
    """
    stem = _from_link(link) or _slug(title) or day
    if stem in _RESERVED:
        stem = f"{stem}-{day}"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found


def _from_link(link: str) -> str:
    """Give the last part of a link that has words, as a slug; a percent-encoded title is one, a number is none."""
    try:
        path = unquote(urlsplit(link).path)
    except ValueError:
        return ""
    for part in reversed(path.split("/")):
        words = _EXTENSION.sub("", part)
        slug = _slug(words)
        if not _DATE.fullmatch(words) and slug not in _SAYS_NOTHING and re.search("[a-z]{2}", slug):
            return slug
    return ""


def _slug(text: str) -> str:
    """Give the words of a text as an id, cut between words; a text without words gives an empty one."""
    slug = slugify(romanised(text), max_length=LONGEST, word_boundary=True, save_order=True)
    return re.sub("-+", "-", slug).strip("-")
