"""Generator of the feeds and of the lists of feeds."""

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
    """Writes the feeds of the whole site, of each language and of each collection, and the lists of feeds."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self.context = context

    def generate_output(self, writer: Any) -> None:
        """Write every document of every feed; the entry of a text that is in several feeds is serialized once."""
        site, messages = self.context["site"], self.context["messages"]
        stylesheet = self.context["assets"]["sheets"].get("feed", "")  # "" where the theme has none
        entry_context = FeedEntryContext(site, messages, measure_images(site.files, site.url))
        identities = assign_identities(site)
        entries: dict[str, SpooledEntry] = {}
        specs = list(feed_specs(site))
        with open_spool() as spool:

            def spool_entry(document: Document) -> SpooledEntry:
                if document.path not in entries:
                    entries[document.path] = spool.append(
                        serialize_entry(build_entry(document, identities[document.path], entry_context), document.path)
                    )
                return entries[document.path]

            for spec in specs:
                for file in render_documents(build_feed(spec, site, messages, stylesheet), spec, site.policy, spool_entry):
                    writer.write(file)
        writer.write(FileOutput(OPML_MEMBERS, render_members_opml(site, messages)))
        writer.write(FileOutput(FOAF_MEMBERS, render_members_foaf(site)))
        for language in site.languages:
            writer.write(FileOutput(opml_path(language), render_feeds_opml(specs, language, site, messages)))
