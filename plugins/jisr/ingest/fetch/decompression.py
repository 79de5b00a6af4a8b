"""Bodies as they were before a server packed them: piece by piece, and never more than is allowed."""

from __future__ import annotations

import importlib
import zlib
from typing import Protocol

from jisr.ingest.encoding.charset import UnreadableFeed

_CHUNK_BYTES = 65_536  # bytes that are unpacked at once: a bomb is noticed at the first of them that is too many
_MAX_ENCODINGS = 2  # a server that packs a body three times does it to us, not for us


class Decompressor(Protocol):
    """Takes a piece of a body and gives what is in it."""

    def decompress(self, piece: bytes, room: int) -> bytes:
        """Return what a piece unpacks to, at most about ``room`` bytes. Raises Unreadable where it cannot be unpacked."""

    def finish(self) -> None:
        """Raise Unreadable where more should have come."""


class _IdentityDecompressor:
    def decompress(self, piece: bytes, room: int) -> bytes:
        return piece

    def finish(self) -> None:
        return None


class _ZlibDecompressor:
    """Unpacks gzip, and deflate with or without its head (RFC 9110, 8.4.1.2)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stream = zlib.decompressobj(31) if name == "gzip" else zlib.decompressobj()
        self.has_started = name == "gzip"

    def decompress(self, piece: bytes, room: int) -> bytes:
        if not self.has_started and piece:
            self.has_started = True
            if piece[0] & 0x0F != 8:  # no head of zlib: some servers send the bare stream
                self.stream = zlib.decompressobj(-15)
        found = bytearray()
        try:
            while piece and len(found) <= room:
                if self.stream.eof:  # gzip may go on with another part; whatever else follows is nothing
                    if self.name != "gzip" or not piece.startswith(b"\x1f\x8b"):
                        break
                    self.stream = zlib.decompressobj(31)
                found += self.stream.decompress(piece, _CHUNK_BYTES)
                piece = self.stream.unused_data if self.stream.eof else self.stream.unconsumed_tail
        except zlib.error:
            raise UnreadableFeed(f"it says that it is packed with {self.name}, and cannot be unpacked") from None
        return bytes(found)

    def finish(self) -> None:
        if not self.stream.eof:
            raise UnreadableFeed("it ended before it was complete")


class _BrotliDecompressor:
    def __init__(self) -> None:
        self.library = importlib.import_module("brotli")
        self.stream = self.library.Decompressor()

    def decompress(self, piece: bytes, room: int) -> bytes:
        found = bytearray()
        try:
            found += self.stream.process(piece, output_buffer_limit=_CHUNK_BYTES)
            while len(found) <= room and not self.stream.can_accept_more_data():
                found += self.stream.process(b"", output_buffer_limit=_CHUNK_BYTES)
        except self.library.error:
            raise UnreadableFeed("it says that it is packed with br, and cannot be unpacked") from None
        return bytes(found)

    def finish(self) -> None:
        if not self.stream.is_finished():
            raise UnreadableFeed("it ended before it was complete")


class _ChainedDecompressor:
    """Unpacks what was packed more than once, the last packing first."""

    def __init__(self, unpackers: list[Decompressor]) -> None:
        self.decompressors = unpackers

    def decompress(self, piece: bytes, room: int) -> bytes:
        for one in self.decompressors:
            piece = one.decompress(piece, room)
        return piece

    def finish(self) -> None:
        for one in self.decompressors:
            one.finish()


def has_brotli() -> bool:
    """Whether br can be unpacked safely here: the library is there, and can be told when to stop."""
    try:
        library = importlib.import_module("brotli")
    except ImportError:
        return False
    return hasattr(getattr(library, "Decompressor", None), "can_accept_more_data")


def create_decompressor(encoding: str) -> Decompressor:
    """Return what unpacks a body of that ``Content-Encoding``.

    Raises Unreadable where it is one that we did not ask for and do not know.

    >>> said = "بيان".encode()
    >>> create_decompressor("gzip").take(zlib.compress(said, wbits=31), 100) == said
    True
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) and name != "identity"]
    if len(names) > _MAX_ENCODINGS:
        raise UnreadableFeed("it is packed more than twice")
    found: list[Decompressor] = []
    for name in reversed(names):
        if name in ("gzip", "x-gzip", "deflate"):
            found.append(_ZlibDecompressor(name.removeprefix("x-")))
        elif name == "br" and has_brotli():
            found.append(_BrotliDecompressor())
        else:
            raise UnreadableFeed(f"it is packed with {name[:20]}, which we did not ask for")
    if len(found) > 1:
        return _ChainedDecompressor(found)
    return found[0] if found else _IdentityDecompressor()
