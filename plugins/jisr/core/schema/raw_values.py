"""Front matter as typed: scalars, lists and mappings, each with its place. No type is guessed."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RawNote:
    """The comment behind a scalar on its line, from its ``#`` on; ``is_apart`` with two spaces before and one behind that."""

    text: str
    place: SourceLocation
    is_apart: bool


@dataclass(frozen=True, slots=True)
class RawScalar:
    """A scalar as typed; ``empty`` where it is absent, ``~`` or ``null``, ``quoted`` where quotes stand around it."""

    text: str
    place: SourceLocation
    empty: bool = False
    quoted: bool = False
    note: RawNote | None = None


@dataclass(frozen=True, slots=True)
class RawList:
    """A list, in brackets (``flow``) or with an item a line."""

    items: tuple[RawNode, ...]
    place: SourceLocation
    flow: bool = False


@dataclass(frozen=True, slots=True)
class RawMapping:
    """A mapping; its keys are unique."""

    entries: tuple[tuple[RawScalar, RawNode], ...]
    place: SourceLocation

    def __iter__(self) -> Iterator[tuple[RawScalar, RawNode]]:
        return iter(self.entries)


RawNode = RawScalar | RawList | RawMapping
