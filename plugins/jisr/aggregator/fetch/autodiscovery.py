"""Feed autodiscovery: the feeds that a home page links to, then the usual paths."""

from __future__ import annotations

import html
import re

from jisr.ingest.encoding.charset import decode
from jisr.ingest.sanitize.safe_urls import absolute_web_url

MAX_CANDIDATES = 20
"""Addresses of feeds; each is a request."""

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
    """Return the addresses of possible feeds, the best first, without repetition.

    First those of ``<link rel="alternate">`` (https://html.spec.whatwg.org/multipage/links.html#rel-alternate), Atom and
    RSS before others and posts before comments; then links in the page that look like feeds; then the usual paths of this
    site, which are guesses. Raises UnreadableFeed where the page is empty, too large or in an unknown encoding.

    >>> page = '<link rel="alternate" type="application/rss+xml" href="/خلاصه.xml">'.encode()
    >>> find_feeds(page, "https://example.org/", "")[0]
    'https://example.org/خلاصه.xml'
    """
    text = _strip_comments(decode(page, content_type).text)
    base, anchors = url, []
    links: list[tuple[int, int, str]] = []
    for match in _TAG.finditer(text):
        attributes = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match[2])}
        name, href = match[1].lower(), attributes.get("href", "").strip()
        if not href:
            continue
        if name == "base":
            base = absolute_web_url(href, url) if base == url else base
        elif name == "link":
            links.append((_rank_link(attributes), len(links), href))
        elif _FEED_LINK.search(href):
            anchors.append(href)
    declared = [href for rank, _, href in sorted(links) if rank < len(_FEED_TYPES) * 3]
    guesses = [absolute_web_url(path, _base_folder(base or url)) for path in _USUAL_PATHS] + [
        absolute_web_url(f"/{path}", base or url) for path in _USUAL_PATHS
    ]
    addresses = [absolute_web_url(href.removeprefix("feed:"), base, url) for href in (*declared, *anchors[:5])] + guesses
    return tuple(dict.fromkeys(path for path in addresses if path and path != url))[:MAX_CANDIDATES]


def _strip_comments(text: str) -> str:
    """Return HTML without comments."""
    pieces, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        pieces.append(text[position:start])
        end = text.find("-->", start + 4)
        position = end + 3 if end >= 0 else len(text)
    return "".join((*pieces, text[position:]))


def _rank_link(attributes: dict[str, str]) -> int:
    """Return the rank of a link as the feed of a blog's posts, 0 for the best."""
    relations = attributes.get("rel", "").lower().split()
    media_type = attributes.get("type", "").split(";")[0].strip().lower()
    if "alternate" not in relations and "feed" not in relations:
        return 1000
    if media_type not in _FEED_TYPES and not ("feed" in relations and not media_type):
        return 1000
    if media_type in _FEED_TYPES[6:] and not _FEED_LINK.search(attributes.get("href", "")):
        return 1000
    type_rank = _FEED_TYPES.index(media_type) if media_type in _FEED_TYPES else 0
    # Atom and RSS have one rank: pages list their main feed first.
    rank = 0 if type_rank < 2 else type_rank
    return rank + len(_FEED_TYPES) * bool(_COMMENTS.search(attributes.get("title", "") + attributes.get("href", "")))


def _base_folder(url: str) -> str:
    """Return the folder of a page's address, without its query."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return re.sub(r"[^/]*$", "", path) if path.count("/") > 2 else f"{path}/"
