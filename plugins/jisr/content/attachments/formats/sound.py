"""MP3 and FLAC: tags before and behind the sound go (https://id3.org, APEv2, RFC 9639)."""

from __future__ import annotations

from jisr.content.attachments.formats.damage import DamagedFileError

_APE, _APE_HEAD = b"APETAGEX", 32
_LYRICS = b"LYRICS200"
_BIT_RATES = (  # in thousands: version 1 of layers 1 to 3, versions 2 and 2.5 of layer 1, and of the others
    (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_FLAC_KEPT = (0, 3)  # what the stream is, and where to seek


def clean_mp3(data: bytes) -> bytes:
    """Return the frames of a recording, and nothing that stands before, between or behind them. Raises DamagedFileError."""
    at, end = _skip_first_tags(data, 0), _skip_last_tags(data)
    if data[at : at + 1] != b"\xff":
        raise DamagedFileError
    kept, last = [], 0
    while at < end:
        size = _frame_size(data, at)
        if size and (at == last or at + size >= end or _frame_size(data, at + size)):
            last = at + size
            kept.append(data[at : min(last, end)])
            at = last
        else:
            at = _next_frame(data, at + 1, end)
    if not kept:
        raise DamagedFileError
    return b"".join(kept)


def _frame_size(data: bytes, at: int) -> int:
    """Return the size of the frame of sound that begins at a place, or 0 where none does (ISO/IEC 11172-3, 2.4.1)."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    rate, frequency, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if version == 1 or layer == 4 or rate in (0, 15) or frequency == 3:
        return 0
    bits = _BIT_RATES[layer - 1 if version == 3 else 3 if layer == 1 else 4][rate - 1] * 1000
    hertz = (44_100, 48_000, 32_000)[frequency] >> (0 if version == 3 else 1 if version == 2 else 2)
    if layer == 1:
        return (12 * bits // hertz + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bits // hertz + padding


def _next_frame(data: bytes, at: int, end: int) -> int:
    """Return where the next frame begins that another one follows, or the end."""
    while (at := data.find(b"\xff", at, end)) >= 0:
        if (size := _frame_size(data, at)) and (at + size >= end or _frame_size(data, at + size)):
            return at
        at += 1
    return end


def _skip_last_tags(data: bytes) -> int:
    """Return where the tags behind the sound begin."""
    end = len(data)
    while (shorter := _cut_last_tag(data, 0, end)) < end:
        end = shorter
    return end


def _skip_first_tags(data: bytes, at: int) -> int:
    """Return where the sound begins, after tags of ID3 and APE and what fills the space between."""
    while True:
        if data[at : at + 3] == b"ID3":
            footer = 10 if data[at + 5 : at + 6] >= b"\x10" and data[at + 5] & 0x10 else 0
            at += 10 + _seven_bit_size(data[at + 6 : at + 10]) + footer
        elif data[at : at + 8] == _APE:
            at += _APE_HEAD + int.from_bytes(data[at + 12 : at + 16], "little")
        else:
            break
    while data[at : at + 1] == b"\0":
        at += 1
    return at


def _seven_bit_size(size: bytes) -> int:
    number = 0
    for one in size:
        number = number << 7 | one & 0x7F
    return number


def _cut_last_tag(data: bytes, start: int, end: int) -> int:
    """Return where the last tag begins, or ``end`` where there is none."""
    if data[end - 128 : end - 125] == b"TAG":
        extended = data[end - 355 : end - 351] == b"TAG+"
        return max(start, end - (355 if extended else 128))
    if data[end - 32 : end - 24] == _APE:
        return max(start, end - int.from_bytes(data[end - 20 : end - 16], "little") - _has_ape_head(data, end))
    if data[end - 9 : end] == _LYRICS and data[end - 15 : end - 9].isdigit():
        return max(start, end - 15 - int(data[end - 15 : end - 9]))
    if data[end - 10 : end - 7] == b"3DI":
        return max(start, end - 20 - _seven_bit_size(data[end - 4 : end]))
    return end


def _has_ape_head(data: bytes, end: int) -> int:
    """Return the size of the head of a tag of APE, which its own size leaves out."""
    return _APE_HEAD if data[end - 12 + 3] & 0x80 else 0


def clean_flac(data: bytes) -> bytes:
    """Return a recording without its tags and pictures. Raises DamagedFileError."""
    at, kept, is_last = _skip_first_tags(data, 0) + 4, [], False
    if data[at - 4 : at] != b"fLaC":
        raise DamagedFileError
    while not is_last:
        head, end = data[at : at + 4], at + 4 + int.from_bytes(data[at + 1 : at + 4])
        if len(head) < 4 or end > len(data):
            raise DamagedFileError
        is_last = bool(head[0] & 0x80)
        if head[0] & 0x7F in _FLAC_KEPT:
            kept.append((head[0] & 0x7F, data[at + 1 : end]))
        at = end
    blocks = (bytes([kind | (0x80 if number == len(kept) else 0)]) + rest for number, (kind, rest) in enumerate(kept, 1))
    return b"".join([b"fLaC", *blocks, data[at : max(at, _skip_last_tags(data))]])
