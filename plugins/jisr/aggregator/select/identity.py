"""Whether two posts are one: by guid, then by link, then by title and day, and what a blog's move leaves the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from jisr.core.frozen import dataclass
from jisr.ingest.language.letter_folding import normalize_text

_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|fb_.*|_hs(?:enc|mi)|pk_.*|mtm_.*|matomo_.*|at_(?:medium|campaign|custom\d*)|__twitter_impression"
    r"|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|twclid|ttclid|li_fat_id|oly_(?:anon|enc)_id|vero_id|wickedid"
    r"|ref|ref_src|ref_url|source|cmpid|ncid|s_cid|share|spm|_ga|_gl|amp",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class PostIdentity:
    """By what a post is known: all forms in which they are compared; an empty one says nothing."""

    guid: str = ""
    link: str = ""
    title: str = ""
    day: str = ""
    text_digest: str = ""

    @property
    def url_path(self) -> str:
        """The link without its host, which a blog's move keeps; empty for the root."""
        return self.link.partition("/")[2]


def canonical_url(link: str) -> str:
    """Return what is left of an address when scheme, ``www``, tracking, fragment and the last slash are gone.

    Letters of the path are decoded and in one normal form, so that the two ways to write an Arabic address are one.

    >>> canonical_url("http://www.Example.org:80/بيان/?utm_source=x&id=7#top")
    'example.org/بيان?id=7'
    >>> canonical_url("https://example.org/%D8%A8%D9%8A%D8%A7%D9%86?id=7") == canonical_url("http://example.org/بيان/?id=7")
    True
    >>> canonical_url("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(link.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _PORTS or not host:
        return ""
    host = host.removeprefix("www.").rstrip(".")
    if port and port != _PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = unicodedata.normalize("NFC", re.sub("/+", "/", unquote(parts.path))).rstrip("/")
    kept = sorted(
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    )
    return host + path + (f"?{urlencode(kept)}" if kept else "")


def post_identity(guid: str, link: str, title: str, day: str, text: str = "") -> PostIdentity:
    """Return the marks of a post; ``day`` is empty where its source says none, ``text`` is a digest of what it says."""
    return PostIdentity(guid.strip(), canonical_url(link), normalize_text(title), day, text)


def is_same_post(one: PostIdentity, other: PostIdentity) -> bool:
    """Whether two items of one feed are the same post, said twice.

    A feed that gives all its posts one guid, one link or one title does not say that they are one: a second mark agrees.
    """
    same_title = bool(one.title) and one.title == other.title
    same_text = bool(one.text_digest) and one.text_digest == other.text_digest
    same_link = bool(one.link) and one.link == other.link
    if one.guid and one.guid == other.guid:
        return same_link or same_title or same_text
    if same_link:
        return same_title or same_text
    return same_title and same_text and (one.day == other.day or not (one.day and other.day))


_MATCH_KEYS: tuple[Callable[[PostIdentity], Hashable], ...] = (
    lambda one: one.guid,
    lambda one: one.link,
    lambda one: one.title and one.day and (one.title, one.day),
    lambda one: one.title and one.text_digest and (one.title, one.text_digest),
    lambda one: one.title and one.url_path and (one.title, one.url_path),
)


def match_posts(items: Sequence[PostIdentity], known: Sequence[PostIdentity]) -> Iterator[tuple[int, int]]:
    """Return which item is which known post, as pairs of their positions; each is paired once, by its surest mark.

    A mark that two items or two known posts share tells nothing and is passed over.
    """
    free_items, free_known = set(range(len(items))), set(range(len(known)))
    for key in _MATCH_KEYS:
        shared = Counter(key(items[at]) for at in free_items)
        there = Counter(key(known[at]) for at in free_known)
        places = {key(known[at]): at for at in free_known}
        for at in sorted(free_items):
            mark = key(items[at])
            if mark and shared[mark] == 1 and there[mark] == 1:
                yield at, places[mark]
                free_items.discard(at)
                free_known.discard(places[mark])
