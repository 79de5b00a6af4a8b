"""Problems on the terminal, and as annotations in a workflow."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, Problems, SourceLocation, phrase, sort_problems

if TYPE_CHECKING:  # a build of an unchanged site prints stored warnings, and needs no Babel for that
    from jisr.core.i18n.catalogs import Catalogs
    from jisr.core.model.site import Site

_EXTRA = re.compile(r"pip install -e '\.\[(\w+)\]'")
MEGABYTE = 1_000_000  # bytes
HOST_LIMIT = 1000 * MEGABYTE  # of hosts of git pages, for a whole site
WARNED_SIZE = 900 * MEGABYTE


def report(problems: Iterable[Problem], formatter: MessageFormatter = ENGLISH) -> None:
    """Print problems on standard error, one a line; as annotations, too, under ``GITHUB_ACTIONS``.

    The form of annotations: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    for line in format_problems(problems, formatter):
        print(line, file=sys.stderr)


def format_problems(problems: Iterable[Problem], formatter: MessageFormatter = ENGLISH) -> Iterator[str]:
    """Return the lines of problems."""
    for problem in sort_problems(problems):
        yield name_wheel(formatter.format_line(problem))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            yield name_wheel(format_annotation(problem, formatter))


def name_wheel(line: str, checkout: Path = PACKAGE.parents[1], site: Path = Path()) -> str:
    """Return a line whose command installs an extra of a checkout, as a site without one installs it: from its wheel."""
    if not _EXTRA.search(line) or (checkout / "pyproject.toml").is_file():
        return line
    wheel = next((f"vendor/{file.name}" for file in sorted(site.glob("vendor/jisr-*.whl"))), "jisr-….whl")
    return _EXTRA.sub(lambda found: f"pip install './{wheel}[{found[1]}]'", line)


def build_summary(pages: int, files: int, folder: str, size: int | None = None) -> Phrase:
    """Return the summary of a build, in one line; ``size`` is that of a whole output, in bytes."""
    counts = {"pages": phrase("{count} pages", count=pages), "files": phrase("{count} files", count=files)}
    if size is None:
        return phrase("Built {pages} and {files} in {folder}", **counts, folder=f"{folder}/")
    weight = f"{size / MEGABYTE:.1f}"
    return phrase("Built {pages} and {files} in {folder}: {size} MB in all", **counts, folder=f"{folder}/", size=weight)


def size_problem(size: int, folder: str, settings_path: str) -> Problem | None:
    """Return a warning where an output of so many bytes comes near to what hosts of git pages take; else None.

    See https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits
    """
    if size < WARNED_SIZE:
        return None
    text = (
        '"{folder}" has {size} MB, and hosts of git pages take {limit} MB at most. Name fewer feeds in ARCHIVED_FEEDS, fewer '
        "kinds in SIDE_BY_SIDE or CARDS, or publish to a server of your own."
    )
    values = {"folder": f"{folder}/", "size": round(size / MEGABYTE), "limit": HOST_LIMIT // MEGABYTE}
    return Problem.warning(SourceLocation(settings_path), "size", text, **values)


def check_summary(site: Site, messages: Catalogs, problems: Problems) -> Phrase:
    """Return the summary of a check, in one line."""
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


def print_losses(problems: Problems, formatter: MessageFormatter) -> None:
    """Print the losses of readers by the problems of a check, the worst first; nothing where there is none."""
    from jisr.core.diagnostics.loss_summary import summarize_losses  # only a check needs it

    losses = list(summarize_losses(problems))
    if losses:
        print(formatter.format(phrase("What readers lose, the worst first:")))
    for loss in losses:
        print(f"  {formatter.format(loss)}")


def format_annotation(problem: Problem, formatter: MessageFormatter = ENGLISH) -> str:
    """Return a problem as a workflow command.

    >>> from jisr.core.diagnostics.problems import SourceLocation
    >>> format_annotation(Problem.error(SourceLocation("a,b.md", 3, 7), "date", "50 %"))
    '::error file=a%2Cb.md,line=3,col=7,title=date::50 %25'
    """
    place = problem.place
    path = _escape_annotation(place.path).replace(":", "%3A").replace(",", "%2C")
    head = f"::{problem.severity} file={path},line={place.line},col={place.column},title={problem.code}"
    return f"{head}::{_escape_annotation(formatter.format_message(problem))}"


def _escape_annotation(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
