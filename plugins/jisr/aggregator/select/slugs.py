"""The ids of posts: readable folder names, permanent, and unique among the member's posts and reserved paths."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

from slugify import slugify

from jisr.core.i18n.transliteration import transliterate
from jisr.core.urls.file_names import name_fault
from jisr.core.urls.media_endings import ending_pattern
from jisr.core.urls.paths import RESERVED_SEGMENTS
from jisr.ingest.sanitize.media import names_file

MAX_SLUG_LENGTH = 60  # characters: URLs stay readable, and names below the limits of file systems
_EXTENSION = re.compile(rf"(?:\.(?:html?|php\d?|phtml|aspx?|jsp|cgi|pl|cfm|do|md|amp)|{ending_pattern()})$", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(?:php\d?|phtml|aspx?|jsp|cgi|pl|cfm|do)$", re.IGNORECASE)
_SMALL_PARAMETER = re.compile(r"m|lang|hl|amp|utm_.*|ref|source|share|fbclid|feed|format|view|cpage|replytocom", re.IGNORECASE)
_DATE = re.compile(r"[\d/-]*")
_GENERIC_SEGMENTS = frozenset(
    "index default home main post posts article articles blog blogs entry view show read node archives archive amp p s t watch "
    "spip shorts live embed video videos episode episodes story stories page pages news item items details detail content "
    "topic thread viewtopic viewpost showthread showpost permalink status statuses notes".split()
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
    if stem in RESERVED_SEGMENTS or name_fault(stem):
        stem = f"{stem}-{day}"
    number, candidate = 1, stem
    while candidate in used_ids:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def _slug_from_link(link: str) -> str:
    """Return the last segment of a link's path as a slug where that has words; one before it only if it has several.

    >>> _slug_from_link("https://example.org/2012/%D8%A8%D9%8A%D8%A7%D9%86/"), _slug_from_link("https://example.org/story.php?id=7")
    ('byan', '')
    """
    try:
        parts = urlsplit(link)
        path, query = unquote(parts.path), parts.query
    except ValueError:
        return ""
    is_last = True
    for part in reversed(path.split("/")):
        words = _EXTENSION.sub("", part)
        slug = _slugify_text(words)
        is_name = "-" in slug and len(re.findall("[a-z]{2,}", slug)) > 1
        is_word = is_last and not (names_file(part) or _is_program(part, query) or _is_code(words))
        if (
            not _DATE.fullmatch(words)
            and slug not in _GENERIC_SEGMENTS
            and re.search("[a-z]{2}", slug)
            and (is_name or is_word)
        ):
            return slug
        is_last = is_last and not words
    return ""


def _is_program(segment: str, query: str) -> bool:
    """Whether the last segment of a path is the name of a program, and what it shows stands in the query."""
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    return any(
        _EXTENSION.search(segment) is None or _PROGRAM.search(segment) for name in names if not _SMALL_PARAMETER.fullmatch(name)
    )


def _is_code(word: str) -> bool:
    """Whether a word is an id that a program made, as ``5fXk2aQ`` or ``c0ffee12``.

    >>> _is_code("5fXk2aQ"), _is_code("covid19"), _is_code("3f2a9c1e-77"), _is_code("@sara")
    (True, False, True, True)
    """
    turns = len(re.findall(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])", word))
    return word.startswith("@") or (turns > 1 and " " not in word)


def _slugify_text(text: str) -> str:
    """Return the slug of a text, truncated between words; empty for a text without words."""
    slug = slugify(transliterate(text), max_length=MAX_SLUG_LENGTH, word_boundary=True, save_order=True)
    return re.sub("-+", "-", slug).strip("-")
