"""Hands the feeds to the writer."""

from __future__ import annotations

from typing import Any

from jisr.core.build.outputs import File
from jisr.core.model.document import Document
from jisr.core.urls.feed_specs import FOAF_MEMBERS, OPML_MEMBERS, feed_specs, opml_of
from jisr.outputs.feeds.entry_spool import Laid, opened_drawer
from jisr.outputs.feeds.feed import feed
from jisr.outputs.feeds.feed_entry import Desk, entry
from jisr.outputs.feeds.formats.foaf import members_foaf
from jisr.outputs.feeds.formats.opml import feeds_opml, members_opml
from jisr.outputs.feeds.ids import identities
from jisr.outputs.feeds.image_size import measured
from jisr.outputs.feeds.serializer import documents, written


class FeedsGenerator:
    """Writes the feeds of the whole site, of each language and of each shelf, and the lists of feeds."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Hand over every document of every feed; a text that stands in several is written as an entry once."""
        site, messages = self.context["site"], self.context["messages"]
        stylesheet = self.context["assets"]["sheets"].get("feed", "")  # a theme without one leaves feeds as browsers show them
        desk = Desk(site, messages, measured(site.files, site.url))
        known = identities(site)
        made: dict[str, Laid] = {}
        specs = list(feed_specs(site))
        with opened_drawer() as drawer:

            def lay(document: Document) -> Laid:
                if document.path not in made:
                    made[document.path] = drawer.lay(written(entry(document, known[document.path], desk), document.path))
                return made[document.path]

            for spec in specs:
                for file in documents(feed(spec, site, messages, stylesheet), spec, site.policy, lay):
                    writer.write(file)
        writer.write(File(OPML_MEMBERS, members_opml(site, messages)))
        writer.write(File(FOAF_MEMBERS, members_foaf(site)))
        for language in site.languages:
            writer.write(File(opml_of(language), feeds_opml(specs, language, site, messages)))
