"""A feed's bytes to items that are harmless; where they are a page, the feeds that it names."""

from __future__ import annotations

from datetime import datetime

from jisr.aggregator.fetch.autodiscovery import find_feeds
from jisr.aggregator.model import Item
from jisr.aggregator.parse.feed_parser import Unreadable, parse
from jisr.aggregator.post_model import Clean
from jisr.core.frozen import dataclass
from jisr.ingest.sanitize.sanitizer import Images, plain, sanitize
from jisr.ingest.to_markdown.converter import markdown


@dataclass(frozen=True, slots=True)
class Readable:
    """A feed's items made harmless; or why there are none, and which addresses could be feeds of the page that came."""

    items: tuple[Clean, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    named: tuple[str, ...] = ()


def read(body: bytes, content_type: str, url: str, now: datetime, images: Images = "link") -> Readable:
    """Give what the bytes of an answer hold, with pictures as links or as pictures.

    Raises nothing: what cannot be read says so in ``reason``.
    """
    try:
        feed = parse(body, content_type, url, now)
    except Unreadable as error:
        return Readable(reason=error.reason, named=_named(body, url, content_type))
    items = [clean for item in feed.items if (clean := _clean(item, url, images))]
    lost = len(feed.items) - len(items)
    notes = (*feed.notes, *([f"{lost} entries could not be made safe and were left out"] if lost else []))
    return Readable(tuple(items), notes)


def _named(body: bytes, url: str, content_type: str) -> tuple[str, ...]:
    """Give the feeds that a page names; nothing where it is no page."""
    start = body[:5000].lower()
    if "html" not in content_type.lower() and b"<html" not in start and b"<!doctype html" not in start:
        return ()
    try:
        return find_feeds(body, url, content_type)
    except Unreadable:
        return ()


def _clean(item: Item, url: str, images: Images) -> Clean | None:
    """Give an item made harmless, or nothing where that fails: one entry never costs the others."""
    try:
        body = markdown(sanitize(item.content or item.summary, item.link or url, images))
        return Clean(item, plain(item.title), body)
    except Exception:  # noqa: BLE001 (a stranger's text may find what nobody thought of)
        return None
