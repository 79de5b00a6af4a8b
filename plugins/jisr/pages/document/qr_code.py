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
_DARK = re.compile("1+")
_DIGITS = bytes.maketrans(b"\0\1", b"01")
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


class QrEncoder:
    """Encodes addresses as segno does, and asks it for those alone that are no sum of others.

    With one mask, each module of a code is the sum (modulo 2) of certain bits of what it says, the same bits in all codes of
    one version and correction: the sum of addresses has the sum of their modules, which takes a twentieth of the time.
    """

    def __init__(self) -> None:
        self.forms: dict[int, tuple[str, int]] = {}  # by the length of an address: version and correction, and the side
        self.sums: dict[tuple[str, int], dict[int, tuple[int, int]]] = {}  # addresses and modules, by the highest bit

    def encode(self, url: str) -> list[str]:
        """Return the rows of a code, with "1" for each dark module."""
        letters = url.encode()
        # Two bytes a letter, and after the last one what is no letter, which tells lengths apart.
        rest = int.from_bytes(f"{letters.decode('latin-1')}\u0100".encode("utf-16-le"), "little")
        form, modules = self.forms.get(len(letters)), 0
        while form and rest and (known := self.sums[form].get(rest.bit_length())):
            rest, modules = rest ^ known[0], modules ^ known[1]
        if rest or form is None:
            form, encoded = _encode(letters)
            self.forms[len(letters)] = form
            self.sums.setdefault(form, {})[rest.bit_length()] = rest, modules ^ encoded
            modules = encoded
        side = form[1]
        bits = f"{modules:0{side * side}b}"
        return [bits[at : at + side] for at in range(0, len(bits), side)]


def draw_code(url: str, encoder: QrEncoder) -> bytes:
    """Return an address as a QR code, as SVG, each run of dark modules a line: segno takes five times as long to write it."""
    rows = encoder.encode(url)
    moves, x, y = [], 0, 0
    for row, modules in enumerate(rows):
        for run in _DARK.finditer(modules):
            start, end = run.span()
            moves.append(f"m{start - x} {row - y}h{end - start}")
            x, y = end, row
    return _SVG.format(size=len(rows) + 2 * _QUIET, start=_QUIET, path="".join(moves)[len("m0 0") :]).encode()


def _encode(letters: bytes) -> tuple[tuple[str, int], int]:
    """Return the version, the correction and the side of the code of some letters, and its modules, the first one highest."""
    import segno  # which a site without codes does not need to load

    code = segno.make_qr(letters, error="m", mask=_MASK)
    digits = b"".join(code.matrix).translate(_DIGITS)
    return (code.designator, len(code.matrix)), int(digits, 2)
