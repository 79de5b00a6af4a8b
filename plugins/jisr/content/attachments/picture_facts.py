"""What pages say of a picture beside a text, from its bytes: type, sides as it is seen, size, and whether it moves."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.file_types import PICTURES, detect_type, file_ending
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.exif import read_orientation
from jisr.core.frozen import dataclass
from jisr.core.model.pictures import PictureFile
from jisr.core.urls.file_names import FILE_TYPES

MEDIA_TYPES = MappingProxyType(
    {
        "JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WebP": "image/webp", "AVIF": "image/avif",
        "SVG": "image/svg+xml",
    }
)  # fmt: skip
"""Media types by the type of a file. The table of the operating system differs between machines."""
_SIDE, _MOVING_SIDE, _JPEG_SIDE = 10_000, 4_000, 16_000  # of the largest square
_FIRST_TURNED = 5  # of the eight orientations of EXIF: from here on width and height change places
_SVG_TAG = re.compile(rb"<(?:[\w-]+:)?svg\b([^>]*)>")
_SVG_NUMBER = r'\b{}\s*=\s*["\']\s*([0-9.]+)(?:px)?\s*["\']'
_SVG_BOX = re.compile(rb'\bviewBox\s*=\s*["\']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)')


@dataclass(frozen=True, slots=True)
class _Sides:
    width: int = 0
    height: int = 0
    orientation: int = 1
    moves: bool = False


def is_picture(name: str) -> bool:
    """Whether a file is a picture, by its name."""
    return FILE_TYPES.get(file_ending(name)) in (*PICTURES, "SVG")


def read_picture(file: Path) -> PictureFile | None:
    """Return what is known of a picture beside a text; None for what is none. Raises OSError."""
    data = file.read_bytes()
    kind = detect_type(data)
    if kind not in MEDIA_TYPES:
        return None
    try:
        cleaned = clean_data(data)
        sides = _READERS[kind](cleaned)
    except (DamagedFileError, IndexError, ValueError, struct.error):  # which the check of its text reports
        return None
    across = (sides.height, sides.width) if sides.orientation >= _FIRST_TURNED else (sides.width, sides.height)
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return PictureFile(MEDIA_TYPES[kind], *across, len(cleaned), digest, sides.moves)


def image_size(data: bytes) -> tuple[int, int]:
    r"""Return width and height of a picture as it is stored; zeros where its bytes do not say them.

    >>> image_size(b"GIF89a\x40\x01\xf0\x00;")
    (320, 240)
    >>> image_size("بيان".encode())
    (0, 0)
    """
    try:
        read = _READERS.get(detect_type(data))
        sides = read(data) if read else _Sides()
    except (IndexError, ValueError, struct.error):
        return 0, 0
    return sides.width, sides.height


def find_excess_size(data: bytes) -> tuple[int, int, int] | None:
    """Return width and height of a picture with more pixels than a browser can hold, and the most of a side; None for others.

    Measured in Chromium: a PNG of 48 KB with 20,000 pixels on each side keeps it busy for 20 s, one that moves stops it. Of a
    JPEG it decodes what it shows.
    """
    kind = detect_type(data)
    if kind not in PICTURES:
        return None
    try:
        sides = _READERS[kind](data)
    except (IndexError, ValueError, struct.error):
        return None
    most = _JPEG_SIDE if kind == "JPEG" else _MOVING_SIDE if sides.moves else _SIDE
    return (sides.width, sides.height, min(most, _SIDE)) if sides.width * sides.height > most * most else None


def _read_png(data: bytes) -> _Sides:
    head, orientation = data[: data.find(b"IDAT")], 1
    if (at := head.find(b"eXIf")) > 0:
        orientation = read_orientation(head[at + 4 :])
    return _Sides(int.from_bytes(data[16:20]), int.from_bytes(data[20:24]), orientation, b"acTL" in head)


def _read_gif(data: bytes) -> _Sides:
    """See https://www.w3.org/Graphics/GIF/spec-gif89a.txt. Browsers widen the screen to its first picture."""
    frames = list(islice(_list_frames(data), 2))
    screen = (int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    width, height = map(max, screen, frames[0] if frames else screen)
    return _Sides(width, height, 1, len(frames) > 1)


def _list_frames(data: bytes) -> Iterator[tuple[int, int]]:
    """Return how far each picture of a GIF reaches."""

    def table(flags: int) -> int:
        return 3 << ((flags & 7) + 1) if flags & 0x80 else 0

    at = 13 + table(data[10]) if len(data) > 10 else len(data)
    while at < len(data) and data[at] in (0x21, 0x2C):
        is_picture = data[at] == 0x2C
        if is_picture:
            left, top, width, height = struct.unpack_from("<4H", data, at + 1)
            yield left + width, top + height
        at += 11 + table(data[at + 9]) if is_picture else 2
        while data[at]:
            at += data[at] + 1
        at += 1


def _read_webp(data: bytes) -> _Sides:
    """See https://developers.google.com/speed/webp/docs/riff_container."""
    form = data[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        exif = data.find(b"EXIF", 30) if data[20] & 0x08 else -1
        orientation = read_orientation(data[exif + 8 :].removeprefix(b"Exif\0\0")) if exif > 0 else 1
        return _Sides(width, height, orientation, bool(data[20] & 0x02))
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return _Sides((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    return _Sides(int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF)


def _read_jpeg(data: bytes) -> _Sides:
    """Follow the markers up to the start of a frame (ITU T.81, B.2.2)."""
    at, orientation = 2, 1
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            orientation = read_orientation(data[at + 10 :])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _Sides(int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7]), orientation)
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4])
    return _Sides()


def _read_avif(data: bytes) -> _Sides:
    """Return the sides of the largest item (``ispe``), turned by a quarter where it says so (ISO/IEC 23008-12, 6.5)."""
    sides = [
        (int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16])) for at in _find_all(data, b"ispe")
    ]
    width, height = max(sides, default=(0, 0))
    turns = next((data[at + 4] & 3 for at in _find_all(data, b"irot")), 0)
    return _Sides(width, height, 6 if turns % 2 else 1, data[8:12] == b"avis")


def _find_all(data: bytes, kind: bytes) -> list[int]:
    """Return where a type of box stands in the head of a file, before its pictures."""
    head = data[: max(0, data.find(b"mdat")) or len(data)]
    return [found.start() for found in re.finditer(re.escape(kind), head)]


def _read_svg(data: bytes) -> _Sides:
    tag = _SVG_TAG.search(data)
    if tag is None:
        return _Sides()
    stated = [re.search(_SVG_NUMBER.format(name).encode(), tag[1]) for name in ("width", "height")]
    box = _SVG_BOX.search(tag[1])
    numbers = [one[1] for one in stated if one] if all(stated) else box.groups() if box else ()
    width, height = (round(float(one)) for one in numbers) if numbers else (0, 0)
    return _Sides(width, height)


_READERS: MappingProxyType[str, Callable[[bytes], _Sides]] = MappingProxyType(
    {
        "JPEG": _read_jpeg, "PNG": _read_png, "GIF": _read_gif, "WebP": _read_webp, "AVIF": _read_avif, "SVG": _read_svg,
    }
)  # fmt: skip
