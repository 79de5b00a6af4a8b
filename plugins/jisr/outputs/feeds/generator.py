"""The generator of the feeds and of the lists of feeds."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.build.build_context import BuildContext
from jisr.core.build.incremental import WholeBuildError
from jisr.core.build.outputs import FileOutput, Output, Writer
from jisr.core.model.document import Document
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FOAF_MEMBERS, OPML_MEMBERS, feed_specs, opml_path
from jisr.outputs.feeds.entry_spool import SpooledEntry, open_spool
from jisr.outputs.feeds.feed import build_feed
from jisr.outputs.feeds.feed_entry import FeedEntryContext, build_entry
from jisr.outputs.feeds.formats.foaf import render_members_foaf
from jisr.outputs.feeds.formats.opml import render_feeds_opml, render_members_opml
from jisr.outputs.feeds.ids import assign_identities, assign_identity
from jisr.outputs.feeds.image_size import measure_images
from jisr.outputs.feeds.serializer import render_documents, serialize_entry


class FeedsGenerator(Output):
    """Writes the feeds of the whole site, of each language and of each shelf, and the lists of feeds."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write every document of every feed; a text of several feeds becomes an entry once."""
        site, messages = context.site, context.messages
        stylesheet = context.assets.sheets.get("feed", "")  # without one, browsers show feeds in their own style
        entry_context = FeedEntryContext(site, messages, measure_images(site.files, site.url))
        identities = assign_identities(site)
        entries: dict[str, SpooledEntry] = {}
        specs = list(feed_specs(site))
        with open_spool() as spool:

            def spool_entry(document: Document) -> SpooledEntry:
                if document.path not in entries:
                    entry = build_entry(document, identities[document.path], entry_context)
                    entries[document.path] = spool.append(serialize_entry(entry, document.path))
                return entries[document.path]

            for spec in specs:
                for file in render_documents(build_feed(spec, site, messages, stylesheet), spec, site.policy, spool_entry):
                    writer.write(file)
        writer.write(FileOutput(OPML_MEMBERS, render_members_opml(site, messages)))
        writer.write(FileOutput(FOAF_MEMBERS, render_members_foaf(site)))
        for language in site.languages:
            writer.write(FileOutput(opml_path(language), render_feeds_opml(specs, language, site, messages)))

    def fragments(self, document: Document, context: BuildContext) -> Iterator[bytes]:
        """Return the entry of a text in each format.

        Raises WholeBuildError for a text that brings its own id, since all texts together decide whether it is taken.
        """
        if document.provenance.guid:
            raise WholeBuildError(document.path)
        site = context.site
        files = {(target.kind, target.id, target.file) for target in site.targets[document.path]}
        if document.cover:
            files.add((*document.key, document.cover.file))
        addresses = {paths.bundle_file_path(*file) for file in files if file[2]}
        images = measure_images((file for file in site.files if file.address in addresses), site.url)
        entry = build_entry(document, assign_identity(document, site), FeedEntryContext(site, context.messages, images))
        formats = serialize_entry(entry)
        yield from (formats.atom.encode(), formats.rss.encode(), formats.json.encode(), formats.browser_line.encode())
