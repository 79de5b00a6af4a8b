"""Paging of feeds: the newest entries in the feed itself, older ones in archive documents (RFC 5005, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from jisr.core.frozen import dataclass

_EntryT = TypeVar("_EntryT")


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A document of a feed: its number (0 is the feed itself) and those of its neighbours, 0 if there is none."""

    number: int
    older: int = 0
    newer: int = 0


def paginate(entries: Sequence[_EntryT], size: int) -> list[tuple[FeedPage, Sequence[_EntryT]]]:
    """Return the documents of a feed with their entries, which come newest first: the feed itself, then its archive.

    Archive documents are numbered from the oldest and hold ``size`` entries each, so that a new entry changes none of them
    except the link from the last to the next. The feed holds at least ``size`` entries if there are so many: it never starts
    again with one. See https://www.rfc-editor.org/rfc/rfc5005#section-4

    >>> [(part.number, part.older, part.newer, entries) for part, entries in paginate("ژزڕرذدخح", 3)]
    [(0, 1, 0, 'ژزڕرذ'), (1, 0, 0, 'دخح')]
    >>> [(part.number, part.older, part.newer, entries) for part, entries in paginate("ihgfedcba", 3)]
    [(0, 2, 0, 'ihg'), (2, 1, 0, 'fed'), (1, 0, 2, 'cba')]
    """
    count = max(0, len(entries) // size - 1)
    rest = len(entries) - count * size
    pages = [(FeedPage(0, older=count), entries[:rest])]
    for number in range(count, 0, -1):
        first = rest + (count - number) * size
        pages.append((FeedPage(number, number - 1, number + 1 if number < count else 0), entries[first : first + size]))
    return pages
