"""Paging of feeds and listings: the newest entries in the first document, older ones in others that do not change.

See https://www.rfc-editor.org/rfc/rfc5005#section-4, which calls these the archive of a feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from jisr.core.frozen import dataclass

_EntryT = TypeVar("_EntryT")


@dataclass(frozen=True, slots=True)
class ListPart:
    """A document of a feed or listing: its number (0 is the first) and those of its neighbours, 0 if there is none."""

    number: int
    older: int = 0
    newer: int = 0


def find_part(parts: Iterable[tuple[ListPart, Sequence[_EntryT]]], number: str) -> tuple[ListPart, Sequence[_EntryT]]:
    """Return the document with a number among those of a feed or listing."""
    return next(one for one in parts if one[0].number == int(number))


def count_archives(count: int, size: int) -> int:
    """Return the number of documents beside the first one, for so many entries."""
    return max(0, count // size - 1)


def paginate(entries: Sequence[_EntryT], size: int) -> list[tuple[ListPart, Sequence[_EntryT]]]:
    """Return the documents of a feed or listing with their entries, which come newest first: the first, then the others.

    The others are numbered from the oldest and hold ``size`` entries each, so that a new entry changes none of them except
    the link from the last to the next. The first holds at least ``size`` entries if there are so many: it never starts again
    with one.

    >>> [(part.number, part.older, part.newer, entries) for part, entries in paginate("ژزڕرذدخح", 3)]
    [(0, 1, 0, 'ژزڕرذ'), (1, 0, 0, 'دخح')]
    >>> [(part.number, part.older, part.newer, entries) for part, entries in paginate("ihgfedcba", 3)]
    [(0, 2, 0, 'ihg'), (2, 1, 0, 'fed'), (1, 0, 2, 'cba')]
    """
    count = count_archives(len(entries), size)
    rest = len(entries) - count * size
    pages = [(ListPart(0, older=count), entries[:rest])]
    for number in range(count, 0, -1):
        first = rest + (count - number) * size
        pages.append((ListPart(number, number - 1, number + 1 if number < count else 0), entries[first : first + size]))
    return pages
