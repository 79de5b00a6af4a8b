"""A feed's bytes to items that are harmless; where they are a page, the feeds that it names."""

from __future__ import annotations

from datetime import datetime

from jisr.aggregator.fetch.autodiscovery import find_feeds
from jisr.aggregator.model import FeedItem
from jisr.aggregator.parse.feed_parser import UnreadableFeed, parse_feed
from jisr.aggregator.post_model import SafeItem
from jisr.core.frozen import dataclass
from jisr.ingest.sanitize.sanitizer import ImagePolicy, plain_title, sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown


@dataclass(frozen=True, slots=True)
class SafeFeed:
    """A feed's items made harmless; or why there are none, and which addresses could be feeds of the page that came."""

    items: tuple[SafeItem, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    feed_candidates: tuple[str, ...] = ()


def read_feed(body: bytes, content_type: str, url: str, now: datetime, images: ImagePolicy = "link") -> SafeFeed:
    """Return what the bytes of an answer hold, with pictures as links or as pictures.

    Raises nothing: what cannot be read says so in ``reason``.
    """
    try:
        feed = parse_feed(body, content_type, url, now)
    except UnreadableFeed as error:
        return SafeFeed(reason=error.reason, feed_candidates=_discover_feeds(body, url, content_type))
    items = [clean for item in feed.items if (clean := _sanitize_item(item, url, images))]
    lost = len(feed.items) - len(items)
    notes = (*feed.notes, *([f"{lost} entries could not be made safe and were left out"] if lost else []))
    return SafeFeed(tuple(items), notes)


def _discover_feeds(body: bytes, url: str, content_type: str) -> tuple[str, ...]:
    """Return the feeds that a page names; nothing where it is no page."""
    start = body[:5000].lower()
    if "html" not in content_type.lower() and b"<html" not in start and b"<!doctype html" not in start:
        return ()
    try:
        return find_feeds(body, url, content_type)
    except UnreadableFeed:
        return ()


def _sanitize_item(item: FeedItem, url: str, images: ImagePolicy) -> SafeItem | None:
    """Return an item made harmless, or nothing where that fails: one entry never costs the others."""
    try:
        body = html_to_markdown(sanitize_html(item.content or item.summary, item.link or url, images))
        return SafeItem(item, plain_title(item.title), body)
    except Exception:  # noqa: BLE001 (a stranger's text may find what nobody thought of)
        return None
