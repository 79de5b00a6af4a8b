"""Hands the feeds to the writer."""

from __future__ import annotations

from typing import Any

from plugins.core.feeds import ATOM, RSS, feed_specs
from plugins.core.outputs import File
from plugins.feeds.entries import Entry, entry
from plugins.feeds.ids import identities
from plugins.feeds.shelves import feed
from plugins.feeds.writing import atom, rss


class FeedsGenerator:
    """Writes ``feed.atom`` and ``feed.rss`` of the whole site, of each language and of each shelf."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Hand over every feed; a text that stands in several is made an entry once."""
        site, messages = self.context["site"], self.context["messages"]
        known = identities(site)
        made: dict[str, Entry] = {}
        for spec in feed_specs(site):
            for document in spec.documents:
                if document.path not in made:
                    made[document.path] = entry(document, site, known[document.path])
            one = feed(spec, site, messages, tuple(made[document.path] for document in spec.documents))
            writer.write(File(spec.folder + ATOM.file, atom(one)))
            writer.write(File(spec.folder + RSS.file, rss(one)))
