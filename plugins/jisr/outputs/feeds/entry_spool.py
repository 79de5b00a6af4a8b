"""Spool file for serialized entries, which are in several feeds each: together they are larger than the site in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SerializedEntry:
    """An entry in each format, and as a line of the list for browsers."""

    updated: datetime
    atom: str
    rss: str
    json: str
    browser_line: str  # of the list that a browser shows of a feed


@dataclass(frozen=True, slots=True)
class SpooledEntry:
    """A reference to an entry in the spool: each format is read when a feed is assembled."""

    updated: datetime
    browser_line: str
    spool: EntrySpool
    positions: tuple[tuple[int, int], ...]  # of Atom, RSS and JSON: size and offset

    @property
    def atom(self) -> bytes:
        """Return the entry as Atom."""
        return self.spool.read(*self.positions[0])

    @property
    def rss(self) -> bytes:
        """Return the entry as RSS."""
        return self.spool.read(*self.positions[1])

    @property
    def json(self) -> bytes:
        """Return the entry as JSON."""
        return self.spool.read(*self.positions[2])


@dataclass(slots=True)
class EntrySpool:
    """A file of serialized entries."""

    descriptor: int
    end: int = 0

    def append(self, one: SerializedEntry) -> SpooledEntry:
        """Append an entry and return a reference to it."""
        positions = tuple(self._write(text) for text in (one.atom, one.rss, one.json))
        return SpooledEntry(one.updated, one.browser_line, self, positions)

    def _write(self, text: str) -> tuple[int, int]:
        data = text.encode()
        offset, rest = self.end, memoryview(data)
        while rest:
            count = os.write(self.descriptor, rest)
            rest, self.end = rest[count:], self.end + count
        return len(data), offset

    def read(self, size: int, offset: int) -> bytes:
        """Return the bytes at an offset."""
        return os.pread(self.descriptor, size, offset)


@contextmanager
def open_spool() -> Iterator[EntrySpool]:
    """Return a spool in a temporary file, which is removed at the end of the context."""
    with tempfile.TemporaryFile() as file:
        yield EntrySpool(file.fileno())
