"""Front matter as typed: scalars, lists and mappings, each with its place. No type is guessed."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RawScalar:
    """A scalar as typed; ``empty`` where it is absent, ``~`` or ``null``."""

    text: str
    place: SourceLocation
    empty: bool = False


@dataclass(frozen=True, slots=True)
class RawList:
    """A list."""

    items: tuple[RawNode, ...]
    place: SourceLocation


@dataclass(frozen=True, slots=True)
class RawMapping:
    """A mapping; its keys are unique."""

    entries: tuple[tuple[RawScalar, RawNode], ...]
    place: SourceLocation

    def __iter__(self) -> Iterator[tuple[RawScalar, RawNode]]:
        return iter(self.entries)


RawNode = RawScalar | RawList | RawMapping
