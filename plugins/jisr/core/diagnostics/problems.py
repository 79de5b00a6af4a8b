"""Problems: the one form of every message, with place, code, text and severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from jisr.core.frozen import dataclass

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class SourceLocation:
    """A location in a file: its path as shown to editors, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """A translatable text with named gaps, alone or as a part of a message.

    >>> print(phrase('Did you mean "{match}"?', match="العراق"))
    Did you mean "العراق"?
    """

    text: str
    values: PhraseValues = ()

    def __str__(self) -> str:
        return fill_gaps(self.text, self.values)


PhraseValues = tuple[tuple[str, str | Phrase], ...]


def phrase(text: str, **values: object) -> Phrase:
    """Return a phrase with values for its gaps; a gap named ``count`` chooses its plural form."""
    return Phrase(text, _sort_values(values))


def _sort_values(values: Mapping[str, object]) -> PhraseValues:
    return tuple((key, value if isinstance(value, Phrase) else str(value)) for key, value in sorted(values.items()))


def fill_gaps(text: str, values: PhraseValues) -> str:
    """Return an untranslated text with its gaps filled."""
    return text.format(**{key: format_value(value, is_quoted(key, text)) for key, value in values})


def is_quoted(gap: str, text: str) -> bool:
    """Whether a gap is in quotes: its value was typed by an editor."""
    return f'"{{{gap}}}"' in text


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem, in a form for editors and CI logs.

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
        """Return an error, which fails the build."""
        return cls(place, code, text, _sort_values(values))

    @classmethod
    def warning(cls, place: SourceLocation, code: str, text: str, **values: object) -> Problem:
        """Return a warning, which is shown and does not fail the build."""
        return replace(cls.error(place, code, text, **values), severity="warning")

    @property
    def message(self) -> str:
        """The text with its gaps filled, on one line and without control characters."""
        return fill_gaps(self.text, self.values)

    @property
    def head(self) -> str:
        """Location, severity and code, the same in every language."""
        place = self.place
        return f"{format_value(place.path, quoted=False)}:{place.line}:{place.column}: {self.severity}[{self.code}]: "

    def __str__(self) -> str:
        return self.head + self.message


def format_value(value: str | Phrase, quoted: bool) -> str:
    """Return a value for a message: on one line, without control characters, of limited length.

    A quoted value was typed, and its beginning identifies it; an unquoted one is part of the sentence, with a higher limit.
    """
    if isinstance(value, Phrase):
        return str(value)
    limit = 80 if quoted else 1000
    visible = "".join(one if one.isprintable() or one == "\u200c" else f"U+{ord(one):04X}" for one in value)
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


@dataclass(slots=True)
class Problems:
    """The problems of one run."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, *problems: Problem) -> None:
        """Add problems."""
        self.problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sort_problems(self.problems))

    @property
    def error_count(self) -> int:
        """Number of different errors."""
        return sum(problem.severity == "error" for problem in set(self.problems))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by path, line and column, each once."""
    return sorted(set(problems), key=lambda one: (one.place, one.code, one.text, one.message, one.severity))


class ProblemsError(Exception):
    """Ends a run; the caller reports its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
