"""WebM and Matroska (RFC 8794, RFC 9559): tags, attachments and names become void elements, in place."""

from __future__ import annotations

from jisr.content.attachments.formats.damage import DamagedFileError

_SEGMENT, _CLUSTER = 0x18538067, 0x1F43B675
_PARENTS = frozenset([_SEGMENT, 0x1549A966, 0x1654AE6B, 0xAE])  # Info, Tracks, TrackEntry
_BLANKED = frozenset(
    [
        0x1254C367, 0x1941A469, 0x1043A770, 0xEC,  # Tags, Attachments, Chapters, Void
        0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, 0x4461,  # Title, names of files, date
        0x536E, 0x258688, 0x26B240, 0x3B4040, 0x3A9697,  # names, addresses and settings of a track and its codec
    ]
)  # fmt: skip
_STRINGS = frozenset([0x4D80, 0x5741])  # the programs that wrote it, which must be there
_UNKNOWN_ENDS = frozenset([_CLUSTER, 0x1C53BB6B, 0x1254C367, 0x1941A469, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1043A770])


def clean_matroska(data: bytes) -> bytes:
    """Return a film without names, tags and attachments: nothing else moves. Raises DamagedFileError."""
    cleaned = bytearray(data)
    _clean_elements(cleaned, 0, len(data), frozenset())
    return bytes(cleaned)


def _clean_elements(data: bytearray, at: int, end: int, ends: frozenset[int]) -> int:
    """Blank the elements between two places; one of ``ends`` ends an element of unknown size. Returns where that is."""
    while at < end:
        start = at
        name, at = _read_name(data, at)
        if name in ends:
            return start
        size, at = _read_size(data, at)
        if size is None:  # of a live recording
            if name not in (_SEGMENT, _CLUSTER):
                raise DamagedFileError
            at = _clean_elements(data, at, end, _UNKNOWN_ENDS if name == _CLUSTER else frozenset())
            continue
        if at + size > end:
            raise DamagedFileError
        if name in _BLANKED:
            data[start : at + size] = _format_void(at + size - start)
        elif name in _STRINGS:
            data[at : at + size] = b" " * size
        elif name in _PARENTS:
            _clean_elements(data, at, at + size, frozenset())
        at += size
    return at


def _read_name(data: bytearray, at: int) -> tuple[int, int]:
    length = 9 - data[at].bit_length()
    if length > 4 or at + length > len(data):
        raise DamagedFileError
    return int.from_bytes(data[at : at + length]), at + length


def _read_size(data: bytearray, at: int) -> tuple[int | None, int]:
    """Return the size that stands at a place, None where it is unknown, and what follows."""
    if at >= len(data) or not data[at] or at + (length := 9 - data[at].bit_length()) > len(data):
        raise DamagedFileError
    value = int.from_bytes(data[at : at + length]) & ((1 << 7 * length) - 1)
    return (None if value == (1 << 7 * length) - 1 else value), at + length


def _format_void(size: int) -> bytes:
    """Return an element that says nothing, of a whole size."""
    if size < 9:
        return bytes([0xEC, 0x80 | size - 2]) + bytes(size - 2)
    return b"\xec\x01" + (size - 9).to_bytes(7) + bytes(size - 9)
