"""Decompression of response bodies, chunk by chunk and within a limit."""

from __future__ import annotations

import importlib
import zlib
from typing import Protocol

from jisr.ingest.encoding.charset import UnreadableFeed

_CHUNK_BYTES = 65_536  # decompressed at once: a decompression bomb is noticed at the first chunk beyond the limit
_GZIP_START = b"\x1f\x8b\x08"
_MAX_ENCODINGS = 2  # a server that compresses three times does so to harm


class Decompressor(Protocol):
    """A decoder of one or more content codings."""

    def decompress(self, chunk: bytes, max_bytes: int) -> bytes:
        """Return the data of a chunk, at most about ``max_bytes``. Raises UnreadableFeed where it is invalid."""

    def finish(self) -> None:
        """Raise UnreadableFeed where the data is incomplete."""


class _ZlibDecompressor:
    """Decoder of gzip, and of deflate with or without its header (RFC 9110, 8.4.1.2)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stream = zlib.decompressobj(31) if name == "gzip" else zlib.decompressobj()
        self.has_started = name == "gzip"

    def decompress(self, chunk: bytes, max_bytes: int) -> bytes:
        if not self.has_started and chunk:
            self.has_started = True
            if chunk[0] & 0x0F != 8:  # without the header of zlib, as some servers send it
                self.stream = zlib.decompressobj(-15)
        output = bytearray()
        try:
            while chunk and len(output) <= max_bytes:
                if self.stream.eof:  # gzip may continue with another member; other data is ignored
                    if self.name != "gzip" or not chunk.startswith(b"\x1f\x8b"):
                        break
                    self.stream = zlib.decompressobj(31)
                output += self.stream.decompress(chunk, _CHUNK_BYTES)
                chunk = self.stream.unused_data if self.stream.eof else self.stream.unconsumed_tail
        except zlib.error:
            raise UnreadableFeed(f"it says that it is packed with {self.name}, and cannot be unpacked") from None
        return bytes(output)

    def finish(self) -> None:
        if not self.stream.eof:
            raise UnreadableFeed("it ended before it was complete")


class _BrotliDecompressor:
    def __init__(self) -> None:
        self.library = importlib.import_module("brotli")
        self.stream = self.library.Decompressor()

    def decompress(self, chunk: bytes, max_bytes: int) -> bytes:
        output = bytearray()
        try:
            output += self.stream.process(chunk, output_buffer_limit=_CHUNK_BYTES)
            while len(output) <= max_bytes and not self.stream.can_accept_more_data():
                output += self.stream.process(b"", output_buffer_limit=_CHUNK_BYTES)
        except self.library.error:
            raise UnreadableFeed("it says that it is packed with br, and cannot be unpacked") from None
        return bytes(output)

    def finish(self) -> None:
        if not self.stream.is_finished():
            raise UnreadableFeed("it ended before it was complete")


class _ChainedDecompressor:
    """Decoder of any number of codings, the last one first, and of gzip also where it is not stated."""

    def __init__(self, decompressors: list[Decompressor]) -> None:
        self.decompressors = decompressors
        self.has_started = self.has_output = False

    def decompress(self, chunk: bytes, max_bytes: int) -> bytes:
        if not self.has_started and chunk:
            self.has_started = True
            stated = self.decompressors[0] if self.decompressors else None
            if chunk.startswith(_GZIP_START) and not (isinstance(stated, _ZlibDecompressor) and stated.name == "gzip"):
                self.decompressors[:1] = [_ZlibDecompressor("gzip")]
        for decompressor in self.decompressors:
            chunk = decompressor.decompress(chunk, max_bytes)
        if not self.has_output and chunk:
            self.has_output = True
            if chunk.startswith(_GZIP_START):
                self.decompressors.append(_ZlibDecompressor("gzip"))
                chunk = self.decompressors[-1].decompress(chunk, max_bytes)
        return chunk

    def finish(self) -> None:
        for decompressor in self.decompressors:
            decompressor.finish()


def has_brotli() -> bool:
    """Whether a brotli library with a limit of its output is installed."""
    try:
        library = importlib.import_module("brotli")
    except ImportError:
        return False
    return hasattr(getattr(library, "Decompressor", None), "can_accept_more_data")


def create_decompressor(encoding: str) -> Decompressor:
    """Return the decoder of a ``Content-Encoding``.

    Raises UnreadableFeed for a coding that was not requested.

    >>> body = "بيان".encode()
    >>> create_decompressor("gzip").decompress(zlib.compress(body, wbits=31), 100) == body
    True
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) and name != "identity"]
    if len(names) > _MAX_ENCODINGS:
        raise UnreadableFeed("it is packed more than twice")
    decompressors: list[Decompressor] = []
    for name in reversed(names):
        if name in ("gzip", "x-gzip", "deflate"):
            decompressors.append(_ZlibDecompressor(name.removeprefix("x-")))
        elif name == "br" and has_brotli():
            decompressors.append(_BrotliDecompressor())
        else:
            raise UnreadableFeed(f"it is packed with {name[:20]}, which we did not ask for")
    return _ChainedDecompressor(decompressors)
