"""The queries that an output asks of the site while it is made, so that it is made again only where an answer changed.

The idea is that of verifying traces: A. Mokhov, N. Mitchell, S. Peyton Jones, "Build Systems à la Carte", 2018,
https://doi.org/10.1145/3236774.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Query = tuple[str, ...]
"""The name of a query and its arguments, all of them strings, since the next build asks it again."""

_PACKAGE = "jisr."
_MISSING = object()


def query(function: Callable[..., T]) -> Callable[..., T]:
    """Mark a function of the site and of strings as a query of its own (``Site.ask``).

    An output that asks it is made again where its answer changes, whatever it looked at for that.
    """
    function.is_query = True  # type: ignore[attr-defined]
    return function


def body_query(function: Callable[..., T]) -> Callable[..., T]:
    """Mark a query whose answer has the states of bodies, so that it is asked again where words alone changed."""
    function.reads_bodies = True  # type: ignore[attr-defined]
    return query(function)


def reads_bodies(asked: Query) -> bool:
    """Whether the answer to a query can change with a word of a body."""
    return asked[0] == "body" or (asked[0] == "ask" and getattr(find_query(asked[1]), "reads_bodies", False))


@cache
def find_query(name: str) -> Callable[..., Any]:
    """Return the function of a query by its module and name.

    Names come from a cache, so nothing is imported for them. Raises LookupError where one is no query of an imported module.
    """
    module, _, function_name = name.partition(":")
    function = vars(sys.modules[module]).get(function_name) if module.startswith(_PACKAGE) and module in sys.modules else None
    if function is None or getattr(function, "is_query", False) is not True:
        raise LookupError(name)
    return function  # type: ignore[no-any-return]


def query_name(function: Callable[..., Any]) -> str:
    """Return the name of a marked function, by which ``find_query`` finds it."""
    return f"{function.__module__}:{function.__name__}"


class Queries:
    """Records which queries are asked, and answers them again in a later build."""

    def __init__(self) -> None:
        self.asked: set[Query] = set()  # by what is made now
        self._tables: dict[str, Callable[..., Any]] = {}
        self._answers: dict[Query, Any] = {}
        self._values: dict[Hashable, tuple[Any, set[Query]]] = {}

    def forget(self) -> None:
        """Begin a new build: answers are found and values made anew."""
        self._answers.clear()
        self._values.clear()

    def define(self, name: str, answer: Callable[..., Any]) -> None:
        """Set the function that answers the queries of a name; it may raise LookupError where there is no answer."""
        self._tables[name] = answer

    def answer(self, asked: Query) -> Any:
        """Return the answer to a query. Raises LookupError where there is none."""
        return self._tables[asked[0]](*asked[1:])

    def ask(self, asked: Query, answer: Callable[[], T]) -> T:
        """Return the answer to a query, which is found once a build; what it looks at counts for no output."""
        if asked not in self._answers:
            outer, self.asked = self.asked, set()
            try:
                self._answers[asked] = answer()
            finally:
                self.asked = outer
        self.asked.add(asked)
        value: T = self._answers[asked]
        return value

    def trace(self, make: Callable[[], T]) -> tuple[T, set[Query]]:
        """Return what a function makes, and the queries that it asked; they count for the caller, too."""
        outer, self.asked = self.asked, set()
        try:
            value = make()
            return value, self.asked
        finally:
            outer |= self.asked
            self.asked = outer

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a value that is made once a build; the queries that it asked count for everything that shows it."""
        if key not in self._values:
            self._values[key] = self.trace(make)
        value, asked = self._values[key]
        self.asked |= asked
        return value  # type: ignore[no-any-return]

    def derive(self, asked: Query, key: Hashable, make: Callable[[], T]) -> T:
        """Return a value that is made once a build from what the answer to a query determines: that alone is asked again."""
        if key not in self._values:
            outer, self.asked = self.asked, set()
            try:
                self._values[key] = make(), {asked}
            finally:
                self.asked = outer
        self.asked.add(asked)
        value: T = self._values[key][0]
        return value


class QueryTable(Mapping[K, V]):
    """A mapping whose look-ups are queries: one for each key, one for the whole where that is gone through."""

    __slots__ = ("_values", "name", "queries")

    def __init__(self, name: str, values: Mapping[K, V], queries: Queries) -> None:
        self.name, self._values, self.queries = name, values, queries
        queries.define(name, self._answer)

    def _answer(self, *arguments: str) -> Any:
        if not arguments:
            return dict(self._values)
        return self._values.get(arguments[0] if len(arguments) == 1 else arguments, _MISSING)  # type: ignore[arg-type]

    def _note(self, key: Any) -> None:
        self.queries.asked.add((self.name, *key) if type(key) is tuple else (self.name, key))

    def __getitem__(self, key: K) -> V:
        self._note(key)
        return self._values[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        self._note(key)
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._values

    def __iter__(self) -> Iterator[K]:
        self.queries.asked.add((self.name,))
        return iter(self._values)

    def __len__(self) -> int:
        self.queries.asked.add((self.name,))
        return len(self._values)

    def values(self) -> Any:
        """Return all values."""
        self.queries.asked.add((self.name,))
        return self._values.values()

    def items(self) -> Any:
        """Return all keys and values."""
        self.queries.asked.add((self.name,))
        return self._values.items()


def is_missing(value: object) -> bool:
    """Whether the answer of a table is that it has no such key."""
    return value is _MISSING
