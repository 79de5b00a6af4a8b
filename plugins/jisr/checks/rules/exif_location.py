"""Pictures that tell where they were taken: a danger to those who are in them, and to who took them.

EXIF is read as far as that needs (https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E): the directory
of a picture's facts, and in it the one of its place.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")

PHOTO_LOCATION = (
    '"{value}" tells where it was taken. Save it again without its place before it is sent: what was public once stays '
    "in the history of the repository."
)

_GPS_DIRECTORY, _LATITUDE, _LONGITUDE = 0x8825, 2, 4
_XMP = (b"exif:GPSLatitude", b"exif:GPSLongitude")


def has_location(data: bytes) -> bool:
    """Whether a picture (JPEG, PNG, WebP, TIFF) holds the latitude and longitude of where it was taken."""
    if all(name in data for name in _XMP):
        return True
    return any(_has_gps_position(facts) for facts in _exif_blocks(data))


def _exif_blocks(data: bytes) -> Iterator[bytes]:
    """Return the blocks of a picture that hold its facts."""
    if data[:2] == b"\xff\xd8":
        yield from _jpeg_exif_blocks(data)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from (block for name, block in _read_chunks(data, 8, ">I4s", after=4) if name == b"eXIf")
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from (
            block.removeprefix(b"Exif\0\0") for name, block in _read_chunks(data, 12, "<4sI", after=0) if name == b"EXIF"
        )
    elif data[:4] in (b"II*\0", b"MM\0*"):
        yield data


def _jpeg_exif_blocks(data: bytes) -> Iterator[bytes]:
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker = data[at + 1]
        if marker == 0xDA:  # the picture itself begins
            return
        length = int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            yield data[at + 10 : at + 2 + length]
        at += 2 + max(2, length)


def _read_chunks(data: bytes, at: int, form: str, after: int) -> Iterator[tuple[bytes, bytes]]:
    """Return the chunks of a PNG or WebP file: their names and what they hold."""
    while at + 8 <= len(data):
        first, second = struct.unpack_from(form, data, at)
        name, length = (first, second) if isinstance(first, bytes) else (second, first)
        yield name, data[at + 8 : at + 8 + length]
        padding = length % 2 if form[0] == "<" else 0
        at += 8 + length + padding + after


def _has_gps_position(facts: bytes) -> bool:
    order = {b"II": "<", b"MM": ">"}.get(facts[:2])
    if order is None:
        return False
    try:
        (first,) = struct.unpack_from(f"{order}I", facts, 4)
        pointer = _read_directory(facts, first, order).get(_GPS_DIRECTORY)
        place = _read_directory(facts, pointer, order) if pointer is not None else {}
    except struct.error:
        return False
    return _LATITUDE in place and _LONGITUDE in place


def _read_directory(facts: bytes, at: int, order: str) -> dict[int, int]:
    """Return the entries of a directory by their numbers. Raises struct.error where it is cut off."""
    (count,) = struct.unpack_from(f"{order}H", facts, at)
    entries = (struct.unpack_from(f"{order}HHII", facts, at + 2 + 12 * place) for place in range(count))
    return {tag: value for tag, _, _, value in entries}
