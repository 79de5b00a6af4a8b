"""An entry as it stands in feeds, to be replaced there by what its text says now."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.core import addresses
from plugins.core.documents import Document
from plugins.core.mending import WholeBuildError, Workshop
from plugins.feeds.entries import Desk, entry
from plugins.feeds.ids import identity
from plugins.feeds.pictures import measured
from plugins.feeds.writing import written


def fragments(document: Document, workshop: Workshop) -> Iterator[bytes]:
    """Give the entry of a text in each format.

    Raises WholeBuildError for a text that brings its id along, which all texts together decide about.
    """
    if document.provenance.guid:
        raise WholeBuildError(document.path)
    site = workshop.site
    named = {(target.kind, target.id, target.file) for target in site.targets[document.path]}
    if document.cover:
        named.add((*document.key, document.cover.file))
    wanted = {addresses.bundled(*one) for one in named if one[2]}
    desk = Desk(site, workshop.messages, measured((one for one in site.files if one.address in wanted), site.url))
    made = written(entry(document, identity(document, site), desk))
    yield from (made.atom.encode(), made.rss.encode(), made.json.encode(), made.line.encode())
