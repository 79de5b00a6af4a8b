"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jisr.core.urls.feed_specs import JSON
from jisr.core.urls.paging import ListPart
from jisr.outputs.feeds.feed import Feed
from jisr.outputs.feeds.feed_entry import FeedEntry

VERSION = "https://jsonfeed.org/version/1.1"
_EMPTY_ITEMS = b'"items": []'


def render_json_item(one: FeedEntry) -> str:
    """Return an item; a post has its original URL as well as that of its page here."""
    item: dict[str, Any] = {
        "id": one.identity.iri,
        "url": one.url,
        "external_url": one.origin.original if one.origin else None,
        "language": one.language.tag,
        "title": one.title,
        "summary": one.summary,
        "content_html": one.content,
        "date_published": one.published.isoformat(),
        "date_modified": one.updated.isoformat(),
        "authors": [{"name": person.name, **({"url": person.url} if person.url else {})} for person in one.authors],
        "tags": [topic.label for topic in one.topics],
        "_dc": dict(one.dublin_core),  # an extension: https://www.jsonfeed.org/version/1.1/#extensions
    }
    attachments: list[dict[str, Any]] = [{"url": file.url, "mime_type": file.type} for file in one.recordings]
    if one.cover:
        cover = {"url": one.cover.url, "mime_type": one.cover.type, "size_in_bytes": one.cover.length}
        item |= {"image": one.cover.url}
        attachments = [cover, *attachments]
    item["attachments"] = attachments
    return _dump_json({name: value for name, value in item.items() if value})


def render_json_feed(feed: Feed, part: ListPart, items: Sequence[bytes]) -> bytes:
    """Return a document of a feed around its items; ``next_url`` is the next older document."""
    document: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.description,
        "language": feed.language.tag,
        "home_page_url": feed.home,
        "feed_url": feed.home + JSON.archive_file(part.number),
        "next_url": feed.home + JSON.archive_file(part.older) if part.older else None,
        "icon": feed.icon or None,
        "favicon": feed.icon or None,
        "authors": [{"name": feed.network, "url": feed.network_url}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        "items": [],
    }
    text = _dump_json({name: value for name, value in document.items() if value is not None})
    # Quotes within strings are escaped, so that this matches the list only.
    before, _, after = text.encode().partition(_EMPTY_ITEMS)
    return b"".join([before, b'"items": [\n', b",\n".join(items), b"\n]", after, b"\n"])


def _dump_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
