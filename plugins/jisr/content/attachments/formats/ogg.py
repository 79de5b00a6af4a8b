"""Ogg (RFC 3533): Vorbis, Opus, Theora, Speex and FLAC. The values of comments are blanked in place."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from jisr.content.attachments.formats.damage import DamagedFileError

_COMMENTS = {
    b"\x01vorbis": b"\x03vorbis",
    b"OpusHead": b"OpusTags",
    b"\x80theora": b"\x81theora",
    b"Speex   ": b"",
    b"\x7fFLAC": b"",
    b"fishead": b"",  # a skeleton, which has the types and names of the others
}
_SILENT = (b"BBCD",)
_MANY = (b"\x7fFLAC", b"fishead")  # codecs with any number of packets that can hold comments
_SKELETON = 52  # bytes before the fields of a packet of the skeleton
_HEAD = 27


@dataclass(slots=True)
class _Stream:
    """One of the streams of a file: its codec, and where in the file the packet lies that is being read."""

    codec: bytes | None = None
    packets: int = 0
    positions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """Whether the packets that can hold comments are over: of FLAC and a skeleton any number, of others the second."""
        return self.codec is None or (self.packets > 1 and self.codec not in _MANY)


def clean_ogg(data: bytes) -> bytes:
    """Return a file whose comments are blank. Raises DamagedFileError."""
    cleaned, at, streams = bytearray(data), 0, {}
    starts: list[tuple[int, int]] = []
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + _HEAD > len(data):
            raise DamagedFileError
        table = data[at + _HEAD : at + _HEAD + data[at + 26]]
        body = at + _HEAD + len(table)
        end = body + sum(table)
        if end > len(data):
            raise DamagedFileError
        starts.append((at, end))
        serial = data[at + 14 : at + 18]
        if data[at + 5] & 2:
            streams[serial] = _Stream()
        if serial not in streams:
            raise DamagedFileError
        _read_page(cleaned, streams[serial], body, table)
        at = end
    for start, end in starts:
        if cleaned[start:end] != data[start:end]:
            cleaned[start + 22 : start + 26] = bytes(4)
            cleaned[start + 22 : start + 26] = _checksum(cleaned[start:end]).to_bytes(4, "little")
    return bytes(cleaned)


def _read_page(cleaned: bytearray, stream: _Stream, body: int, table: bytes) -> None:
    """Add the packets of a page to its stream, and blank those of comments that end here."""
    if stream.packets and stream.is_read:
        return
    for size in table:
        stream.positions.append((body, body + size))
        body += size
        if size < 255:
            packet = b"".join(cleaned[start:end] for start, end in stream.positions)
            _blank_packet(cleaned, stream, packet)
            stream.packets += 1
            stream.positions = []
            if stream.is_read:
                return


def _blank_packet(cleaned: bytearray, stream: _Stream, packet: bytes) -> None:
    if not stream.packets:
        stream.codec = next((one for one in _COMMENTS if packet.startswith(one)), None)
        if stream.codec is None and not packet.startswith(_SILENT):
            raise DamagedFileError
        return
    if stream.codec is None:
        return
    if stream.codec == b"fishead":
        ranges = iter([(_SKELETON, len(packet))] if packet.startswith((b"fisbone", b"fishead")) else [])
    elif stream.codec == b"\x7fFLAC":
        ranges = _flac_ranges(packet, stream)
    else:
        head = _COMMENTS[stream.codec]
        if not packet.startswith(head):
            raise DamagedFileError
        ranges = _comment_ranges(packet, len(head))
    blank = bytearray(packet)
    for start, end in ranges:
        blank[start:end] = b" " * (end - start)
    at = 0
    for start, end in stream.positions:
        cleaned[start:end] = blank[at : at + end - start]
        at += end - start


def _flac_ranges(packet: bytes, stream: _Stream) -> Iterator[tuple[int, int]]:
    """Return the parts of a metadata block of FLAC to blank; a packet of sound ends them."""
    kind = packet[0] if packet else 0xFF
    if kind == 0xFF:
        stream.codec = None
    elif kind & 0x7F == 4:
        yield from _comment_ranges(packet, 4)
    elif kind & 0x7F not in (0, 3):
        yield 4, len(packet)


def blank_comments(packet: bytes, at: int) -> bytes:
    """Return a packet of comments that begin at a place, with spaces in place of what they say. Raises DamagedFileError."""
    blank = bytearray(packet)
    for start, end in _comment_ranges(packet, at):
        blank[start:end] = b" " * (end - start)
    return bytes(blank)


def _comment_ranges(packet: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Return the parts of a packet of comments to blank: the vendor, and what each name is equal to."""
    try:
        (size,) = struct.unpack_from("<I", packet, at)
        yield at + 4, at + 4 + size
        (count,) = struct.unpack_from("<I", packet, at + 4 + size)
        at += 8 + size
        for _ in range(count):
            (size,) = struct.unpack_from("<I", packet, at)
            equals = packet.find(b"=", at + 4, at + 4 + size)
            yield (equals + 1 if equals >= 0 else at + 4), at + 4 + size
            at += 4 + size
    except struct.error:
        raise DamagedFileError from None
    if at > len(packet):
        raise DamagedFileError
    yield at + 1, len(packet)  # after the last bit of Vorbis, and what fills up the packet


@cache
def _checksum_table() -> tuple[int, ...]:
    table = []
    for number in range(256):
        value = number << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return tuple(table)


def _checksum(page: bytes | bytearray) -> int:
    table, value = _checksum_table(), 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ table[value >> 24 ^ byte]
    return value
