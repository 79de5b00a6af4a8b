"""WebM and Matroska (RFC 8794, RFC 9559): what is neither seen nor heard becomes void elements, in place."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.content.attachments.formats.ogg import blank_comments

_HEAD, _SEGMENT, _CLUSTER, _TRACKS, _TRACK = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE
_GROUP, _BLOCK, _SIMPLE_BLOCK, _PRIVATE = 0xA0, 0xA1, 0xA3, 0x63A2
_NUMBER, _TYPE = 0xD7, 0x83
_KEPT = {
    None: {_HEAD, _SEGMENT},
    _HEAD: {0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285},
    _SEGMENT: {0x114D9B74, 0x1549A966, _TRACKS, _CLUSTER, 0x1C53BB6B},  # where parts are, what it is, tracks, sound, places
    0x114D9B74: {0x4DBB},
    0x4DBB: {0x53AB, 0x53AC},
    0x1549A966: {0x2AD7B1, 0x4489, 0x4D80, 0x5741},  # unit of time, duration, the programs that wrote it, which must be there
    _TRACKS: {_TRACK},
    _TRACK: {
        _NUMBER, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x234E7A, 0x55EE, 0x22B59C, 0x22B59D, 0x86,
        _PRIVATE, 0xAA, 0x56AA, 0x56BB, 0xE0, 0xE1, 0x6D80, 0x41E4,
    },
    _CLUSTER: {0xE7, 0xA7, 0xAB, _SIMPLE_BLOCK, _GROUP},
    _GROUP: {_BLOCK, 0x75A1, 0x9B, 0xFA, 0xFB, 0x75A2, 0xA4},
    0x1C53BB6B: {0xBB},
    0xBB: {0xB3, 0xB7},
    0xB7: {0xF7, 0xF1, 0xF0, 0xB2, 0x5378},
}  # fmt: skip
"""The elements that are kept, by the one that holds them: what is in any other belongs to pictures and sound."""
_STRINGS = frozenset([0x4D80, 0x5741])
_SHOWN = (1, 2)  # tracks of pictures and of sound
_UNKNOWN_ENDS = frozenset([_CLUSTER, 0x1C53BB6B, 0x1254C367, 0x1941A469, 0x114D9B74, 0x1549A966, _TRACKS, 0x1043A770])
_MAX_DEPTH = 8


def clean_matroska(data: bytes) -> bytes:
    """Return a film without names, tags, attachments and tracks of words: nothing else moves. Raises DamagedFileError."""
    cleaned = bytearray(data)
    film = _Film(cleaned)
    for _ in range(2):  # tracks may stand behind what belongs to them
        film.clean(0, len(data), None, frozenset(), 0)
    return bytes(cleaned)


class _Film:
    def __init__(self, data: bytearray) -> None:
        self.data = data
        self.hidden: set[int] = set()  # numbers of tracks

    def clean(self, at: int, end: int, parent: int | None, ends: frozenset[int], depth: int) -> int:
        """Blank the elements between two places; one of ``ends`` ends an element of unknown size. Returns where that is."""
        if depth > _MAX_DEPTH:
            raise DamagedFileError
        while at < end:
            start = at
            name, at = _read_name(self.data, at)
            if name in ends:
                return start
            size, at = _read_size(self.data, at)
            if size is None:  # of a live recording
                if name not in (_SEGMENT, _CLUSTER):
                    raise DamagedFileError
                at = self.clean(at, end, name, _UNKNOWN_ENDS if name == _CLUSTER else frozenset(), depth + 1)
                continue
            if at + size > end:
                raise DamagedFileError
            self._clean_element(start, at, at + size, name, parent, depth)
            at += size
        return at

    def _clean_element(self, start: int, at: int, end: int, name: int, parent: int | None, depth: int) -> None:
        if name not in _KEPT[parent] or self._is_hidden(at, end, name):
            self.data[start:end] = _format_void(end - start)
        elif name in _STRINGS:
            self.data[at:end] = b" " * (end - at)
        elif name == _PRIVATE:
            self.data[at:end] = clean_private(bytes(self.data[at:end]))
        elif name in _KEPT:
            self.clean(at, end, name, frozenset(), depth + 1)

    def _is_hidden(self, at: int, end: int, name: int) -> bool:
        """Whether an element is of a track that is neither seen nor heard."""
        if name == _TRACK:
            values = {one: int.from_bytes(self.data[first:last]) for one, first, last in _children(self.data, at, end)}
            if values.get(_TYPE) not in _SHOWN:
                self.hidden.add(values.get(_NUMBER, 0))
                return True
        if name == _GROUP:
            return any(self._is_hidden(first, last, one) for one, first, last in _children(self.data, at, end) if one == _BLOCK)
        return name in (_BLOCK, _SIMPLE_BLOCK) and bool(self.hidden) and _read_size(self.data, at)[0] in self.hidden


def _children(data: bytearray, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    while at < end:
        name, at = _read_name(data, at)
        size, at = _read_size(data, at)
        if size is None or at + size > end:
            raise DamagedFileError
        yield name, at, at + size
        at += size


def clean_private(private: bytes) -> bytes:
    """Return what a codec needs, of the same length: the comments of Vorbis and Theora are blank."""
    if private[:1] != b"\2":
        return private
    sizes, at = [], 1
    for _ in range(2):
        size = 0
        while True:
            size += private[at]
            at += 1
            if private[at - 1] != 255:
                break
        sizes.append(size)
    comments = private[at + sizes[0] : at + sizes[0] + sizes[1]]
    if comments[1:7] not in (b"vorbis", b"theora"):
        return private
    return private[: at + sizes[0]] + blank_comments(comments, 7) + private[at + sizes[0] + sizes[1] :]


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
