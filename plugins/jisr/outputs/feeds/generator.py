"""The generator of the feeds and of the lists of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.model.site import Site, SitePolicy
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import (
    FEED_FORMATS,
    FOAF_MEMBERS,
    OPML_MEMBERS,
    FeedFormat,
    FeedSpec,
    count_feed_texts,
    feed_specs,
    feed_texts,
    opml_path,
)
from jisr.core.urls.paging import ListPart, count_archives, find_part, paginate
from jisr.outputs.feeds.entry_spool import EntrySpool, SpooledEntry, open_spool
from jisr.outputs.feeds.feed import FeedFiles, build_feed, with_update_time
from jisr.outputs.feeds.feed_entry import FeedEntryContext, build_entry
from jisr.outputs.feeds.formats.foaf import render_members_foaf
from jisr.outputs.feeds.formats.opml import render_feeds_opml, render_members_opml
from jisr.outputs.feeds.ids import find_identity
from jisr.outputs.feeds.replies_feed import render_replies_feed
from jisr.outputs.feeds.serializer import render_document, serialize_entry


@dataclass(frozen=True, slots=True)
class _FeedInputs:
    """The inputs of the documents of feeds."""

    entries: FeedEntryContext
    spool: EntrySpool
    files: FeedFiles


class FeedsGenerator(Output):
    """Writes the feeds of the whole site, of each language and of each collection, and the lists of feeds."""

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write every document of every feed; a text of several feeds becomes an entry once."""
        site, messages = context.site, context.messages
        # Without a stylesheet, browsers show feeds in their own style.
        files = FeedFiles(context.assets.sheets.get("feed", ""), context.assets.feed_icon)
        with open_spool() as spool:
            inputs = _FeedInputs(FeedEntryContext(site, messages), spool, files)
            for spec in feed_specs(site):
                for form, number in _documents_of(spec, site):
                    address = spec.folder + form.archive_file(number)
                    writer.write(address, partial(_render_feed, spec, form, number, inputs))
        writer.write(OPML_MEMBERS, lambda: render_members_opml(site, messages))
        writer.write(FOAF_MEMBERS, lambda: render_members_foaf(site))
        for language in site.languages:
            writer.write(opml_path(language), partial(render_feeds_opml, language, site, messages))
            address = paths.replies_feed(language.tag)
            writer.write(address, partial(render_replies_feed, language, FeedEntryContext(site, messages), files))


def _archive_formats(spec: FeedSpec, policy: SitePolicy) -> tuple[str, ...]:
    """Return the formats in which a feed has an archive."""
    return policy.feed_archives if spec.group in policy.archived_feeds else ()


def _documents_of(spec: FeedSpec, site: Site) -> Iterator[tuple[FeedFormat, int]]:
    """Return the documents of a feed: the feed itself in each format, its archive in those that have one."""
    yield from ((form, 0) for form in FEED_FORMATS)
    if archives := _archive_formats(spec, site.policy):
        for number in range(1, count_archives(count_feed_texts(site, *spec.arguments), site.policy.feed_entries) + 1):
            yield from ((form, number) for form in FEED_FORMATS if form.suffix in archives)


@query
def find_feed_part(site: Site, tag: str, collection: str, number: str) -> tuple[ListPart, Sequence[Document]]:
    """Return a document of a feed with an archive and its texts, newest first."""
    parts = site.once(("feed", tag, collection), lambda: paginate(feed_texts(site, tag, collection), site.policy.feed_entries))
    return find_part(parts, number)


@query
def find_newest_texts(site: Site, tag: str, collection: str) -> tuple[Document, ...]:
    """Return the texts of a feed without an archive: as many as a document of one has."""
    return feed_texts(site, tag, collection)[: site.policy.feed_entries]


def _render_feed(spec: FeedSpec, form: FeedFormat, number: int, inputs: _FeedInputs) -> bytes:
    site, messages = inputs.entries.site, inputs.entries.messages
    archives = _archive_formats(spec, site.policy)
    if archives:
        part, texts = site.ask(find_feed_part, *spec.arguments, str(number))
    else:
        part, texts = ListPart(0), site.ask(find_newest_texts, *spec.arguments)
    entries = [site.once(("entry", one.path), partial(_spool_entry, one, inputs)) for one in texts]
    feed = with_update_time(build_feed(spec, site, messages, inputs.files), (one.updated for one in entries))
    return render_document(form, feed, part if form.suffix in archives else ListPart(0), entries)


def _spool_entry(document: Document, inputs: _FeedInputs) -> SpooledEntry:
    identity = inputs.entries.site.ask(find_identity, document.kind, document.id, document.language.tag)
    return inputs.spool.append(serialize_entry(build_entry(document, identity, inputs.entries)))
