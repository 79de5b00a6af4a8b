"""EXIF, as far as it is kept or warned of: the first directory of a picture (CIPA DC-008)."""

from __future__ import annotations

import struct

_ORIENTATION = 0x0112


def byte_order(exif: bytes) -> str | None:
    """Return the byte order of an EXIF block for ``struct``, or None where it is none."""
    return {b"II": "<", b"MM": ">"}.get(exif[:2])


def read_directory(exif: bytes, offset: int, order: str) -> dict[int, int]:
    """Return the entries of a directory by tag number. Raises struct.error where it is truncated."""
    (count,) = struct.unpack_from(f"{order}H", exif, offset)
    entries = (struct.unpack_from(f"{order}HHII", exif, offset + 2 + 12 * index) for index in range(count))
    return {tag: value for tag, _, _, value in entries}


def read_orientation(exif: bytes) -> int:
    """Return how a picture is turned, from 1 (as it is) to 8."""
    order = byte_order(exif)
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        value = read_directory(exif, first, order).get(_ORIENTATION, 1)
    except struct.error:
        return 1
    value = value & 0xFFFF if order == "<" else value >> 16  # a short number stands at the beginning of its field
    return value if 1 <= value <= 8 else 1


def format_orientation(orientation: int) -> bytes:
    """Return an EXIF block that says how a picture is turned, and nothing else.

    >>> read_orientation(format_orientation(6))
    6
    """
    return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
