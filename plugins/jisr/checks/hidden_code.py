"""Files in a repository that would run where it is checked out, and that git hosts do not show: compiled, or obeyed by Python.

Byte code and compiled templates are read in place of their sources; ``.pth`` files, ``sitecustomize`` and installed packages
are obeyed when Python starts; cards and pictures that builds keep are published. Lines of ``.gitattributes`` may hide any
other. ``.ci/byte-code`` refuses the same before anything of a checkout runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jisr.checks.git_index import UnreadableIndexError, find_repository, list_tracked_paths
from jisr.core.build.run_context import RunContext
from jisr.core.diagnostics.problems import Problem, SourceLocation

HIDDEN_CODE = re.compile(
    r"(^|/)(__pycache__|\.venv|\.editor|\.cache/(build-[^/]*|cards|pictures)|node_modules|[^/]*\.(dist|egg)-info|(site|user)customize(\.[^/]*)?)(/|$)"
    r"|\.(py[cdo]|so|dll|dylib|jinja|egg|egg-link|whl|pth)$|\._pth$|(^|/)__jinja2_[^/]*\.cache$",
    re.IGNORECASE,
)
"""What is hidden by its path, as a regular expression of POSIX, too."""
VENDORED_WHEEL = re.compile(r"vendor/[^/]+\.whl")
HIDING_LINE = re.compile(r"[ \t](-diff|binary|diff=|filter=|linguist-(generated|vendored))")
BINARY_FILES = re.compile(r"^\*\.(png|jpe?g|gif|webp|avif|ico|pdf|woff2?|ttf|otf|zip|epub|docx|xlsx|pptx|od[tsp]|mp[34])[ \t]")
"""Lines of ``.gitattributes`` by which hosts show no content, and those that say so of files that have no lines."""


def find_hidden_code(run: RunContext) -> Iterator[Problem]:
    """Return an error for each such file that git tracks in the repository of the settings.

    Wheels in ``vendor/`` are none: a site installs them by the hash that its ``requirements.txt`` states, and no others.
    """
    repository = find_repository(Path(run.settings_path).absolute().parent)
    text = '"{path}" is tracked by git and would run, unseen by who reads a proposal. Take it out: git rm -f --cached "{path}"'
    try:
        paths = list_tracked_paths(repository) if repository else []
    except UnreadableIndexError:
        unread = (
            '"{path}" cannot be read: the files that git tracks are not all in it. Write it whole: '
            "git update-index --no-split-index && git sparse-checkout disable"
        )
        index = run.display_path(repository / ".git/index") if repository else ""
        yield Problem.error(SourceLocation(index), "hidden-code", unread, path=index)
        return
    for tracked in paths:
        if repository and tracked.rpartition("/")[2] == ".gitattributes":
            yield from _hiding_lines(repository / tracked, run.display_path(repository / tracked))
        if HIDDEN_CODE.search(tracked) and not VENDORED_WHEEL.fullmatch(tracked):
            path = run.display_path(repository / tracked) if repository else tracked
            yield Problem.error(SourceLocation(path), "hidden-code", text, path=path)


def _hiding_lines(file: Path, path: str) -> Iterator[Problem]:
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    text = '"{value}" keeps git hosts from showing what is in files. Take the line out.'
    for number, line in enumerate(lines, 1):
        if HIDING_LINE.search(line) and not BINARY_FILES.search(line) and not line.lstrip().startswith("#"):
            yield Problem.error(SourceLocation(path, number), "hidden-code", text, value=line.strip())
