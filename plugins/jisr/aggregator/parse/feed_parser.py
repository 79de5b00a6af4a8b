"""An answer's bytes to a feed of which nothing is trusted: RSS, RDF and Atom by feedparser, JSON Feed by ourselves."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import feedparser

from jisr.aggregator.model import FeedItem, ParsedFeed
from jisr.aggregator.parse.feedparser_adapter import EntryContext, build_item, is_marked_up
from jisr.aggregator.parse.json_feed_parser import parse_json
from jisr.aggregator.parse.limits import LimitedFeed, limit_feed
from jisr.aggregator.parse.xml_repair import simplify_markup
from jisr.ingest.encoding.charset import UnreadableFeed, decode
from jisr.ingest.sanitize.safe_urls import absolute_web_url, text_to_html

__all__ = ("UnreadableFeed", "parse_feed")


def parse_feed(body: bytes, content_type: str, url: str, now: datetime) -> ParsedFeed:
    """Return the feed that an answer holds; ``url`` is where it came from and ``now`` bounds its dates.

    Raises Unreadable, and nothing else, with a reason for people. What is cut, mended or left out is in the feed's notes.

    >>> from datetime import UTC
    >>> said = "<rss><channel><title>مدونة</title><build_item><title>سلام</title><link>/1</link></build_item></channel></rss>"
    >>> feed = parse_feed(said.encode("windows-1256"), "text/xml", "https://example.org/feed", datetime(2026, 1, 1, tzinfo=UTC))
    >>> feed.title, feed.items[0].title, feed.items[0].guid
    ('مدونة', 'سلام', 'https://example.org/1')
    """
    decoded = decode(body, content_type)
    try:
        if decoded.text.lstrip().startswith(("{", "[")):
            feed = parse_json(decoded.text, url, now)
        else:
            text, left_out = simplify_markup(decoded.text)
            feed = _parse_xml_feed(limit_feed(text, now), url, now)
            feed = replace(feed, notes=(*left_out, *feed.notes))
    except UnreadableFeed:
        raise
    except Exception as error:
        # Whatever a stranger makes a library raise is a reason, never a traceback.
        raise UnreadableFeed(f"it confuses its reader ({type(error).__name__})") from error
    items, notes = _assign_guids(feed.items)
    return replace(feed, items=items, notes=tuple(dict.fromkeys((*decoded.notes, *feed.notes, *notes))))


def _parse_xml_feed(limited: LimitedFeed, url: str, now: datetime) -> ParsedFeed:
    """Read XML that is well-formed and within its limits."""
    # A stream, since feedparser would open a text that looks like an address; what a page may show is decided later.
    read = feedparser.parse(
        io.BytesIO(limited.xml),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    channel: dict[str, Any] = read["feed"]
    link = absolute_web_url(_field_text(channel, "link"), url)
    language = _field_text(channel, "language") or next((said.language for said in limited.entries if said.language), "")
    around = EntryContext(channel, link, url, limited.root_name == "feed", now)
    said = limited.entries if len(limited.entries) == len(read["entries"]) else (None,) * len(read["entries"])
    items = tuple(build_item(entry, own, around) for entry, own in zip(read["entries"], said, strict=True))
    if not items and not channel:
        raise UnreadableFeed("it has neither a title nor entries")
    title = _field_text(channel, "title")
    kind = str((dict.get(channel, "title_detail") or {}).get("type", ""))
    shown = title if is_marked_up(title, kind, around.is_atom) else text_to_html(title, breaks=False)
    if language:
        items = tuple(one if one.language else replace(one, language=language) for one in items)
    return ParsedFeed(shown, link, language, items, limited.notes)


def _field_text(said: dict[str, Any], name: str) -> str:
    """Return what feedparser read under a name, without what it offers in its place."""
    value = dict.get(said, name)
    return value.strip() if isinstance(value, str) else ""


def _assign_guids(items: tuple[FeedItem, ...]) -> tuple[tuple[FeedItem, ...], list[str]]:
    """Return each item a guid: its own, its link, or a hash of what it says; leave out what says nothing."""
    notes = []
    full = [one for one in items if one.title or one.content or one.link]
    if len(full) < len(items):
        notes.append(f"{len(items) - len(full)} entries say nothing and were left out")
    links: dict[str, set[str]] = defaultdict(set)
    for one in full:
        links[one.guid].add(one.link or one.title)
    shared = {guid for guid, found in links.items() if guid and len(found) > 1}
    if shared:
        notes.append("entries share an id, which is none: their links were taken")
    return tuple(_assign_guid(one, shared) for one in full), notes


def _assign_guid(one: FeedItem, shared: set[str]) -> FeedItem:
    if one.guid and one.guid not in shared:
        return one
    said = f"{one.title}\n{one.content or one.summary}"
    return replace(one, guid=one.link or f"urn:sha256:{sha256(said.encode('utf-8', 'replace')).hexdigest()[:40]}")
