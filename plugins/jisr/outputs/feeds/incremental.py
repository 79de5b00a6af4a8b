"""Serialized entries of a text, which an incremental build replaces in its feeds."""

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

    Raises WholeBuildError for a text with an imported guid, since its id depends on all texts.
    """
    if document.provenance.guid:
        raise WholeBuildError(document.path)
    site = workshop.site
    image_keys = {(target.kind, target.id, target.file) for target in site.targets[document.path]}
    if document.cover:
        image_keys.add((*document.key, document.cover.file))
    addresses = {paths.bundle_file_path(*one) for one in image_keys if one[2]}
    context = FeedEntryContext(
        site, workshop.messages, measure_images((one for one in site.files if one.address in addresses), site.url)
    )
    entry = serialize_entry(build_entry(document, assign_identity(document, site), context))
    yield from (entry.atom.encode(), entry.rss.encode(), entry.json.encode(), entry.browser_line.encode())
