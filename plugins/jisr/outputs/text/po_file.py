"""The texts that wait for a translator as PO files, as ``inv po`` writes them and ``inv merge`` takes them back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from jisr.core.build.outputs import Writer
from jisr.core.model.site import Site
from jisr.core.translation.po_format import format_po, untranslated_po
from jisr.core.urls import paths


def write_po_files(site: Site, writer: Writer) -> None:
    """Write a file for each text that a language lacks, of the version that its translators are shown."""
    for tag, kind, identity, path in writer.claim(tuple(_waiting(site))):
        writer.write(paths.po_file(tag, kind, identity), partial(_render, site, tag, kind, identity, path))


def _waiting(site: Site) -> Iterator[tuple[str, str, str, str]]:
    for (family, tag), pages in site.indexes.items():
        if family == "translate":
            waiting = (one for _, documents in pages.values() for one in documents if one.path in site.blocks)
            yield from dict.fromkeys((tag, *one.key, one.path) for one in waiting)  # the newest are on the page of a year, too


def _render(site: Site, tag: str, kind: str, identity: str, path: str) -> bytes:
    name = f"{kind}/{identity}/{path.rpartition('/')[2]}"
    return format_po(untranslated_po(name, tag, site.blocks[path])).encode()
