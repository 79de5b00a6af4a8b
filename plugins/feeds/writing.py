"""A feed in its three formats: entries are written once, and every document is put together from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plugins.core.documents import Document
from plugins.core.feeds import ATOM, FORMS, JSON, FeedForm, FeedSpec
from plugins.core.outputs import File
from plugins.core.site import Policy
from plugins.feeds.atom import atom_entry
from plugins.feeds.channels import atom, rss
from plugins.feeds.drawer import Laid, Written
from plugins.feeds.entries import Entry
from plugins.feeds.jsonfeed import json_feed, json_item
from plugins.feeds.opened import line, opened
from plugins.feeds.paging import Part, parts
from plugins.feeds.rss import rss_item
from plugins.feeds.shelves import Feed, as_of


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
