"""Feed documents in the three formats, assembled from entries that are serialized once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jisr.core.build.outputs import FileOutput
from jisr.core.model.document import Document
from jisr.core.model.site import SitePolicy
from jisr.core.urls.feed_specs import ATOM, FEED_FORMATS, JSON, FeedFormat, FeedSpec
from jisr.outputs.feeds.entry_spool import SerializedEntry, SpooledEntry
from jisr.outputs.feeds.feed import Feed, with_update_time
from jisr.outputs.feeds.feed_entry import FeedEntry
from jisr.outputs.feeds.formats.atom import render_atom_entry
from jisr.outputs.feeds.formats.browser_view import render_browser_view, render_entry_link
from jisr.outputs.feeds.formats.channel import render_atom, render_rss
from jisr.outputs.feeds.formats.json_feed import render_json_feed, render_json_item
from jisr.outputs.feeds.formats.rss import render_rss_item
from jisr.outputs.feeds.paging import FeedPage, paginate


def serialize_entry(one: FeedEntry, path: str = "") -> SerializedEntry:
    """Return an entry in each format; ``path`` is the path of its text."""
    formats = (render_atom_entry(one), render_rss_item(one), render_json_item(one), render_entry_link(one))
    return SerializedEntry(one.updated, *formats, path)


def render_documents(
    feed: Feed, spec: FeedSpec, policy: SitePolicy, spool_entry: Callable[[Document], SpooledEntry]
) -> Iterator[FileOutput]:
    """Return the files of a feed below its folder: the feed itself in each format, its archive in those that have one.

    A feed without an archive has as many entries as a document of one. ``spool_entry`` is not called for a text that is in none
    of them.
    """
    archives = policy.feed_archives if spec.group in policy.archived_feeds else ()
    newest = spec.documents[: policy.feed_entries]
    for part, texts in paginate(spec.documents, policy.feed_entries) if archives else [(FeedPage(0), newest)]:
        entries = list(map(spool_entry, texts))
        current = with_update_time(feed, (one.updated for one in entries))
        sources = tuple(one.path for one in entries)
        for form in FEED_FORMATS:
            page = part if form.suffix in archives else FeedPage(0)
            if page.number == part.number:
                path = spec.folder + form.archive_file(page.number)
                yield FileOutput(path, _render_document(form, current, page, entries), sources)


def _render_document(form: FeedFormat, feed: Feed, part: FeedPage, entries: Sequence[SpooledEntry]) -> bytes:
    if form is JSON:
        return render_json_feed(feed, part, [one.json for one in entries])
    front = render_browser_view(feed, [one.browser_line for one in entries]).encode()
    if form is ATOM:
        return render_atom(feed, part, [front, *(one.atom for one in entries)])
    return render_rss(feed, part, [front, *(one.rss for one in entries)])
