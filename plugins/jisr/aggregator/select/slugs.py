"""The ids of posts: readable folder names, permanent, and unique among the member's posts and reserved paths."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from slugify import slugify

from jisr.core.i18n.transliteration import transliterate
from jisr.core.urls.paths import DEVICE_NAMES, RESERVED_SEGMENTS

MAX_SLUG_LENGTH = 60  # characters: URLs stay readable, and names below the limits of file systems
_RESERVED = RESERVED_SEGMENTS | DEVICE_NAMES
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|md|amp)$", re.IGNORECASE)
_DATE = re.compile(r"[\d/-]*")
_GENERIC_SEGMENTS = frozenset(
    ["index", "post", "posts", "article", "articles", "blog", "entry", "view", "node", "archives", "amp", "p"]
)


def make_post_id(link: str, title: str, day: str, used_ids: Collection[str]) -> str:
    """Return the id of a new post: from its link where that has words, else from its title, else from its day.

    Arabic and Kurdish letters become Latin ones by ``core/i18n/transliteration.py``.
    ``day`` is as ``2012-02-09``.

    >>> make_post_id("https://example.org/2012/02/river-walk.html", "نزهة", "2012-02-09", ())
    'river-walk'
    >>> make_post_id("https://example.org/?p=7", "نزهة على النهر", "2012-02-09", ())
    'nzha-ala-al-nhr'
    >>> make_post_id("", "☀", "2012-02-09", {"2012-02-09", "2012-02-09-2"})
    '2012-02-09-3'
    >>> make_post_id("https://example.org/page", "Page", "2012-02-09", ())
    'page-2012-02-09'
    """
    stem = _slug_from_link(link) or _slugify_text(title) or day
    if stem in _RESERVED:
        stem = f"{stem}-{day}"
    number, candidate = 1, stem
    while candidate in used_ids:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _slug_from_link(link: str) -> str:
    """Return the last segment of a link's path that has words, as a slug; a percent-encoded title is one, a number is none."""
    try:
        path = unquote(urlsplit(link).path)
    except ValueError:
        return ""
    for part in reversed(path.split("/")):
        words = _EXTENSION.sub("", part)
        slug = _slugify_text(words)
        if not _DATE.fullmatch(words) and slug not in _GENERIC_SEGMENTS and re.search("[a-z]{2}", slug):
            return slug
    return ""


def _slugify_text(text: str) -> str:
    """Return the slug of a text, truncated between words; empty for a text without words."""
    slug = slugify(transliterate(text), max_length=MAX_SLUG_LENGTH, word_boundary=True, save_order=True)
    return re.sub("-+", "-", slug).strip("-")
