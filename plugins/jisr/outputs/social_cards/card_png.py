"""Cards as PNG files: 13 colours, 4 bits a pixel, rows without filters, in one chunk (https://www.w3.org/TR/png-3/).

Pillow's encoder takes three times as long for more bytes: it filters rows, and has no start that many pictures share.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

CARD_SIZE = (1200, 630)  # the size that social networks crop least (https://ogp.me names none)
PAPER, INK, MARK, SOFT, LINE = (248, 245, 238), (34, 38, 43), (138, 67, 24), (71, 75, 80), (211, 203, 187)
SHADES = {"ink": (1, 4), "mark": (5, 4), "soft": (9, 3), "line": (12, 1)}  # of 13 colours: the first, and the number
MAX_SIZE = 100_000  # bytes of a file; a card has 15,000
_ROW_SIZE = 1 + CARD_SIZE[0] // 2  # bytes: the filter of a row, which is none, and its pixels
_COMPRESSION = 4  # level 6 takes twice as long and saves a thirteenth of the bytes, level 9 ten times as long


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _palette() -> Iterator[int]:
    yield from PAPER
    for name, colour in (("ink", INK), ("mark", MARK), ("soft", SOFT), ("line", LINE)):
        count = SHADES[name][1]
        for step in range(1, count + 1):
            yield from (round(paper + (full - paper) * step / count) for paper, full in zip(PAPER, colour, strict=True))


_INDEXED = struct.pack(">IIBBBBB", *CARD_SIZE, 4, 3, 0, 0, 0)  # 4 bits a pixel, a palette, not interlaced
_START = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", _INDEXED) + _chunk(b"PLTE", bytes(_palette()))
_END = _chunk(b"IEND", b"")


class CardEncoder:
    """Encodes cards whose first rows are those of one sheet; these are compressed once."""

    def __init__(self, sheet: Image.Image, row_count: int) -> None:
        self.row_count = row_count
        self.compressor = zlib.compressobj(_COMPRESSION)
        self.first_rows = self.compressor.compress(b"\0" + _pack_rows(sheet, 0, row_count))

    def encode(self, sheet: Image.Image) -> bytes:
        """Return a sheet, whose pixels are indexes of the palette, as a PNG file."""
        compressor = self.compressor.copy()
        rest = compressor.compress(memoryview(_pack_rows(sheet, self.row_count, CARD_SIZE[1]))[:-1])
        return _START + _chunk(b"IDAT", self.first_rows + rest + compressor.flush()) + _END


def is_card(data: bytes) -> bool:
    """Whether a file is a whole card: of our size and palette, with one chunk of pixels and nothing else."""
    if not (data.startswith(_START) and data.endswith(_END) and len(data) <= MAX_SIZE):
        return False
    pixels = data[len(_START) + 8 : -len(_END) - 4]
    return data == _START + _chunk(b"IDAT", pixels) + _END


def _pack_rows(sheet: Image.Image, first: int, end: int) -> bytes:
    """Return rows of a sheet, two pixels a byte, each before the filter of the row below it, which is none."""
    return sheet.crop((0, first, CARD_SIZE[0], end)).tobytes("raw", "P;4", _ROW_SIZE, 1)
