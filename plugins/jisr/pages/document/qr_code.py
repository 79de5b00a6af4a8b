"""The address of a text as a QR code: a drawing that its page prints, and that nobody loads who only reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.schema.kinds import COLLECTION_KINDS
from jisr.core.urls import paths

_DIGEST_SIZE = 5  # bytes
_MASK = 0  # of eight patterns: a reader takes any, and trying all costs four times as much
_QUIET = 4  # white modules around it, as the standard has them (ISO/IEC 18004, 6.3.8)
_DARK = re.compile(b"\1+")
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
    '<path stroke="#000" d="M{start} {start}.5{path}"/></svg>'
)


def code_address(document: Document, site: Site) -> str:
    """Return the address of the code of a version; empty where its page prints none.

    It has a hash of what the code says, as all pictures in its folder.
    """
    if "qr" not in site.channels.share or document.status != "published" or document.kind in COLLECTION_KINDS:
        return ""
    digest = hashlib.blake2b(site.text_url(document).encode(), digest_size=_DIGEST_SIZE)
    return f"{paths.PICTURES}qr-{digest.hexdigest()}.svg"


def list_codes(site: Site) -> Iterator[tuple[str, str]]:
    """Return the address of each code, and the address of the page that it leads to."""
    if "qr" in site.channels.share:
        for document in (version for texts in site.sets.values() for version in texts.versions):
            if address := code_address(document, site):
                yield address, site.text_url(document)


def draw_code(url: str) -> bytes:
    """Return an address as a QR code, as SVG, each run of dark modules a line: segno takes five times as long to write it."""
    import segno  # which a site without codes does not need to load

    matrix = segno.make_qr(url, error="m", mask=_MASK).matrix
    moves, x, y = [], 0, 0
    for row, modules in enumerate(matrix):
        for run in _DARK.finditer(modules):
            moves.append(f"m{run.start() - x} {row - y}h{run.end() - run.start()}")
            x, y = run.end(), row
    return _SVG.format(size=len(matrix) + 2 * _QUIET, start=_QUIET, path="".join(moves)[len("m0 0") :]).encode()
