"""Entries that are written once and stand in several feeds wait in a file: together they are larger than the site in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SerializedEntry:
    """An entry in each format, and as a line of the list that a browser shows."""

    updated: datetime
    atom: str
    rss: str
    json: str
    browser_line: str  # in what a browser shows of a feed
    path: str = ""  # of the text


@dataclass(frozen=True, slots=True)
class SpooledEntry:
    """An entry that was laid aside: each format is read again when a feed is put together."""

    updated: datetime
    browser_line: str
    path: str
    spool: EntrySpool
    positions: tuple[tuple[int, int], ...]  # of Atom, RSS and JSON: how long it is, and where it begins

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
    """Where entries are laid."""

    descriptor: int
    end: int = 0

    def append(self, one: SerializedEntry) -> SpooledEntry:
        """Lay an entry aside."""
        return SpooledEntry(
            one.updated, one.browser_line, one.path, self, tuple(self._write(text) for text in (one.atom, one.rss, one.json))
        )

    def _write(self, text: str) -> tuple[int, int]:
        data = text.encode()
        begin, rest = self.end, memoryview(data)
        while rest:
            done = os.write(self.descriptor, rest)
            rest, self.end = rest[done:], self.end + done
        return len(data), begin

    def read(self, size: int, begin: int) -> bytes:
        """Return what was laid at a place."""
        return os.pread(self.descriptor, size, begin)


@contextmanager
def open_spool() -> Iterator[EntrySpool]:
    """Return a drawer for as long as feeds are written."""
    with tempfile.TemporaryFile() as file:
        yield EntrySpool(file.fileno())
