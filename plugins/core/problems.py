"""What is wrong, where, and what to do about it: the one form of every message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: its path as the editor knows it, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, in the form an editor and a CI log can read.

    ``text`` is a sentence with named gaps that ``values`` fill, so that it can be translated whole.

    >>> print(Problem.error(Place("a.md", 3, 7), "date", '"{value}" is not a date.', value="12 شباط"))
    a.md:3:7: error[date]: "12 شباط" is not a date.
    """

    place: Place
    code: str
    text: str
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = "error"

    @classmethod
    def error(cls, place: Place, code: str, text: str, **values: object) -> Problem:
        """Give an error, which ends the build."""
        return cls(place, code, text, tuple((key, str(value)) for key, value in sorted(values.items())))

    @classmethod
    def warning(cls, place: Place, code: str, text: str, **values: object) -> Problem:
        """Give a warning, which is shown and ends nothing."""
        return replace(cls.error(place, code, text, **values), severity="warning")

    @property
    def message(self) -> str:
        """The sentence with its values filled in, on one line and without invisible controls."""
        return self.text.format(**{key: _shown(value, f'"{{{key}}}"' in self.text) for key, value in self.values})

    def __str__(self) -> str:
        place = self.place
        return f"{_shown(place.path, quoted=False)}:{place.line}:{place.column}: {self.severity}[{self.code}]: {self.message}"


def _shown(value: str, quoted: bool) -> str:
    """Give a value as it can stand in a message: one line, no control characters, not endless.

    What stands in quotes was typed, and its beginning says what it is; what doesn't is a part of our sentence.
    """
    limit = 80 if quoted else 1000
    visible = "".join(
        character if character.isprintable() or character == "\u200c" else f"U+{ord(character):04X}" for character in value
    )
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


@dataclass(slots=True)
class Problems:
    """All problems of one run, collected as they are found."""

    found: list[Problem] = field(default_factory=list)

    def add(self, *problems: Problem) -> None:
        """Take problems in."""
        self.found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(in_order(self.found))

    @property
    def errors(self) -> int:
        """How many of them end the build."""
        return sum(problem.severity == "error" for problem in set(self.found))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Give the problems by path, line and column, each once."""
    return sorted(set(problems))


class ProblemsError(Exception):
    """Ends a run whose problems are known and told by the caller."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
