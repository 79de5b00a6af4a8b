"""The picture that a library of Kiwix shows beside the archive: the bridge of the theme, drawn point by point."""

from __future__ import annotations

import struct
import zlib

SIDE = 48
_PAPER, _INK, _DOT = (248, 245, 238), (28, 40, 51), (176, 58, 46)


def draw_icon() -> bytes:
    """Return a PNG of 48 by 48 points."""
    rows = b"".join(b"\0" + b"".join(bytes(_point(x, y)) for x in range(SIDE)) for y in range(SIDE))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _point(x: int, y: int) -> tuple[int, int, int]:
    """Return the colour of a point: a bridge of one arch, and a rhombus below it."""
    if abs(x - 24) + abs(y - 33) <= 4:
        return _DOT
    in_arch = (x - 23.5) ** 2 + (y - 36) ** 2 < 14**2 and y < 37
    return _INK if 16 <= y < 38 and 3 <= x < 45 and not in_arch and (y < 36 or not 9 < x < 38) else _PAPER


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
