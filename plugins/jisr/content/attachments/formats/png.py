"""PNG (https://www.w3.org/TR/png-3/): the chunks that show the picture are kept; all others go."""

from __future__ import annotations

import zlib

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.exif import format_orientation, read_orientation
from jisr.content.attachments.formats.icc import clean_profile

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX_PROFILE = 16_000_000
_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD pHYs acTL fcTL fdAT".split())


def clean_png(data: bytes) -> bytes:
    """Return a picture without what does not show: the same pixels, profile and orientation. Raises DamagedFileError."""
    kept, at, name = [_SIGNATURE], len(_SIGNATURE), b""
    while name != b"IEND":
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            raise DamagedFileError
        if name in _KEPT:
            kept.append(data[at:end])
        elif name == b"iCCP":
            kept.append(_clean_profile_chunk(data[at + 8 : end - 4]))
        elif name == b"eXIf" and (orientation := read_orientation(data[at + 8 : end - 4])) != 1:
            kept.append(_format_chunk(name, format_orientation(orientation)))
        at = end
    return b"".join(kept)


def _clean_profile_chunk(chunk: bytes) -> bytes:
    """Return a profile of colours under no name, or nothing where it cannot be read."""
    unpacker = zlib.decompressobj()
    try:
        profile = clean_profile(unpacker.decompress(chunk[chunk.index(b"\0") + 2 :], _MAX_PROFILE))
    except zlib.error:
        return b""
    return _format_chunk(b"iCCP", b"icc\0\0" + zlib.compress(profile)) if profile else b""


def _format_chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
