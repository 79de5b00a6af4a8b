"""Problems on the screen and, in a workflow, beside the lines they are about."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, Problems, phrase, sort_problems

if TYPE_CHECKING:  # a build of what stands already says its warnings again, and needs no Babel for it
    from jisr.core.i18n.catalogs import Catalogs
    from jisr.core.model.site import Site


def report(problems: Iterable[Problem], voice: MessageFormatter = ENGLISH) -> None:
    """Print problems on standard error, one a line, as a voice says them; as annotations besides under ``GITHUB_ACTIONS``.

    The form of annotations: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    for line in format_problems(problems, voice):
        print(line, file=sys.stderr)


def format_problems(problems: Iterable[Problem], voice: MessageFormatter = ENGLISH) -> Iterator[str]:
    """Return the lines that say some problems."""
    for problem in sort_problems(problems):
        yield voice.format_line(problem)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            yield format_annotation(problem, voice)


def build_summary(pages: int, files: int, folder: str) -> Phrase:
    """Return what a build came to, in one line."""
    counted = {"pages": phrase("{count} pages", count=pages), "files": phrase("{count} files", count=files)}
    return phrase("Built {pages} and {files} in {folder}", **counted, folder=f"{folder}/")


def check_summary(site: Site, messages: Catalogs, problems: Problems) -> Phrase:
    """Return what a check came to, in one line."""
    versions = sum(len(texts.versions) for texts in site.sets.values())
    warnings = len(sort_problems(problems)) - problems.error_count
    return phrase(
        "Checked {versions} of {texts} in {languages}: {missing} missing and {extra} extra messages, {errors}, {warnings}.",
        versions=phrase("{count} versions", count=versions),
        texts=phrase("{count} texts", count=len(site.sets)),
        languages=phrase("{count} languages", count=len(site.languages)),
        missing=messages.missing,
        extra=messages.extra,
        errors=phrase("{count} errors", count=problems.error_count),
        warnings=phrase("{count} warnings", count=warnings),
    )


def print_losses(problems: Problems, voice: MessageFormatter) -> None:
    """Print what readers lose by what was found, the worst first; nothing where nothing was."""
    from jisr.core.diagnostics.loss_summary import summarize_losses  # what only a check tells, a build need not know

    found = list(summarize_losses(problems))
    if found:
        print(voice.format(phrase("What readers lose, the worst first:")))
    for one in found:
        print(f"  {voice.format(one)}")


def format_annotation(problem: Problem, voice: MessageFormatter = ENGLISH) -> str:
    """Return a problem as a workflow command.

    >>> from jisr.core.diagnostics.problems import SourceLocation
    >>> format_annotation(Problem.error(SourceLocation("a,b.md", 3, 7), "date", "50 %"))
    '::error file=a%2Cb.md,line=3,col=7,title=date::50 %25'
    """
    place = problem.place
    path = _escape_annotation(place.path).replace(":", "%3A").replace(",", "%2C")
    head = f"::{problem.severity} file={path},line={place.line},col={place.column},title={problem.code}"
    return f"{head}::{_escape_annotation(voice.format_message(problem))}"


def _escape_annotation(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
