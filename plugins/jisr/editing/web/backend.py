"""Where the web editor keeps what is written: what the setting EDITOR says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation

HOSTS = ("github", "gitlab", "gitea")  # gitea is Forgejo, too
TEST_BACKEND = "test-repo"  # in the browser alone: to try, and for tests
_REPOSITORY = re.compile(r"[\w.-]+(?:/[\w.-]+)+")


def read_backend(stated: Any, place: SourceLocation) -> Mapping[str, object] | None:
    """Return what EDITOR says, or None where it says nothing. Raises ProblemsError with what is wrong with it.

    Beside ``name`` and ``repo`` all that the editor knows of a backend may stand there: https://sveltiacms.app/en/docs/backends.

    >>> read_backend({"name": "gitlab", "repo": "tora/malper"}, SourceLocation("pelicanconf.py"))
    {'name': 'gitlab', 'repo': 'tora/malper'}
    """
    if not stated:
        return None
    if not isinstance(stated, Mapping):
        text = 'EDITOR is "{value}". Write it as {{"name": "github", "repo": "owner/name"}}.'
        raise ProblemsError(Problem.error(place, "setting", text, value=stated))
    name, repository = stated.get("name"), stated.get("repo")
    if name not in (*HOSTS, TEST_BACKEND):
        text = 'EDITOR has the name "{value}". It may be {known}.'
        known = ", ".join(f'"{one}"' for one in (*HOSTS, TEST_BACKEND))
        raise ProblemsError(Problem.error(place, "setting", text, value=name, known=known))
    if name != TEST_BACKEND and not (isinstance(repository, str) and _REPOSITORY.fullmatch(repository)):
        text = 'EDITOR has the repo "{value}". Write whose it is and what it is called, as "owner/name".'
        raise ProblemsError(Problem.error(place, "setting", text, value=repository or ""))
    return stated
