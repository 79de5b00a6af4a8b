"""Cards as PNG files: 13 colours, 4 bits a pixel, rows without filters, in one chunk (https://www.w3.org/TR/png-3/).

With the logo of a site, which has colours of its own, 8 bits a pixel.

Pillow's encoder takes five times as long for more bytes: it filters rows, and zlib takes twice as long as libdeflate. What all
cards of a language begin with is compressed once, by zlib, which can end a part of a stream at a whole byte (RFC 1951, 3.2.4).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jisr.core.frozen import dataclass

if TYPE_CHECKING:
    from PIL import Image

Rgb = tuple[int, int, int]
CARD_SIZE = (1200, 630)  # the size that social networks crop least (https://ogp.me names none)
# A pixel of a sheet has its colour in its lower four bits. Text is painted from the value of its ground to that of its colour,
# so that all between are its shades: those of ink go down from paper, those of marks up.
PAPER, SOFT_PAPER, LINE = 16, 5, 9
SHADES = {"ink": (PAPER, 12), "mark": (PAPER, 20), "soft": (SOFT_PAPER, 8)}
MAX_SIZE = 100_000  # bytes of a file; a card has 15,000
FIRST_LOGO_COLOR = 21  # of the palette, after the shades
_ZLIB_HEADER = b"\x78\x01"  # RFC 1950: deflate, a window of 32 KB
_COMPRESSION = 3  # of libdeflate: level 6 takes a fifth longer and saves a twentieth of the bytes, level 9 five times as long


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


_END = _chunk(b"IEND", b"")


@dataclass(frozen=True, slots=True)
class CardColors:
    """The colours of a card, and those of the logo of a site."""

    paper: Rgb = (248, 245, 238)
    ink: Rgb = (34, 38, 43)
    mark: Rgb = (138, 67, 24)
    soft: Rgb = (71, 75, 80)
    line: Rgb = (211, 203, 187)
    logo: tuple[Rgb, ...] = ()


@dataclass(frozen=True, slots=True)
class CardStart:
    """The rows that many cards begin with: compressed, and their checksum (Adler-32)."""

    compressed: bytes
    checksum: int


class CardFormat:
    """The form of the cards of a site: what stands before and after their pixels."""

    def __init__(self, colors: CardColors | None = None) -> None:
        """State the colours; those of the theme where none are."""
        self.colors = colors or CardColors()
        self.bits = 8 if self.colors.logo else 4
        self.row_size = 1 + CARD_SIZE[0] * self.bits // 8  # bytes: the filter of a row, which is none, and its pixels
        header = struct.pack(">IIBBBBB", *CARD_SIZE, self.bits, 3, 0, 0, 0)  # a palette, not interlaced
        self.start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"PLTE", bytes(self._palette()))

    def _palette(self) -> Iterator[int]:
        colors = self.colors
        shades = dict.fromkeys(range(16), colors.paper) | {LINE: colors.line}
        for name, colour in (("ink", colors.ink), ("mark", colors.mark), ("soft", colors.soft)):
            ground, full = SHADES[name]
            step = 1 if full > ground else -1
            for value in range(ground, full + step, step):
                share = (value - ground) / (full - ground)
                pairs = zip(colors.paper, colour, strict=True)
                red, green, blue = (round(paper + (most - paper) * share) for paper, most in pairs)
                shades[value % 16] = red, green, blue
        for index in range(16 if self.bits == 4 else FIRST_LOGO_COLOR):
            yield from shades[index % 16]
        for logo in colors.logo:
            yield from logo

    def is_card(self, data: bytes) -> bool:
        """Whether a file is a whole card: of our size and palette, with one chunk of pixels and nothing else."""
        if not (data.startswith(self.start) and data.endswith(_END) and len(data) <= MAX_SIZE):
            return False
        pixels = data[len(self.start) + 8 : -len(_END) - 4]
        return data == self.start + _chunk(b"IDAT", pixels) + _END

    def compress_start(self, head: Image.Image) -> CardStart:
        """Return a sheet, whose pixels are indexes of the palette, as the rows that cards begin with."""
        import deflate  # of the extra that draws

        rows = b"\0" + self._read_rows(head)
        stream = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        compressed = stream.compress(rows) + stream.flush(zlib.Z_FULL_FLUSH)
        return CardStart(compressed, deflate.adler32(rows, 1))

    def encode(self, start: CardStart, body: Image.Image) -> bytes:
        """Return a PNG file that begins with the rows of ``start``; those of ``body``, a sheet as well, follow."""
        import deflate

        rest = memoryview(self._read_rows(body))[:-1]
        checksum = struct.pack(">I", deflate.adler32(rest, start.checksum))
        pixels = b"".join((_ZLIB_HEADER, start.compressed, deflate.deflate_compress(rest, _COMPRESSION), checksum))
        return self.start + _chunk(b"IDAT", pixels) + _END

    def _read_rows(self, sheet: Image.Image) -> bytes:
        """Return the rows of a sheet, each before the filter of the next one, which is none (a byte that Pillow leaves 0)."""
        return sheet.tobytes("raw", "P;4" if self.bits == 4 else "P", self.row_size, 1)
