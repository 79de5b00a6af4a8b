"""A finished build takes the place of the output: whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from plugins.core.problems import Place, Problem, ProblemsError


def refuse_output(target: Path, sources: Iterable[Path]) -> None:
    """Refuse an output folder that holds what the site is made from: a good build replaces whatever is in it.

    Raises ProblemsError.
    """
    resolved = target.resolve()
    for source in sources:
        if source.resolve().is_relative_to(resolved):
            text = '"{path}" holds "{source}", and a build replaces everything in the output folder. Choose an empty one.'
            raise ProblemsError(Problem.error(Place(str(target)), "output", text, path=target, source=source))
    if resolved.exists() and not resolved.is_dir():
        text = '"{path}" is a file. Name a folder for the output.'
        raise ProblemsError(Problem.error(Place(str(target)), "output", text, path=target))


def switch(aside: Path, target: Path) -> None:
    """Put the folder ``aside`` in the place of ``target``, which is moved away first and removed last.

    Both lie in one folder, so that each step is one rename; at no time is there a half-written output.
    """
    aside.chmod(0o755)
    resolved = target.resolve() if target.is_symlink() else target
    old = resolved.with_name(f".{resolved.name}.old-{os.getpid()}")
    if resolved.exists():
        resolved.rename(old)
    try:
        aside.rename(resolved)
    except OSError:
        if old.exists():
            old.rename(resolved)
        raise
    shutil.rmtree(old, ignore_errors=True)
