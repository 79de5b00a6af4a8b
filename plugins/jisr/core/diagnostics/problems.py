"""What is wrong, where, and what to do about it: the one form of every message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from jisr.core.frozen import dataclass

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class SourceLocation:
    """A spot in a file: its path as the editor knows it, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """Words of ours with named gaps, which stand alone or as a part of a message: whoever tells them may translate them.

    >>> print(phrase('Did you mean "{match}"?', match="العراق"))
    Did you mean "العراق"?
    """

    text: str
    values: PhraseValues = ()

    def __str__(self) -> str:
        return fill_gaps(self.text, self.values)


PhraseValues = tuple[tuple[str, str | Phrase], ...]


def phrase(text: str, **values: object) -> Phrase:
    """Return words with their gaps filled; a gap named ``count`` decides about their plural."""
    return Phrase(text, _sort_values(values))


def _sort_values(values: Mapping[str, object]) -> PhraseValues:
    return tuple((key, value if isinstance(value, Phrase) else str(value)) for key, value in sorted(values.items()))


def fill_gaps(text: str, values: PhraseValues) -> str:
    """Return a text with its values in their gaps, as it stands in the code."""
    return text.format(**{key: format_value(value, is_quoted(key, text)) for key, value in values})


def is_quoted(gap: str, text: str) -> bool:
    """Whether what fills a gap stands in quotes: it was typed by somebody."""
    return f'"{{{gap}}}"' in text


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, in the form an editor and a CI log can read.

    ``text`` is a sentence with named gaps that ``values`` fill, so that it can be translated whole.

    >>> print(Problem.error(SourceLocation("a.md", 3, 7), "date", '"{value}" is not a date.', value="12 شباط"))
    a.md:3:7: error[date]: "12 شباط" is not a date.
    """

    place: SourceLocation
    code: str
    text: str
    values: PhraseValues = ()
    severity: Severity = "error"

    @classmethod
    def error(cls, place: SourceLocation, code: str, text: str, **values: object) -> Problem:
        """Return an error, which ends the build."""
        return cls(place, code, text, _sort_values(values))

    @classmethod
    def warning(cls, place: SourceLocation, code: str, text: str, **values: object) -> Problem:
        """Return a warning, which is shown and ends nothing."""
        return replace(cls.error(place, code, text, **values), severity="warning")

    @property
    def message(self) -> str:
        """The sentence with its values filled in, on one line and without invisible controls."""
        return fill_gaps(self.text, self.values)

    @property
    def head(self) -> str:
        """Where it is and what it is called, which is the same in every language."""
        place = self.place
        return f"{format_value(place.path, quoted=False)}:{place.line}:{place.column}: {self.severity}[{self.code}]: "

    def __str__(self) -> str:
        return self.head + self.message


def format_value(value: str | Phrase, quoted: bool) -> str:
    """Return a value as it can stand in a message: one line, no control characters, not endless.

    What stands in quotes was typed, and its beginning says what it is; what doesn't is a part of our sentence.
    """
    if isinstance(value, Phrase):
        return str(value)
    limit = 80 if quoted else 1000
    visible = "".join(
        character if character.isprintable() or character == "\u200c" else f"U+{ord(character):04X}" for character in value
    )
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


@dataclass(slots=True)
class Problems:
    """All problems of one run, collected as they are found."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, *problems: Problem) -> None:
        """Take problems in."""
        self.problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sort_problems(self.problems))

    @property
    def error_count(self) -> int:
        """How many of them end the build."""
        return sum(problem.severity == "error" for problem in set(self.problems))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by path, line and column, each once."""
    return sorted(set(problems), key=lambda one: (one.place, one.code, one.text, one.message, one.severity))


class ProblemsError(Exception):
    """Ends a run whose problems are known and told by the caller."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
