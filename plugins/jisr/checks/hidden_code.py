"""Files in a repository that would run where it is checked out, and that git hosts do not show: compiled, or obeyed by Python.

Byte code and compiled templates are read in place of their sources; ``.pth`` files, ``sitecustomize`` and installed packages
are obeyed when Python starts. ``.ci/byte-code`` refuses the same before anything of a checkout runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jisr.checks.git_index import find_repository, list_tracked_paths
from jisr.core.build.run_context import RunContext
from jisr.core.diagnostics.problems import Problem, SourceLocation

HIDDEN_CODE = re.compile(
    r"(^|/)(__pycache__|\.venv|\.editor|node_modules|[^/]*\.(dist|egg)-info|(site|user)customize(\.[^/]*)?)(/|$)"
    r"|\.(py[cdo]|so|dll|dylib|jinja|egg|egg-link|whl|pth)$|\._pth$|(^|/)__jinja2_[^/]*\.cache$",
    re.IGNORECASE,
)
"""What is hidden by its path, as a regular expression of POSIX, too."""
VENDORED_WHEEL = re.compile(r"vendor/[^/]+\.whl")


def find_hidden_code(run: RunContext) -> Iterator[Problem]:
    """Return an error for each such file that git tracks in the repository of the settings.

    Wheels in ``vendor/`` are none: a site installs them by the hash that its ``requirements.txt`` states, and no others.
    """
    repository = find_repository(Path(run.settings_path).absolute().parent)
    text = '"{path}" is tracked by git and would run, unseen by who reads a proposal. Take it out: git rm -f --cached "{path}"'
    for tracked in list_tracked_paths(repository) if repository else ():
        if HIDDEN_CODE.search(tracked) and not VENDORED_WHEEL.fullmatch(tracked):
            path = run.display_path(repository / tracked) if repository else tracked
            yield Problem.error(SourceLocation(path), "hidden-code", text, path=path)
