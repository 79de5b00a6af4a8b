"""Problems on the screen and, in a workflow, beside the lines they are about."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from plugins.core.problems import Problem, Problems, in_order

if TYPE_CHECKING:  # a build of what stands already says its warnings again, and needs no Babel for it
    from plugins.core.messages import Messages
    from plugins.core.site import Site


def report(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line; as annotations besides under ``GITHUB_ACTIONS``.

    The form of annotations: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    for problem in in_order(problems):
        print(problem, file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(annotation(problem), file=sys.stderr)


def summary(site: Site, messages: Messages, problems: Problems) -> str:
    """Give what a check came to, in one line."""
    versions = sum(len(texts.versions) for texts in site.sets.values())
    warnings = len(in_order(problems)) - problems.errors
    return (
        f"Checked {versions} versions of {len(site.sets)} texts in {len(site.languages)} languages: "
        f"{messages.missing} missing and {messages.extra} extra messages, {problems.errors} errors, {warnings} warnings."
    )


def annotation(problem: Problem) -> str:
    """Give a problem as a workflow command.

    >>> from plugins.core.problems import Place
    >>> annotation(Problem.error(Place("a,b.md", 3, 7), "date", "50 %"))
    '::error file=a%2Cb.md,line=3,col=7,title=date::50 %25'
    """
    place = problem.place
    path = _escaped(place.path).replace(":", "%3A").replace(",", "%2C")
    head = f"::{problem.severity} file={path},line={place.line},col={place.column},title={problem.code}"
    return f"{head}::{_escaped(problem.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
