"""Front matter as it was typed: words, lists and mappings, each with its place. No type is guessed."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.diagnostics.problems import Place
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or sentence as typed; ``empty`` where nothing, ``~`` or ``null`` stands."""

    text: str
    place: Place
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; its keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def __iter__(self) -> Iterator[tuple[Scalar, Node]]:
        return iter(self.entries)


Node = Scalar | Items | Entries
