"""JPEG (ITU T.81): the segments that show the picture are kept; all others go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.exif import format_orientation, read_orientation
from jisr.content.attachments.formats.icc import clean_profile

END = b"\xff\xd9"
_START, _EXIF = b"\xff\xd8", b"Exif\0\0"
_STANDALONE = (0x01, *range(0xD0, 0xD8))
_SCAN, _PROFILE = 0xDA, b"ICC_PROFILE\0"
_SHOWN = frozenset([*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDC, 0xDD]) - {0xC8}  # frames, tables, scans, lines, restarts
_MAX_SEGMENT = 65_535 - 2 - len(_PROFILE) - 2
_MOST_SCANS = 100  # programs write 10 or so; each goes over all pixels again, and a thousand fit into a small file
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def clean_jpeg(data: bytes) -> bytes:
    """Return a picture without what does not show: the same pixels, profile and orientation.

    What follows its end goes, too: smaller pictures and films with facts of their own. Raises DamagedFileError.
    """
    kept, profile, at, orientation = [], [], 2, 1
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
        if marker == 0xE2 and data[at + 4 : at + 16] == _PROFILE and end >= at + 18:
            profile.append(data[at + 16 : end])
        kept.append(_clean_segment(marker, data[at:end]))
        at = end
        if marker == _SCAN:
            found = _MARKER_IN_SCAN.search(data, at)
            at = found.start() if found else len(data)
            kept.append(data[end:at])
    if sum(one.startswith(b"\xff\xda") for one in kept) > _MOST_SCANS:
        raise DamagedFileError
    first = 1 if kept[:1] and kept[0][1:2] == b"\xe0" else 0
    return b"".join([_START, *kept[:first], _format_exif(orientation), *_format_profile(profile), *kept[first:]])


def _clean_segment(marker: int, segment: bytes) -> bytes:
    """Return a segment as it is published, or nothing."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        return segment[:2] + (16).to_bytes(2) + segment[4:16] + b"\0\0"  # without its thumbnail
    if marker == 0xEE and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return segment[:2] + (14).to_bytes(2) + segment[4:16]
    return segment if marker in _SHOWN else b""


def _format_exif(orientation: int) -> bytes:
    block = _EXIF + format_orientation(orientation)
    return b"" if orientation == 1 else b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block


def _format_profile(parts: list[bytes]) -> Iterator[bytes]:
    """Return the segments of a profile whose parts each begin with their number and how many they are."""
    profile = clean_profile(b"".join(part[2:] for part in sorted(parts)))
    chunks = [profile[at : at + _MAX_SEGMENT] for at in range(0, len(profile), _MAX_SEGMENT)]
    for number, chunk in enumerate(chunks, 1):
        block = _PROFILE + bytes([number, len(chunks)]) + chunk
        yield b"\xff\xe2" + (len(block) + 2).to_bytes(2) + block
