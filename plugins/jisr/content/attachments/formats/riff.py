"""RIFF: WebP (RFC 9649) and WAV. The chunks that are seen or heard are kept; all others go."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.exif import format_orientation, read_orientation
from jisr.content.attachments.formats.icc import clean_profile

_PICTURE = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"])
_SOUND = frozenset([b"fmt ", b"fact", b"data", b"cue "])
_HAS_EXIF, _HAS_XMP, _HAS_PROFILE = 0x08, 0x04, 0x20
_FRAME_HEAD = 16


def clean_webp(data: bytes) -> bytes:
    """Return a picture without what does not show: the same pixels, profile and orientation. Raises DamagedFileError."""
    kept, orientation = [], 1
    for name, chunk in _read_chunks(data, 12):
        if name == b"EXIF":
            orientation = read_orientation(chunk.removeprefix(b"Exif\0\0"))
        elif name == b"ANMF":
            frames = (one for one in _read_chunks(chunk, _FRAME_HEAD) if one[0] in _PICTURE)
            kept.append((name, chunk[:_FRAME_HEAD] + _format_chunks(frames)))
        elif name == b"ICCP" and (profile := clean_profile(chunk)):
            kept.append((name, profile))
        elif name in _PICTURE:
            kept.append((name, chunk))
    if orientation != 1:
        kept.append((b"EXIF", format_orientation(orientation)))
    names = {name for name, _ in kept}
    return _format_file(b"WEBP", [(name, _clean_flags(chunk, names) if name == b"VP8X" else chunk) for name, chunk in kept])


def clean_wav(data: bytes) -> bytes:
    """Return a recording without what is not heard. Raises DamagedFileError."""
    chunks = [one for one in _read_chunks(data, 12) if one[0] in _SOUND]
    if b"data" not in dict(chunks):
        raise DamagedFileError
    return _format_file(b"WAVE", chunks)


def _clean_flags(head: bytes, names: set[bytes]) -> bytes:
    """Return the head of an extended picture with the flags of what is left."""
    flags = head[0] & ~(_HAS_EXIF | _HAS_XMP | _HAS_PROFILE)
    flags |= (_HAS_EXIF if b"EXIF" in names else 0) | (_HAS_PROFILE if b"ICCP" in names else 0)
    return bytes([flags]) + head[1:10]


def _read_chunks(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise DamagedFileError
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _format_chunks(chunks: Iterator[tuple[bytes, bytes]] | list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(name + len(chunk).to_bytes(4, "little") + chunk + b"\0" * (len(chunk) % 2) for name, chunk in chunks)


def _format_file(form: bytes, chunks: list[tuple[bytes, bytes]]) -> bytes:
    if not chunks:
        raise DamagedFileError
    body = form + _format_chunks(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
