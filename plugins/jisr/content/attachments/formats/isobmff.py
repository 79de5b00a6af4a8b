"""MP4, MOV, M4A (ISO/IEC 14496-12) and AVIF (ISO/IEC 23008-12): what is not seen or heard is blanked in place."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.core.frozen import dataclass

_CONTAINERS = frozenset(b"moov trak mdia minf stbl edts mvex moof traf".split())
_BLANKED = frozenset(b"udta meta uuid free skip".split())
_SHOWN_TRACKS = frozenset(b"vide soun sbtl text subt clcp hint pict auxv".split())
_HIDDEN_ITEMS = frozenset([b"Exif", b"mime", b"uri "])
_VENDOR, _COMPRESSOR = (20, 24), (50, 82)  # in the description of a track
_EMPTY_EXIF = bytes(4) + b"II*\0\x08\0\0\0" + bytes(6)  # no facts; decoders refuse a picture whose EXIF is none
_MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its type, and where it, its content and its end are."""

    kind: bytes
    start: int
    body: int
    end: int


def clean_film(data: bytes) -> bytes:
    """Return a film or recording without place, device, owner and tracks of facts: nothing moves. Raises DamagedFileError."""
    cleaned = bytearray(data)
    if all(box.kind != b"moov" for box in _read_boxes(cleaned, 0, len(data))):
        raise DamagedFileError  # it is cut off: what players need is often at the end
    _clean_boxes(cleaned, 0, len(data), 0)
    return bytes(cleaned)


def clean_avif(data: bytes) -> bytes:
    """Return a picture without EXIF, XMP and thumbnails: nothing moves. Raises DamagedFileError."""
    cleaned = bytearray(data)
    for box in _read_boxes(cleaned, 0, len(data)):
        if box.kind == b"meta":
            for kind, start, end in _hidden_extents(cleaned, box):
                cleaned[start:end] = (_EMPTY_EXIF if kind == b"Exif" else b"").ljust(end - start, b"\0")[: end - start]
        elif box.kind in _BLANKED:
            _blank(cleaned, box)
        elif box.kind in _CONTAINERS:
            _clean_boxes(cleaned, box.body, box.end, 1)
    return bytes(cleaned)


