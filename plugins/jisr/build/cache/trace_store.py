"""The traces of outputs: what each asked of the site when it was made, and the fingerprints of the answers."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jisr.build.cache.named_files import read_named, write_named
from jisr.core.build.queries import Query

Numbers = bytes
"""The numbers of queries, as an array of 32-bit integers."""


PartTrace = tuple[Numbers, int, int]
"""The queries of a part of a file, and its place: start and size in bytes."""

OutputTrace = tuple[Numbers, dict[str, PartTrace]]
"""The queries of an output, and the traces of its parts by name."""


class _QueryNumbers(dict[Query, int]):
    """The numbers of queries; one that has none gets the next. Looking up most of them takes no call of Python's."""

    __slots__ = ("queries",)

    def __init__(self, queries: list[Query]) -> None:
        """Number queries in their order; those that get a number are added to them."""
        super().__init__(zip(queries, range(len(queries)), strict=True))
        self.queries = queries

    def __missing__(self, query: Query) -> int:
        number = self[query] = len(self.queries)
        self.queries.append(query)
        return number


@dataclass(slots=True)
class TraceStore:
    """The traces of all outputs by path. A query is stored once, by its number."""

    queries: list[Query] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)  # their fingerprints, in the order of the queries
    outputs: dict[str, OutputTrace] = field(default_factory=dict)
    key: bytes = b""  # of what outputs are made from without asking; traces of another key hold nothing
    numbers: Mapping[Query, int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the queries."""
        self.numbers = _QueryNumbers(self.queries)

    def encode(self, asked: Iterable[Query], numbers: frozenset[int] | set[int] = frozenset()) -> Numbers:
        """Return queries as numbers, together with the numbers of others."""
        found = map(self.numbers.__getitem__, asked)
        return array("I", numbers.union(found) if numbers else found).tobytes()

    def find_changed(self, fingerprint: Callable[[Query], bytes], numbers: Iterable[int]) -> dict[int, bytes]:
        """Return the new answers, by number, of those of some queries whose answers are no longer those of the last build."""
        changed = {}
        for number in numbers:
            now = fingerprint(self.queries[number])
            if now != self.answers[number]:
                changed[number] = now
        return changed

    def answered(self, paths: Iterable[str] | None = None) -> Iterable[int]:
        """Return the numbers of the queries that the last build answered, of some outputs or of all."""
        if paths is None:
            return range(len(self.answers))
        traces = (self.outputs[path] for path in paths if path in self.outputs)
        return {number for asked, _ in traces for number in decode(asked) if number < len(self.answers)}

    def replace_answers(self, changed: Mapping[int, bytes]) -> None:
        """Store new answers, once all outputs are made by them."""
        for number, answer in changed.items():
            self.answers[number] = answer

    def answer_new(self, fingerprint: Callable[[Query], bytes]) -> None:
        """Store the answers to the queries that were not asked before."""
        self.answers += map(fingerprint, self.queries[len(self.answers) :])

    def translate(self, other: TraceStore) -> dict[str, OutputTrace]:
        """Return the traces of another store with the numbers of this one."""

        def convert(asked: Numbers) -> Numbers:
            return self.encode(other.queries[number] for number in decode(asked))

        return {
            path: (convert(asked), {name: (convert(of_part), start, size) for name, (of_part, start, size) in parts.items()})
            for path, (asked, parts) in other.outputs.items()
        }

    def drop_unused(self) -> None:
        """Forget queries that no output asks any more, once they are most of all."""
        used = {number for asked in self._all_asked() for number in decode(asked)}
        if len(used) * 2 < len(self.queries):
            order = sorted(used)
            kept = TraceStore([self.queries[one] for one in order], [self.answers[one] for one in order])
            kept.outputs = kept.translate(self)
            self.queries, self.answers, self.outputs, self.numbers = kept.queries, kept.answers, kept.outputs, kept.numbers

    def _all_asked(self) -> Iterator[Numbers]:
        for asked, parts in self.outputs.values():
            yield asked
            yield from (of_part for of_part, _, _ in parts.values())

    def save(self, folder: Path) -> str:
        """Write the traces under a name of their own, which this returns: another build may write others meanwhile."""
        data = marshal.dumps((self.key, self.queries, self.answers, self.outputs))
        return write_named(folder, "traces", data, ".bin").name


def decode(asked: Numbers) -> array[int]:
    """Return the numbers of queries."""
    return array("I", asked)


def load_trace_store(folder: Path, name: str) -> TraceStore | None:
    """Return the traces in a file, or None where there are none or they cannot be read."""
    try:
        data = read_named(folder, name)
        key, queries, answers, outputs = marshal.loads(data)  # noqa: S302 (only what a build of this user wrote comes here)
        return TraceStore(queries, answers, outputs, key)
    except (OSError, LookupError, ValueError, TypeError, EOFError):
        return None
