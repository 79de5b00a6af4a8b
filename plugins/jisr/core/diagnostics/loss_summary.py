"""Summary of what readers lose by problems of a site, the worst first: the order in which to repair an old site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from jisr.core.diagnostics.problems import Phrase, Problem, phrase, sort_problems

_LOSS_CATEGORIES: tuple[tuple[Phrase, tuple[str, ...]], ...] = (
    (phrase("words are missing, lost, or in another language"), ("body", "comment", "tongue", "untranslated", "unfinished")),
    (phrase("something was never filled in"), ("placeholder", "label")),
    (phrase("people can be traced"), ("photo",)),
    (phrase("numbers of resolutions or items are wrong"), ("numbering", "list")),
    (phrase("those who listen instead of looking are lost"), ("alt", "link-text", "heading")),
    (phrase("something is said twice, or under two names"), ("title", "naming")),
    (phrase("letters, signs or spaces are wrong"), ("letter", "punctuation", "space", "entity", "leftover")),
)


def summarize_losses(problems: Iterable[Problem]) -> Iterator[Phrase]:
    """Return a line for each kind of loss: the number of warnings, the loss, and their codes.

    >>> from jisr.core.diagnostics.problems import SourceLocation
    >>> place = SourceLocation("بيان.ar.md")
    >>> problems = [Problem.warning(place, code, "x") for code in ("space", "label")]
    >>> [str(one) for one in summarize_losses(problems)]
    ['1: something was never filled in (label 1)', '1: letters, signs or spaces are wrong (space 1)']
    """
    counts = Counter(one.code for one in sort_problems(problems) if one.severity == "warning")
    for category, codes in _LOSS_CATEGORIES:
        occurrences = [(code, counts[code]) for code in codes if counts[code]]
        if occurrences:
            details = ", ".join(f"{code} {count}" for code, count in occurrences)
            total = sum(count for _, count in occurrences)
            yield phrase("{number}: {what} ({codes})", number=total, what=category, codes=details)
