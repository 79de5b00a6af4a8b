"""The feeds of a blog whose home page alone is known: those that the page names, then the usual places."""

from __future__ import annotations

import html
import re

from jisr.ingest.encoding.charset import decode
from jisr.ingest.sanitize.safe_urls import absolute_web_url

MAX_CANDIDATES = 20
"""Addresses, since each is a request."""

_TAG = re.compile(r"""<(link|a|base)\b((?>(?:[^<>"']++|"[^"<]{0,4000}"|'[^'<]{0,4000}')*))>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_TYPES = (
    "application/atom+xml", "application/rss+xml", "application/feed+json", "application/rdf+xml", "application/x.atom+xml",
    "application/x-atom+xml", "application/xml", "text/xml", "application/json",
)  # fmt: skip
_FEED_LINK = re.compile(r"(?:^|[/?=.&])(?:feeds?|rss2?|atom|index\.rdf)(?:[/?.&]|$|\.xml)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|commentaire|تعليق|نظر|şîrove|لێدوان", re.IGNORECASE)
_USUAL_PATHS = "feed/ feed rss.xml atom.xml index.xml feeds/posts/default feed.xml rss feed.json ?feed=rss2".split()


def find_feeds(page: bytes, url: str, content_type: str) -> tuple[str, ...]:
    """Return the addresses of feeds to try, the best first, none twice.

    First what ``<link rel="alternate">`` names (https://html.spec.whatwg.org/multipage/links.html#rel-alternate), Atom and
    RSS before others and posts before comments; then links in the page that look like feeds; then the usual places of this
    site, which are guesses. Raises Unreadable where the page is empty, too large or in no encoding that we know.

    >>> page = '<link rel="alternate" type="application/rss+xml" href="/خلاصه.xml">'.encode()
    >>> find_feeds(page, "https://example.org/", "")[0]
    'https://example.org/خلاصه.xml'
    """
    text = _strip_comments(decode(page, content_type).text)
    base, linked = url, []
    said: list[tuple[int, int, str]] = []
    for match in _TAG.finditer(text):
        found = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match[2])}
        name, href = match[1].lower(), found.get("href", "").strip()
        if not href:
            continue
        if name == "base":
            base = absolute_web_url(href, url) if base == url else base
        elif name == "link":
            said.append((_rank_link(found), len(said), href))
        elif _FEED_LINK.search(href):
            linked.append(href)
    named = [href for rank, _, href in sorted(said) if rank < len(_FEED_TYPES) * 3]
    guesses = [absolute_web_url(one, _base_folder(base or url)) for one in _USUAL_PATHS] + [
        absolute_web_url(f"/{one}", base or url) for one in _USUAL_PATHS
    ]
    addresses = [absolute_web_url(href.removeprefix("feed:"), base, url) for href in (*named, *linked[:5])] + guesses
    return tuple(dict.fromkeys(one for one in addresses if one and one != url))[:MAX_CANDIDATES]


def _strip_comments(text: str) -> str:
    """Leave out comments, in which a link is none."""
    pieces, place = [], 0
    while (start := text.find("<!--", place)) >= 0:
        pieces.append(text[place:start])
        end = text.find("-->", start + 4)
        place = end + 3 if end >= 0 else len(text)
    return "".join((*pieces, text[place:]))


def _rank_link(said: dict[str, str]) -> int:
    """Return how good a link looks as the feed of a blog's posts, 0 for the best."""
    words = said.get("rel", "").lower().split()
    kind = said.get("type", "").split(";")[0].strip().lower()
    if "alternate" not in words and "feed" not in words:
        return 1000
    if kind not in _FEED_TYPES and not ("feed" in words and not kind):
        return 1000
    if kind in _FEED_TYPES[6:] and not _FEED_LINK.search(said.get("href", "")):
        return 1000
    place = _FEED_TYPES.index(kind) if kind in _FEED_TYPES else 0
    # Atom and RSS are one: pages name first the one that they mean.
    rank = 0 if place < 2 else place
    return rank + len(_FEED_TYPES) * bool(_COMMENTS.search(said.get("title", "") + said.get("href", "")))


def _base_folder(url: str) -> str:
    """Return the folder that a page lies in, without a question."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return re.sub(r"[^/]*$", "", path) if path.count("/") > 2 else f"{path}/"
