"""The address of a text as a QR code: a drawing that its page prints, and that nobody loads who only reads."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.schema.kinds import COLLECTION_KINDS
from jisr.core.urls import paths

_DIGEST_SIZE = 5  # bytes
_MASK = 0  # of eight patterns: a reader takes any, and trying all costs four times as much
_QUIET = 4  # white modules around it, as the standard has them (ISO/IEC 18004, 6.3.8)


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
    """Return an address as a QR code, as SVG."""
    import segno  # which a site without codes does not need to load

    drawn = io.BytesIO()
    options = {"light": "#fff", "xmldecl": False, "omitsize": True, "nl": False, "svgclass": None, "lineclass": None}
    segno.make_qr(url, error="m", mask=_MASK).save(drawn, kind="svg", border=_QUIET, **options)
    return drawn.getvalue()
