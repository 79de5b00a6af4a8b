"""An entry as it stands in feeds, to be replaced there by what its text says now."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.build.incremental import WholeBuildError, Workshop
from jisr.core.model.document import Document
from jisr.core.urls import paths
from jisr.outputs.feeds.feed_entry import FeedEntryContext, build_entry
from jisr.outputs.feeds.ids import assign_identity
from jisr.outputs.feeds.image_size import measure_images
from jisr.outputs.feeds.serializer import serialize_entry


def fragments(document: Document, workshop: Workshop) -> Iterator[bytes]:
    """Return the entry of a text in each format.

    Raises WholeBuildError for a text that brings its id along, which all texts together decide about.
    """
    if document.provenance.guid:
        raise WholeBuildError(document.path)
    site = workshop.site
    named = {(target.kind, target.id, target.file) for target in site.targets[document.path]}
    if document.cover:
        named.add((*document.key, document.cover.file))
    wanted = {paths.bundle_file_path(*one) for one in named if one[2]}
    desk = FeedEntryContext(
        site, workshop.messages, measure_images((one for one in site.files if one.address in wanted), site.url)
    )
    made = serialize_entry(build_entry(document, assign_identity(document, site), desk))
    yield from (made.atom.encode(), made.rss.encode(), made.json.encode(), made.browser_line.encode())