def _read_boxes(data: bytearray, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        size, kind, body = int.from_bytes(data[start : start + 4]), bytes(data[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = int.from_bytes(data[start + 8 : start + 16]), start + 16
        stop = end if size == 0 else start + size
        if not body <= stop <= end:
            raise DamagedFileError
        yield Box(kind, start, body, stop)
        start = stop


def _find(data: bytearray, box: Box, *path: bytes) -> Box | None:
    """Return the first box at a path below another."""
    for kind in path:
        found = next((one for one in _read_boxes(data, box.body, box.end) if one.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def _blank(data: bytearray, box: Box) -> None:
    """Make a box one of free space, which readers skip."""
    data[box.start + 4 : box.start + 8] = b"free"
    data[box.body : box.end] = bytes(box.end - box.body)


def _clean_boxes(data: bytearray, start: int, end: int, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise DamagedFileError
    is_fragmented = any(one.kind == b"moof" for one in _read_boxes(data, start, end))
    for box in _read_boxes(data, start, end):
        if box.kind in _BLANKED:
            _blank(data, box)
        elif box.kind == b"trak" and _handler(data, box) not in _SHOWN_TRACKS:
            for first, last in _sample_extents(data, box):
                data[first:last] = bytes(last - first)
            _blank(data, box)
        elif box.kind == b"moov" and is_fragmented and _has_hidden_track(data, box):
            raise DamagedFileError  # its facts lie in fragments
        elif box.kind in _CONTAINERS:
            _clean_boxes(data, box.body, box.end, depth + 1)
        elif box.kind == b"hdlr":
            data[box.body + 12 : box.body + 16] = bytes(len(data[box.body + 12 : box.body + 16]))  # the maker
            data[box.body + 24 : box.end] = bytes(max(0, box.end - box.body - 24))
        elif box.kind == b"stsd":
            _clean_description(data, box)


def _handler(data: bytearray, track: Box) -> bytes:
    handler = _find(data, track, b"mdia", b"hdlr")
    return bytes(data[handler.body + 8 : handler.body + 12]) if handler else b""


def _has_hidden_track(data: bytearray, film: Box) -> bool:
    tracks = (one for one in _read_boxes(data, film.body, film.end) if one.kind == b"trak")
    return any(_handler(data, track) not in _SHOWN_TRACKS for track in tracks)


def _clean_description(data: bytearray, box: Box) -> None:
    """Blank the maker and the name of the program in the description of a track of pictures."""
    for entry in _read_boxes(data, box.body + 8, box.end):
        for start, end in (_VENDOR, _COMPRESSOR) if entry.end - entry.start >= 86 and entry.kind != b"mp4a" else ():
            data[entry.start + start : entry.start + end] = bytes(end - start)


def _numbers(data: bytearray, at: int, count: int, size: int, end: int) -> list[int]:
    if at + count * size > end:
        raise DamagedFileError
    return [int.from_bytes(data[at + size * index : at + size * (index + 1)]) for index in range(count)]


def _sample_extents(data: bytearray, track: Box) -> Iterator[tuple[int, int]]:
    """Return where the samples of a track are in the file, chunk by chunk."""
    table = _find(data, track, b"mdia", b"minf", b"stbl")
    if table is None:
        raise DamagedFileError
    boxes = {one.kind: one for one in _read_boxes(data, table.body, table.end)}
    offsets_box = boxes.get(b"co64") or boxes.get(b"stco")
    if offsets_box is None or b"stsz" not in boxes or b"stsc" not in boxes:
        raise DamagedFileError
    (count,) = _numbers(data, offsets_box.body + 4, 1, 4, offsets_box.end)
    offsets = _numbers(data, offsets_box.body + 8, count, 8 if offsets_box.kind == b"co64" else 4, offsets_box.end)
    sizes_box, runs_box = boxes[b"stsz"], boxes[b"stsc"]
    same, count = _numbers(data, sizes_box.body + 4, 2, 4, sizes_box.end)
    sizes = [] if same else _numbers(data, sizes_box.body + 12, count, 4, sizes_box.end)
    (runs,) = _numbers(data, runs_box.body + 4, 1, 4, runs_box.end)
    values = _numbers(data, runs_box.body + 8, 3 * runs, 4, runs_box.end)
    first_chunks, per_chunk, sample = values[::3], values[1::3], 0
    for number, offset in enumerate(offsets, 1):
        run = next((index for index in reversed(range(runs)) if first_chunks[index] <= number), None)
        if run is None:
            raise DamagedFileError
        length = same * per_chunk[run] if same else sum(sizes[sample : sample + per_chunk[run]])
        if offset + length > len(data):
            raise DamagedFileError
        yield offset, offset + length
        sample += per_chunk[run]


def _hidden_extents(data: bytearray, meta: Box) -> Iterator[tuple[bytes, int, int]]:
    """Return the type and place of each part of the items of a picture that hold facts or a thumbnail."""
    inside = Box(meta.kind, meta.start, meta.body + 4, meta.end)
    boxes = {one.kind: one for one in _read_boxes(data, inside.body, inside.end)}
    hidden = {
        **dict.fromkeys(_thumbnails(data, boxes.get(b"iref")), b"thmb"),
        **dict(_items_of_facts(data, boxes.get(b"iinf"))),
    }
    if hidden and b"iloc" in boxes:
        base = boxes[b"idat"].body if b"idat" in boxes else 0
        for item, start, end, in_data in _item_extents(data, boxes[b"iloc"]):
            if item in hidden:
                first, last = (base + start, base + end) if in_data else (start, end)
                if last > len(data):
                    raise DamagedFileError
                yield hidden[item], first, last


def _items_of_facts(data: bytearray, box: Box | None) -> Iterator[tuple[int, bytes]]:
    if box is None:
        return
    start = box.body + (6 if data[box.body] == 0 else 8)
    for one in _read_boxes(data, start, box.end):
        wide = data[one.body] >= 3
        kind = bytes(data[one.body + (10 if wide else 8) :][:4])
        if one.kind == b"infe" and data[one.body] >= 2 and kind in _HIDDEN_ITEMS:
            yield int.from_bytes(data[one.body + 4 : one.body + (8 if wide else 6)]), kind


def _thumbnails(data: bytearray, box: Box | None) -> Iterator[int]:
    if box is None:
        return
    size = 4 if data[box.body] else 2
    for one in _read_boxes(data, box.body + 4, box.end):
        if one.kind == b"thmb":
            yield int.from_bytes(data[one.body : one.body + size])


def _item_extents(data: bytearray, box: Box) -> Iterator[tuple[int, int, int, bool]]:
    """Return item, start, end, and whether it lies in the box of data, for each part of each item."""
    version, at = data[box.body], box.body + 4
    sizes = [data[at] >> 4, data[at] & 15, data[at + 1] >> 4, data[at + 1] & 15 if version else 0]
    wide = 4 if version == 2 else 2

    def read(size: int) -> int:
        nonlocal at
        if at + size > box.end:
            raise DamagedFileError
        at += size
        return int.from_bytes(data[at - size : at])

    at += 2
    for _ in range(read(wide)):
        item = read(wide)
        method = read(2) & 15 if version else 0
        read(2)
        base = read(sizes[2])
        for _ in range(read(2)):
            read(sizes[3])
            start, length = base + read(sizes[0]), read(sizes[1])
            yield item, start, start + length if length else (box.end if method else len(data)), method == 1
