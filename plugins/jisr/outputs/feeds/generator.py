"""Hands the feeds to the writer."""

from __future__ import annotations

from typing import Any

from jisr.core.build.outputs import FileOutput
from jisr.core.model.document import Document
from jisr.core.urls.feed_specs import FOAF_MEMBERS, OPML_MEMBERS, feed_specs, opml_path
from jisr.outputs.feeds.entry_spool import SpooledEntry, open_spool
from jisr.outputs.feeds.feed import build_feed
from jisr.outputs.feeds.feed_entry import FeedEntryContext, build_entry
from jisr.outputs.feeds.formats.foaf import render_members_foaf
from jisr.outputs.feeds.formats.opml import render_feeds_opml, render_members_opml
from jisr.outputs.feeds.ids import assign_identities
from jisr.outputs.feeds.image_size import measure_images
from jisr.outputs.feeds.serializer import render_documents, serialize_entry


class FeedsGenerator:
    """Writes the feeds of the whole site, of each language and of each shelf, and the lists of feeds."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Hand over every document of every feed; a text that stands in several is written as an entry once."""
        site, messages = self.context["site"], self.context["messages"]
        stylesheet = self.context["assets"]["sheets"].get("feed", "")  # a theme without one leaves feeds as browsers show them
        desk = FeedEntryContext(site, messages, measure_images(site.files, site.url))
        known = assign_identities(site)
        made: dict[str, SpooledEntry] = {}
        specs = list(feed_specs(site))
        with open_spool() as drawer:

            def lay(document: Document) -> SpooledEntry:
                if document.path not in made:
                    made[document.path] = drawer.append(
                        serialize_entry(build_entry(document, known[document.path], desk), document.path)
                    )
                return made[document.path]

            for spec in specs:
                for file in render_documents(build_feed(spec, site, messages, stylesheet), spec, site.policy, lay):
                    writer.write(file)
        writer.write(FileOutput(OPML_MEMBERS, render_members_opml(site, messages)))
        writer.write(FileOutput(FOAF_MEMBERS, render_members_foaf(site)))
        for language in site.languages:
            writer.write(FileOutput(opml_path(language), render_feeds_opml(specs, language, site, messages)))
