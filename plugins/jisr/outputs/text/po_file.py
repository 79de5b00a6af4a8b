"""The texts that wait for a translator as PO files, as ``inv po`` writes them and ``inv merge`` takes them back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from jisr.core.build.outputs import Writer
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.translation.blocks import TextBlock, version_blocks
from jisr.core.translation.po_format import format_po, untranslated_po
from jisr.core.urls import paths


def write_po_files(site: Site, writer: Writer) -> None:
    """Write a file for each text that a language lacks, of the version that its translators are shown."""
    waiting = tuple(_waiting(site)) if site.policy.po_files else ()
    for tag, kind, identity, source_tag in writer.claim(waiting):
        writer.write(paths.po_file(tag, kind, identity), partial(_render, site, tag, kind, identity, source_tag))


def _waiting(site: Site) -> Iterator[tuple[str, str, str, str]]:
    for (family, tag), pages in site.indexes.items():
        if family == "translate":
            waiting = (one for _, documents in pages.values() for one in documents)
            # The newest are on the page of a year, too.
            yield from dict.fromkeys((tag, *one.key, one.language.tag) for one in waiting)


def _render(site: Site, tag: str, kind: str, identity: str, source_tag: str) -> bytes:
    document = site.version(kind, identity, source_tag)
    name = f"{kind}/{identity}/{document.path.rpartition('/')[2]}"
    return format_po(untranslated_po(name, tag, find_blocks(site, document))).encode()


def find_blocks(site: Site, document: Document) -> tuple[TextBlock, ...]:
    """Return the blocks of a version, of a site whose texts are published for programs of translators."""
    body = site.bodies[document.path]
    return version_blocks(document.title, document.summary, body.markdown, body.first_line)
