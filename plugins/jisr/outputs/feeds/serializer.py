"""A feed in its three formats: entries are written once, and every document is put together from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jisr.core.build.outputs import File
from jisr.core.model.document import Document
from jisr.core.model.site import Policy
from jisr.core.urls.feed_specs import ATOM, FORMS, JSON, FeedForm, FeedSpec
from jisr.outputs.feeds.entry_spool import Laid, Written
from jisr.outputs.feeds.feed import Feed, as_of
from jisr.outputs.feeds.feed_entry import Entry
from jisr.outputs.feeds.formats.atom import atom_entry
from jisr.outputs.feeds.formats.browser_view import line, opened
from jisr.outputs.feeds.formats.channel import atom, rss
from jisr.outputs.feeds.formats.json_feed import json_feed, json_item
from jisr.outputs.feeds.formats.rss import rss_item
from jisr.outputs.feeds.paging import Part, parts


def written(one: Entry, path: str = "") -> Written:
    """Give an entry in each format; ``path`` is that of its text."""
    return Written(one.updated, atom_entry(one), rss_item(one), json_item(one), line(one), path)


def documents(feed: Feed, spec: FeedSpec, policy: Policy, lay: Callable[[Document], Laid]) -> Iterator[File]:
    """Give the files of a feed below its folder: the feed itself in each format, its archive in those that have one.

    A text that stands in none of them is not asked for.
    """
    folder = spec.folder
    for part, texts in parts(spec.documents, policy.feed_entries):
        found = list(map(lay, texts))
        made = as_of(feed, (one.updated for one in found))
        shown = tuple(one.path for one in found)
        for form in FORMS:
            if form.suffix in policy.feed_archives:
                yield File(folder + form.part(part.number), _document(form, made, part, found), shown)
            elif not part.number:
                yield File(folder + form.file, _document(form, made, Part(0), found), shown)
        if not policy.feed_archives:
            return


def _document(form: FeedForm, feed: Feed, part: Part, entries: Sequence[Laid]) -> bytes:
    if form is JSON:
        return json_feed(feed, part, [one.json for one in entries])
    front = opened(feed, [one.line for one in entries]).encode()
    if form is ATOM:
        return atom(feed, part, [front, *(one.atom for one in entries)])
    return rss(feed, part, [front, *(one.rss for one in entries)])
