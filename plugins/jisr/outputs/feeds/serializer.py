"""Feed documents in the three formats, assembled from entries that are serialized once."""

from __future__ import annotations

from collections.abc import Sequence

from jisr.core.urls.feed_specs import ATOM, JSON, FeedFormat
from jisr.core.urls.paging import ListPart
from jisr.outputs.feeds.entry_spool import SerializedEntry, SpooledEntry
from jisr.outputs.feeds.feed import Feed
from jisr.outputs.feeds.feed_entry import FeedEntry
from jisr.outputs.feeds.formats.atom import render_atom_entry
from jisr.outputs.feeds.formats.browser_view import render_browser_view, render_entry_link
from jisr.outputs.feeds.formats.channel import render_atom, render_rss
from jisr.outputs.feeds.formats.json_feed import render_json_feed, render_json_item
from jisr.outputs.feeds.formats.rss import render_rss_item


def serialize_entry(one: FeedEntry) -> SerializedEntry:
    """Return an entry in each format."""
    formats = (render_atom_entry(one), render_rss_item(one), render_json_item(one), render_entry_link(one))
    return SerializedEntry(one.updated, *formats)


def render_document(form: FeedFormat, feed: Feed, part: ListPart, entries: Sequence[SpooledEntry]) -> bytes:
    """Return a document of a feed: the feed itself, or one of its archive."""
    if form is JSON:
        return render_json_feed(feed, part, [one.json for one in entries])
    front = render_browser_view(feed, [one.browser_line for one in entries]).encode()
    if form is ATOM:
        return render_atom(feed, part, [front, *(one.atom for one in entries)])
    return render_rss(feed, part, [front, *(one.rss for one in entries)])
