"""What readers lose by what was found, the worst first: whoever mends an old site begins there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from jisr.core.diagnostics.problems import Phrase, Problem, phrase, sort_problems

_LOSS_CATEGORIES: tuple[tuple[Phrase, tuple[str, ...]], ...] = (
    (phrase("words are missing, lost, or in another language"), ("body", "comment", "tongue", "untranslated")),
    (phrase("something was never filled in"), ("placeholder", "label")),
    (phrase("people can be traced"), ("photo",)),
    (phrase("numbers of resolutions or items are wrong"), ("numbering",)),
    (phrase("those who listen instead of looking are lost"), ("alt", "link-text", "heading")),
    (phrase("something is said twice, or under two names"), ("title", "naming")),
    (phrase("letters, signs or spaces are wrong"), ("letter", "punctuation", "space")),
)


def summarize_losses(problems: Iterable[Problem]) -> Iterator[Phrase]:
    """Return a line for each kind of loss: how often it was found, what it is, and under which codes.

    >>> from jisr.core.diagnostics.problems import SourceLocation
    >>> found = [Problem.warning(SourceLocation("بيان.ar.md", line), code, "x") for line, code in ((3, "space"), (4, "label"))]
    >>> [str(one) for one in summarize_losses(found)]
    ['1: something was never filled in (label 1)', '1: letters, signs or spaces are wrong (space 1)']
    """
    counts = Counter(one.code for one in sort_problems(problems) if one.severity == "warning")
    for what, codes in _LOSS_CATEGORIES:
        found = [(code, counts[code]) for code in codes if counts[code]]
        if found:
            told = ", ".join(f"{code} {count}" for code, count in found)
            yield phrase("{number}: {what} ({codes})", number=sum(count for _, count in found), what=what, codes=told)
