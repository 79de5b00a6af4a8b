"""A feed in its three formats: entries are written once, and every document is put together from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.core.feeds import ATOM, JSON, RSS
from plugins.core.outputs import File
from plugins.feeds.atom import atom_entry
from plugins.feeds.channels import atom, rss
from plugins.feeds.drawer import Laid, Written
from plugins.feeds.entries import Entry
from plugins.feeds.jsonfeed import json_feed, json_item
from plugins.feeds.opened import line, opened
from plugins.feeds.paging import parts
from plugins.feeds.rss import rss_item
from plugins.feeds.shelves import Feed, as_of


def written(one: Entry, path: str = "") -> Written:
    """Give an entry in each format; ``path`` is that of its text."""
    return Written(one.updated, atom_entry(one), rss_item(one), json_item(one), line(one), path)


def documents(feed: Feed, folder: str, entries: Sequence[Laid], size: int) -> Iterator[File]:
    """Give the files of a feed below its folder: the feed itself and its archive, in each format."""
    for part, found in parts(entries, size):
        made = as_of(feed, (one.updated for one in found))
        front = opened(made, [one.line for one in found]).encode()
        shown = tuple(one.path for one in found)
        yield File(folder + ATOM.part(part.number), atom(made, part, [front, *(one.atom for one in found)]), shown)
        yield File(folder + RSS.part(part.number), rss(made, part, [front, *(one.rss for one in found)]), shown)
        yield File(folder + JSON.part(part.number), json_feed(made, part, [one.json for one in found]), shown)
