"""A finished build takes the place of the output: whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation

STALE_AFTER = 60  # seconds after which a folder that nobody holds was left by a build that was killed
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def validate_output_folder(target: Path, settings: Mapping[str, Any]) -> None:
    """Refuse an output folder that holds what the site is made from, or lies in it: a good build replaces whatever is there.

    Raises ProblemsError.
    """
    resolved = target.resolve()
    closed = [Path(settings[name]) for name in ("PATH", "THEME", "TRANSLATIONS") if settings.get(name)] + [PACKAGE]
    closed += map(Path, settings.get("THEME_TEMPLATES_OVERRIDES") or ())
    site = Path(settings.get("SETTINGS_SHOWN") or "pelicanconf.py").resolve().parent
    sources = (*closed, site / "tests", site)
    for source in sources:
        if source.resolve().is_relative_to(resolved):
            text = '"{path}" holds "{source}", and a build replaces everything in the output folder. Choose an empty one.'
            raise ProblemsError(Problem.error(SourceLocation(str(target)), "output", text, path=target, source=source))
    within = next((str(folder) for folder in closed if resolved.is_relative_to(folder.resolve())), "")
    if within or ".git" in resolved.parts:
        text = '"{path}" lies in "{folder}", where nothing is built. Choose an empty folder outside.'
        raise ProblemsError(Problem.error(SourceLocation(str(target)), "output", text, path=target, folder=within or ".git"))
    if resolved.exists() and not resolved.is_dir():
        text = '"{path}" is a file. Name a folder for the output.'
        raise ProblemsError(Problem.error(SourceLocation(str(target)), "output", text, path=target))


def make_staging_dir(target: Path) -> Path:
    """Return a new folder beside the output, for the next one to grow in; what killed builds left there goes.

    It is locked as long as this process lives, however that ends: nobody takes it for one that was left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f".{target.name}.*"):
        if left.is_dir() and not left.is_symlink() and time.time() - left.stat().st_mtime > STALE_AFTER and _try_lock(left):
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    _try_lock(made)
    return made


def clear_directory(folder: Path) -> None:
    """Take everything out of a folder, which itself stays, and stays locked."""
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()


def swap_directories(aside: Path, target: Path) -> None:
    """Put the folder ``aside`` in the place of ``target``, and remove what stood there.

    Both lie in one folder, and change names at one stroke where the system can do that; elsewhere the old one is moved
    away first. At no time is there a half-written output.
    """
    aside.chmod(0o755)
    resolved = target.resolve() if target.is_symlink() else target
    if resolved.exists() and _exchange_names(aside, resolved):
        shutil.rmtree(aside, ignore_errors=True)
        return
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


def _exchange_names(one: Path, other: Path) -> bool:
    """Whether two folders could be given each other's names (https://man7.org/linux/man-pages/man2/rename.2.html)."""
    import ctypes

    try:
        exchange = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # another system, or an old one
        return False
    return bool(exchange(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def _try_lock(folder: Path) -> bool:
    """Whether nobody holds a folder; this process does then, to its end."""
    try:
        import fcntl  # no Windows has it: nothing is removed there
    except ImportError:
        return False
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(place)
        return False
    return True
