"""The location in the metadata of pictures: a danger to the people in them, and to the photographer.

EXIF is parsed as far as that needs (https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E): the first
image file directory, and its GPS directory.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from jisr.content.attachments.formats.exif import byte_order, read_directory

_GPS_DIRECTORY, _LATITUDE, _LONGITUDE = 0x8825, 2, 4
_XMP = (b"exif:GPSLatitude", b"exif:GPSLongitude")
_FILM = re.compile(rb"\xa9xyz.{4}[+-]\d|location\.ISO6709", re.DOTALL)


def has_location(data: bytes) -> bool:
    """Whether the metadata of a picture (JPEG, PNG, WebP, TIFF) or film (MP4, MOV) has a latitude and longitude."""
    if all(name in data for name in _XMP) or _FILM.search(data):
        return True
    return any(_has_gps_position(exif) for exif in _exif_blocks(data))


def _exif_blocks(data: bytes) -> Iterator[bytes]:
    """Return the EXIF blocks of a picture."""
    if data[:2] == b"\xff\xd8":
        yield from _jpeg_exif_blocks(data)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from (block for name, block in _read_chunks(data, 8, ">I4s", trailer=4) if name == b"eXIf")
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        blocks = (block for name, block in _read_chunks(data, 12, "<4sI", trailer=0) if name == b"EXIF")
        yield from (block.removeprefix(b"Exif\0\0") for block in blocks)
    elif data[:4] in (b"II*\0", b"MM\0*"):
        yield data


def _jpeg_exif_blocks(data: bytes) -> Iterator[bytes]:
    offset = 2
    while data[offset : offset + 1] == b"\xff" and offset + 4 <= len(data):
        marker = data[offset + 1]
        if marker == 0xDA:  # start of scan: the image data
            return
        length = int.from_bytes(data[offset + 2 : offset + 4])
        if marker == 0xE1 and data[offset + 4 : offset + 10] == b"Exif\0\0":
            yield data[offset + 10 : offset + 2 + length]
        offset += 2 + max(2, length)


def _read_chunks(data: bytes, offset: int, layout: str, trailer: int) -> Iterator[tuple[bytes, bytes]]:
    """Return the name and data of each chunk of a PNG or WebP file."""
    while offset + 8 <= len(data):
        first, second = struct.unpack_from(layout, data, offset)
        name, length = (first, second) if isinstance(first, bytes) else (second, first)
        yield name, data[offset + 8 : offset + 8 + length]
        padding = length % 2 if layout[0] == "<" else 0
        offset += 8 + length + padding + trailer


def _has_gps_position(exif: bytes) -> bool:
    order = byte_order(exif)
    if order is None:
        return False
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        pointer = read_directory(exif, first, order).get(_GPS_DIRECTORY)
        position = read_directory(exif, pointer, order) if pointer is not None else {}
    except struct.error:
        return False
    return _LATITUDE in position and _LONGITUDE in position
