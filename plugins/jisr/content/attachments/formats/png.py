"""PNG (https://www.w3.org/TR/png-3/): the chunks that show the picture are kept; all others go."""

from __future__ import annotations

import zlib
from types import MappingProxyType

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.exif import format_orientation, read_orientation
from jisr.content.attachments.formats.icc import clean_profile

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"\0\0\0\0IEND\xae\x42\x60\x82"
_MAX_PROFILE = 16_000_000
_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD pHYs acTL fcTL fdAT".split())
_SIZES = MappingProxyType(  # of chunks that decoders pass over where they have another one
    {b"cHRM": 32, b"gAMA": 4, b"sRGB": 1, b"cICP": 4, b"mDCV": 24, b"mDCv": 24, b"cLLI": 8, b"cLLi": 8, b"pHYs": 9, b"acTL": 8}
    | {b"fcTL": 26, b"IEND": 0}
)


def clean_png(data: bytes) -> bytes:
    """Return a picture without what does not show: the same pixels, profile and orientation. Raises DamagedFileError."""
    kept, at, name = [_SIGNATURE], len(_SIGNATURE), b""
    while name != b"IEND":
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            raise DamagedFileError
        if name in _KEPT and size == _SIZES.get(name, size):
            kept.append(data[at:end])
        elif name == b"iCCP":
            kept.append(_clean_profile_chunk(data[at + 8 : end - 4]))
        elif name == b"eXIf" and (orientation := read_orientation(data[at + 8 : end - 4])) != 1:
            kept.append(_format_chunk(name, format_orientation(orientation)))
        at = end
    return b"".join(kept if kept[-1].endswith(_END) else [*kept, _END])


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
