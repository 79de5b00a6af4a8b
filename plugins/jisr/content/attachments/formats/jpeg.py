"""JPEG (ITU T.81): the segments that show the picture are kept; all others go."""

from __future__ import annotations

import re

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.exif import format_orientation, read_orientation

END = b"\xff\xd9"
_START, _EXIF = b"\xff\xd8", b"Exif\0\0"
_STANDALONE = (0x01, *range(0xD0, 0xD8))
_COMMENT, _SCAN = 0xFE, 0xDA
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def clean_jpeg(data: bytes) -> bytes:
    """Return a picture without what does not show: the same pixels, profile and orientation.

    What follows its end goes, too: smaller pictures and films with facts of their own. Raises DamagedFileError.
    """
    kept, at, orientation = [], 2, 1
    while at < len(data):
        if data[at] != 0xFF or at + 2 > len(data):
            raise DamagedFileError
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == END[1]:
            kept.append(END)
            break
        end = at + 2 if marker in _STANDALONE else at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data) or (end < at + 4 and marker not in _STANDALONE):
            raise DamagedFileError
        if marker == 0xE1 and data[at + 4 : at + 10] == _EXIF and orientation == 1:
            orientation = read_orientation(data[at + 10 : end])
        kept.append(_clean_segment(marker, data[at:end]))
        at = end
        if marker == _SCAN:
            found = _MARKER_IN_SCAN.search(data, at)
            at = found.start() if found else len(data)
            kept.append(data[end:at])
    return b"".join([_START, *_with_orientation(kept, orientation)])


def _clean_segment(marker: int, segment: bytes) -> bytes:
    """Return a segment as it is published, or nothing."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        return segment[:2] + (16).to_bytes(2) + segment[4:16] + b"\0\0"  # without its thumbnail
    if marker == 0xEE and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return segment[:2] + (14).to_bytes(2) + segment[4:16]
    if marker == 0xE2 and segment[4:16] == b"ICC_PROFILE\0":
        return segment
    return b"" if 0xE0 <= marker <= 0xEF or marker == _COMMENT else segment


def _with_orientation(kept: list[bytes], orientation: int) -> list[bytes]:
    if orientation == 1:
        return kept
    block = _EXIF + format_orientation(orientation)
    segment = b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block
    first = 1 if kept[:1] and kept[0][1:2] == b"\xe0" else 0
    return [*kept[:first], segment, *kept[first:]]
