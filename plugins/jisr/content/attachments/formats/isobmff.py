"""MP4, MOV, M4A (ISO/IEC 14496-12) and AVIF (ISO/IEC 23008-12): what is not seen or heard is blanked in place.

Boxes, tracks, items and properties are kept by lists; of the data that is not in fragments, what a kept track or item names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.icc import clean_profile
from jisr.core.frozen import dataclass

_CONTAINERS = frozenset(b"moov trak mdia minf stbl edts mvex moof traf dinf tapt gmhd".split())
_KEPT = _CONTAINERS | frozenset(
    (
        b"ftyp styp mdat sidx ssix mfra tfra mfro wide mvhd mehd trex tkhd tref elst load clef prof enof mdhd hdlr elng "
        b"vmhd smhd nmhd sthd gmin dref stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh sdtp sbgp sgpd subs saiz saio "
        b"padb stdp mfhd tfhd tfdt trun"
    ).split()
)
_KEPT_IN_DESCRIPTIONS = frozenset(
    (
        b"avcC hvcC lhvC av1C vpcC vvcC esds d263 dOps dac3 dec3 dac4 dfLa alac wave frma enda glbl SmDm CoLL mdcv clli amve "
        b"colr pasp clap fiel gama btrt chan chnl pcmC dvcC dvvC dvwC auxi ccst"
    ).split()
)
_SHOWN_TRACKS = frozenset(b"vide soun auxv pict".split())
_TIMED = frozenset(b"mvhd tkhd mdhd".split())
_SHOWN_ITEMS = frozenset(b"av01 grid iden iovl tmap sato".split())
_SHOWN_PROPERTIES = frozenset(
    b"ispe pixi av1C colr pasp clap irot imir auxC a1op a1lx lsel clli mdcv cclv amve rloc ndwt reve".split()
)
_PICTURE_ENTRY, _SOUND_ENTRIES = 78, (28, 44, 64)  # bytes before the boxes in the description of a track
_VENDOR, _COMPRESSOR = (12, 16), (42, 74)
_EMPTY_EXIF = bytes(4) + b"II*\0\x08\0\0\0" + bytes(6)  # no facts; decoders refuse a picture whose EXIF is none
_MAX_DEPTH = 12
_MAX_BLANKED = 4  # times the bytes of a file: parts that share bytes are made to cost time


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
    boxes = list(_read_boxes(cleaned, 0, len(data)))
    films = [box for box in boxes if box.kind == b"moov"]
    if not films:
        raise DamagedFileError  # it is cut off: what players need is often at the end
    tracks = [box for film in films for box in _read_boxes(cleaned, film.body, film.end) if box.kind == b"trak"]
    shown = [track for track in tracks if _handler(cleaned, track) in _SHOWN_TRACKS]
    if not shown:
        raise DamagedFileError
    if all(box.kind != b"moof" for box in boxes):
        _blank_rest(cleaned, boxes, [extent for track in shown for extent in _sample_extents(cleaned, track)])
    elif len(shown) < len(tracks):
        raise DamagedFileError  # its facts lie in fragments
    _clean_boxes(cleaned, 0, len(data), 0)
    return bytes(cleaned)


def clean_avif(data: bytes) -> bytes:
    """Return a picture without EXIF, XMP and thumbnails: nothing moves. Raises DamagedFileError."""
    cleaned = bytearray(data)
    boxes = list(_read_boxes(cleaned, 0, len(data)))
    kept: list[tuple[int, int]] = []
    for box in boxes:
        if box.kind == b"meta":
            kept += _clean_items(cleaned, box)
        elif box.kind == b"moov":
            tracks = [one for one in _read_boxes(cleaned, box.body, box.end) if one.kind == b"trak"]
            kept += [extent for track in tracks for extent in _sample_extents(cleaned, track)]
            _clean_boxes(cleaned, box.body, box.end, 1)
        elif box.kind not in (b"ftyp", b"mdat"):
            _blank(cleaned, box)
    _blank_rest(cleaned, boxes, kept)
    return bytes(cleaned)


def _blank_rest(data: bytearray, boxes: list[Box], kept: list[tuple[int, int]]) -> None:
    """Blank what of the data no kept extent holds."""
    at = 0
    for start, end in (*sorted(kept), (len(data), len(data))):
        if at < start:
            for box in boxes[_find_box(boxes, at) : _find_box(boxes, start) + 1]:
                first, last = max(at, box.body), min(start, box.end)
                if box.kind == b"mdat" and first < last:
                    data[first:last] = bytes(last - first)
        at = max(at, end)


def _find_box(boxes: list[Box], at: int) -> int:
    """Return the number of the box in which a place is."""
    return max(0, bisect_right(boxes, at, key=lambda box: box.start) - 1)


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
    for box in _read_boxes(data, start, end):
        if box.kind not in _KEPT or (box.kind == b"trak" and _handler(data, box) not in _SHOWN_TRACKS):
            _blank(data, box)
        elif box.kind in _CONTAINERS:
            _clean_boxes(data, box.body, box.end, depth + 1)
        elif box.kind in _TIMED:
            _clear(data, box, 4, 20 if data[box.body : box.body + 1] == b"\1" else 12)  # when it was made
        elif box.kind == b"hdlr":
            _clear(data, box, 12, 16)  # the maker
            _clear(data, box, 24, box.end - box.body)
        elif box.kind == b"dref":
            for entry in _read_boxes(data, box.body + 8, box.end):
                _clear(data, entry, 4, entry.end - entry.body)  # where another file lay
        elif box.kind == b"stsd":
            _clean_description(data, box)


def _clear(data: bytearray, box: Box, start: int, end: int) -> None:
    """Blank a part of the body of a box."""
    first, last = min(box.body + start, box.end), min(box.body + end, box.end)
    data[first:last] = bytes(last - first)


def _handler(data: bytearray, track: Box) -> bytes:
    handler = _find(data, track, b"mdia", b"hdlr")
    return bytes(data[handler.body + 8 : handler.body + 12]) if handler else b""


def _clean_description(data: bytearray, box: Box) -> None:
    """Blank the maker and the name of the program in the description of a track of pictures, and boxes of facts in any."""
    for entry in _read_boxes(data, box.body + 8, box.end):
        inside = next(
            (one for one in (_PICTURE_ENTRY, *_SOUND_ENTRIES) if _holds_boxes(data, entry.body + one, entry.end)), None
        )
        if inside in (None, _PICTURE_ENTRY) and entry.end - entry.body >= _PICTURE_ENTRY:
            _clear(data, entry, *_VENDOR)
            _clear(data, entry, *_COMPRESSOR)
        if inside is not None:
            for one in _read_boxes(data, entry.body + inside, entry.end):
                if one.kind not in _KEPT_IN_DESCRIPTIONS:
                    _blank(data, one)
                elif one.kind == b"colr":
                    _clean_colours(data, one)


def _holds_boxes(data: bytearray, at: int, end: int) -> bool:
    """Whether boxes fill the bytes from a place to an end; a terminator of four bytes may follow them."""
    try:
        return at + 8 <= end and list(_read_boxes(data, at, end))[-1].end >= end - 4
    except (DamagedFileError, IndexError):
        return False


def _clean_colours(data: bytearray, box: Box) -> None:
    """Clean the profile in the description of colours."""
    if bytes(data[box.body : box.body + 4]) in (b"prof", b"rICC"):
        profile = clean_profile(bytes(data[box.body + 4 : box.end]))
        if profile:
            data[box.body + 4 : box.end] = profile
        else:
            _blank(data, box)


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
    if offsets_box is None or not boxes.keys() & {b"stsz", b"stz2"} or b"stsc" not in boxes:
        raise DamagedFileError
    (count,) = _numbers(data, offsets_box.body + 4, 1, 4, offsets_box.end)
    offsets = _numbers(data, offsets_box.body + 8, count, 8 if offsets_box.kind == b"co64" else 4, offsets_box.end)
    same, sizes = _sample_sizes(data, boxes)
    runs_box = boxes[b"stsc"]
    (runs,) = _numbers(data, runs_box.body + 4, 1, 4, runs_box.end)
    values = _numbers(data, runs_box.body + 8, 3 * runs, 4, runs_box.end)
    starts, sample, run = [*values[::3], len(offsets) + 1], 0, 0
    if offsets and (not runs or starts[0] > 1):
        raise DamagedFileError
    for number, offset in enumerate(offsets, 1):
        while starts[run + 1] <= number:
            run += 1
        per_chunk = values[3 * run + 1]
        length = same * per_chunk if same else sum(sizes[sample : sample + per_chunk])
        if offset + length > len(data):
            raise DamagedFileError
        yield offset, offset + length
        sample += per_chunk


def _sample_sizes(data: bytearray, boxes: dict[bytes, Box]) -> tuple[int, list[int]]:
    """Return the size of all samples, or 0 and that of each."""
    if b"stsz" in boxes:
        same, count = _numbers(data, boxes[b"stsz"].body + 4, 2, 4, boxes[b"stsz"].end)
        return same, [] if same else _numbers(data, boxes[b"stsz"].body + 12, count, 4, boxes[b"stsz"].end)
    box = boxes[b"stz2"]
    bits, count = _numbers(data, box.body + 4, 2, 4, box.end)
    if bits in (8, 16):
        return 0, _numbers(data, box.body + 12, count, bits // 8, box.end)
    pairs = _numbers(data, box.body + 12, (count + 1) // 2, 1, box.end)
    return 0, [half for pair in pairs for half in (pair >> 4, pair & 15)]


def _clean_items(data: bytearray, meta: Box) -> list[tuple[int, int]]:
    """Blank the items of a picture that are not shown, and its properties of facts; return where the others lie."""
    boxes = {one.kind: one for one in _read_boxes(data, meta.body + 4, meta.end)}
    for box in list(_read_boxes(data, meta.body + 4, meta.end)):
        if box.kind not in (b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"dinf"):
            _blank(data, box)
    if b"hdlr" in boxes:
        _clear(data, boxes[b"hdlr"], 12, boxes[b"hdlr"].end - boxes[b"hdlr"].body)
    if b"iprp" in boxes:
        _clean_properties(data, boxes[b"iprp"])
    kinds = dict(_clean_infos(data, boxes.get(b"iinf")))
    thumbnails = set(_thumbnails(data, boxes.get(b"iref")))
    kept, base, left = [], boxes[b"idat"].body if b"idat" in boxes else 0, _MAX_BLANKED * len(data)
    for item, start, end, in_data in _item_extents(data, boxes[b"iloc"]) if b"iloc" in boxes else ():
        first, last = (base + start, base + end) if in_data else (start, end)
        if last > len(data):
            raise DamagedFileError
        if kinds.get(item) in _SHOWN_ITEMS and item not in thumbnails:
            kept.append((first, last))
        else:
            left -= last - first
            if left < 0:
                raise DamagedFileError
            told = _EMPTY_EXIF if kinds.get(item) == b"Exif" else b""
            data[first:last] = told.ljust(last - first, b"\0")[: last - first]
            kept += [(first, last)] if told else []
    return kept


def _clean_properties(data: bytearray, box: Box) -> None:
    """Blank the properties of facts: their places count, and stay."""
    for container in _read_boxes(data, box.body, box.end):
        for one in _read_boxes(data, container.body, container.end) if container.kind == b"ipco" else ():
            if one.kind not in _SHOWN_PROPERTIES:
                _blank(data, one)
            elif one.kind == b"colr":
                _clean_colours(data, one)


def _clean_infos(data: bytearray, box: Box | None) -> Iterator[tuple[int, bytes]]:
    """Return the number and type of each item, and blank its name."""
    if box is None:
        return
    for one in _read_boxes(data, box.body + (6 if data[box.body] == 0 else 8), box.end):
        if one.kind != b"infe" or data[one.body] < 2:
            raise DamagedFileError
        size = 4 if data[one.body] >= 3 else 2
        kind = bytes(data[one.body + 6 + size : one.body + 10 + size])
        if kind in _SHOWN_ITEMS:
            _clear(data, one, 10 + size, one.end - one.body)
        yield int.from_bytes(data[one.body + 4 : one.body + 4 + size]), kind


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
