"""The parser of feeds: RSS, RDF and Atom with feedparser, JSON Feed with our own parser; the result is untrusted."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import feedparser

from jisr.aggregator.model import FeedItem, ParsedFeed
from jisr.aggregator.parse.feed_dates import FeedDates
from jisr.aggregator.parse.feedparser_adapter import DATE_FIELDS, EntryContext, build_item, field_text
from jisr.aggregator.parse.json_feed_parser import parse_json
from jisr.aggregator.parse.limits import LimitedFeed, limit_feed
from jisr.aggregator.parse.plain_text import field_html
from jisr.aggregator.parse.xml_repair import simplify_markup
from jisr.ingest.encoding.charset import UnreadableFeed, decode
from jisr.ingest.sanitize.safe_urls import absolute_web_url

_BRIDGE_ERROR = re.compile(r"Bridge returned error -?\d+!")  # a bridge puts its own fault among the entries


def parse_feed(body: bytes, content_type: str, url: str, now: datetime) -> ParsedFeed:
    """Parse the body of a response; ``url`` is its address, and ``now`` the upper bound of its dates.

    Raises UnreadableFeed, and nothing else, with a reason for people. Repairs and omissions are in the feed's notes.

    >>> from datetime import UTC
    >>> xml = "<rss><channel><title>مدونة</title><item><title>سلام</title><link>/1</link></item></channel></rss>"
    >>> feed = parse_feed(xml.encode("windows-1256"), "text/xml", "https://example.org/feed", datetime(2026, 1, 1, tzinfo=UTC))
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
        # An exception that untrusted data causes in a library is a reason, never a traceback.
        raise UnreadableFeed(f"it confuses its reader ({type(error).__name__})") from error
    items, notes = _assign_guids(feed.items)
    return replace(feed, items=items, notes=tuple(dict.fromkeys((*decoded.notes, *feed.notes, *notes))))


def _parse_xml_feed(limited: LimitedFeed, url: str, now: datetime) -> ParsedFeed:
    """Parse well-formed XML within its limits."""
    # A stream, since feedparser would open a text that looks like an address. Sanitizing is a later step.
    parsed = feedparser.parse(
        io.BytesIO(limited.xml),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    channel: dict[str, Any] = parsed["feed"]
    link = absolute_web_url(field_text(channel, "link"), url)
    language = field_text(channel, "language") or next((entry.language for entry in limited.entries if entry.language), "")
    dates = FeedDates.of_feed((field_text(entry, name) for entry in parsed["entries"] for name in DATE_FIELDS), now)
    context = EntryContext(channel, link, url, limited.root_name == "feed", dates)
    metadata = limited.entries if len(limited.entries) == len(parsed["entries"]) else (None,) * len(parsed["entries"])
    items = tuple(build_item(entry, markup, context) for entry, markup in zip(parsed["entries"], metadata, strict=True))
    if not items and not channel:
        raise UnreadableFeed("it has neither a title nor entries")
    title = field_text(channel, "title")
    media_type = str((dict.get(channel, "title_detail") or {}).get("type", ""))
    title_html, _ = field_html(title, media_type, context.is_atom, is_one_line=True)
    if language:
        items = tuple(item if item.language else replace(item, language=language) for item in items)
    return ParsedFeed(title_html, link, language, items, limited.notes)


def _assign_guids(items: tuple[FeedItem, ...]) -> tuple[tuple[FeedItem, ...], list[str]]:
    """Return items with guids: their own, their links, or a hash of their text; omit empty items."""
    notes = []
    complete = [item for item in items if (item.title or item.content or item.link) and not _BRIDGE_ERROR.match(item.title)]
    if len(complete) < len(items):
        notes.append(f"{len(items) - len(complete)} entries say nothing and were left out")
    links: dict[str, set[str]] = defaultdict(set)
    for item in complete:
        links[item.guid].add(item.link or item.title)
    if ambiguous := sum(item.has_ambiguous_date for item in complete):
        notes.append(
            f"{ambiguous} entries have a date in numbers that may be two days, and no other date of the feed says which"
        )
    if undated := sum(item.has_unreadable_date for item in complete):
        notes.append(
            f"{undated} entries have a date that cannot be read or be true: new ones stand at the day they are first seen"
        )
    shared = {guid for guid, targets in links.items() if guid and len(targets) > 1}
    if shared:
        notes.append("entries share an id, which is none: their links were taken")
    return tuple(_assign_guid(item, shared) for item in complete), notes


def _assign_guid(item: FeedItem, shared: set[str]) -> FeedItem:
    if item.guid and item.guid not in shared:
        return item
    text = f"{item.title}\n{item.content or item.summary}"
    return replace(item, guid=item.link or f"urn:sha256:{sha256(text.encode('utf-8', 'replace')).hexdigest()[:40]}")
