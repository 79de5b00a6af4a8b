"""Problems of the lines that begin and end front matter: what stands where ``---`` should be, by its code if nobody sees it."""

from __future__ import annotations

import re
import unicodedata

from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase

_INVISIBLE = r"[^\S\r\n]|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
INVISIBLE_SIGNS = rf"(?:{_INVISIBLE})*"
_BLANK_START = re.compile(rf"(?:{_INVISIBLE}|[\r\n])*")
# Hyphens in another number than three, and whatever programs make of hyphens: one dash of those is enough.
_NEARLY = re.compile(r"(?!---$)(?:[-‐‑‒–—―−﹘﹣－_=~]{2,}|[‐‑‒–—―−﹘﹣－])")
_HIDDEN_END = re.compile(rf"(?:{_INVISIBLE})+---(?:{_INVISIBLE})*")
_LINES = re.compile(r"\r\n|\r|\n")
_FIELD = re.compile(r"[a-z]+:(?: |$)")
_MAX_LINES_ABOVE = 20
_NO_START = (
    "The file does not begin with front matter. Write --- alone on its first line, the fields "
    "(title: …) below it, and --- again."
)


def find_nearly_delimiter(lines: list[str]) -> tuple[int, str] | None:
    """Return the index and the words of the first line that was meant as ``---``, or None.

    >>> find_nearly_delimiter(["title: ناو", "—-", "دەق"])
    (1, '—-')
    """
    words = ((index, re.sub(_INVISIBLE, "", line)) for index, line in enumerate(lines))
    return next(((index, word) for index, word in words if _NEARLY.fullmatch(word)), None)


def no_start_error(text: str, path: str) -> ProblemsError:
    """Return the error of a file that does not begin with ``---``, which says what stands there."""
    lines = _LINES.split(text)
    blank = _BLANK_START.match(text)
    before = blank[0] if blank else ""
    first = next((index for index, line in enumerate(lines) if re.sub(_INVISIBLE, "", line)), 0)
    word = re.sub(_INVISIBLE, "", lines[first])
    if _NEARLY.fullmatch(word):
        return ProblemsError(*_nearly_problems(lines, first, word, path))
    if word == "---" and before:
        message = "The file does not begin with front matter. {signs} stands before ---. Take out all that stands before it."
        signs: str | Phrase = _name_signs(before.translate({10: None, 13: None})) or phrase("An empty line")
        return ProblemsError(Problem.error(SourceLocation(path), "frontmatter", message, signs=signs))
    above = lines[first : first + _MAX_LINES_ABOVE]
    if "---" in above and any(map(_FIELD.match, lines[first + above.index("---") + 1 :][:1])):
        text = (
            'The file does not begin with front matter. "{line}" stands above ---. Put it below the fields, under the second '
            "---, or take it out."
        )
        return ProblemsError(Problem.error(SourceLocation(path, first + 1), "frontmatter", text, line=lines[first].strip()))
    return ProblemsError(Problem.error(SourceLocation(path), "frontmatter", _NO_START))


def _nearly_problems(lines: list[str], first: int, word: str, path: str) -> list[Problem]:
    text = 'The file does not begin with front matter. "{line}" is not "---": it has {signs}. Write three hyphens there, ---.'
    problems = [Problem.error(SourceLocation(path, first + 1), "frontmatter", text, line=word, signs=_describe(word))]
    rest = lines[first + 1 :]
    end = find_nearly_delimiter(rest)
    if end and "---" not in [line.rstrip() for line in rest[: end[0]]]:
        problems.append(nearly_delimiter_problem(SourceLocation(path, first + end[0] + 2), end[1]))
    return problems


def nearly_delimiter_problem(place: SourceLocation, word: str) -> Problem:
    """Return the problem of a line that was meant to end front matter."""
    text = 'The front matter has no end. "{line}" is not "---": it has {signs}. Write three hyphens there, ---.'
    return Problem.error(place, "frontmatter", text, line=word, signs=_describe(word))


def _describe(word: str) -> str | Phrase:
    """Return the signs of a line that are no hyphens, or how many hyphens it has."""
    return _name_signs(word.replace("-", "")) or phrase("{count} hyphens", count=len(word))


def _name_signs(text: str) -> str:
    return ", ".join(f"U+{ord(one):04X} ({unicodedata.name(one, 'CONTROL')})" for one in dict.fromkeys(text))


def no_end_error(text: str, start: int, path: str) -> ProblemsError:
    """Return the error of a file whose front matter, from ``start`` on, has no end."""
    lines = _LINES.split(text[start:])
    if end := find_nearly_delimiter(lines):
        first = len(_LINES.findall(text[:start])) + 1
        return ProblemsError(nearly_delimiter_problem(SourceLocation(path, first + end[0]), end[1]))
    if hidden := next((index for index, line in enumerate(lines) if _HIDDEN_END.fullmatch(line)), None):
        number = len(_LINES.findall(text[:start])) + 1 + hidden
        message = "The front matter has no end. {signs} stands before ---. Take out all that stands before it."
        signs = _name_signs(lines[hidden].partition("-")[0])
        return ProblemsError(Problem.error(SourceLocation(path, number), "frontmatter", message, signs=signs))
    message = "The front matter has no end. Write --- alone on a line below the last field."
    return ProblemsError(Problem.error(SourceLocation(path), "frontmatter", message))
