"""Atomic replacement of the output folder by a finished build."""

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

STALE_AFTER = 60  # seconds after which an unlocked staging folder is that of a killed build
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def validate_output_folder(target: Path, settings: Mapping[str, Any]) -> None:
    """Refuse an output folder that holds sources of the site, or is in one of them: a build replaces everything in it.

    Raises ProblemsError.
    """
    resolved, place = target.resolve(), SourceLocation(str(target))
    source_folders = [Path(settings[name]) for name in ("PATH", "THEME", "TRANSLATIONS") if settings.get(name)] + [PACKAGE]
    source_folders += map(Path, settings.get("THEME_TEMPLATES_OVERRIDES") or ())
    site = Path(settings.get("SETTINGS_SHOWN") or "pelicanconf.py").resolve().parent
    sources = (*source_folders, site / "tests", site)
    for source in sources:
        if source.resolve().is_relative_to(resolved):
            text = '"{path}" holds "{source}", and a build replaces everything in the output folder. Choose an empty one.'
            raise ProblemsError(Problem.error(place, "output", text, path=target, source=source))
    containing = next((str(folder) for folder in source_folders if resolved.is_relative_to(folder.resolve())), "")
    if containing or ".git" in resolved.parts:
        text = '"{path}" lies in "{folder}", where nothing is built. Choose an empty folder outside.'
        raise ProblemsError(Problem.error(place, "output", text, path=target, folder=containing or ".git"))
    if resolved.exists() and not resolved.is_dir():
        text = '"{path}" is a file. Name a folder for the output.'
        raise ProblemsError(Problem.error(place, "output", text, path=target))


def make_staging_dir(target: Path) -> Path:
    """Return a new staging folder beside the output, and remove those of killed builds.

    It is locked as long as this process lives, however that ends, so that no other build takes it for that of a killed one.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob(f".{target.name}.*"):
        if old.is_dir() and not old.is_symlink() and time.time() - old.stat().st_mtime > STALE_AFTER and _try_lock(old):
            shutil.rmtree(old, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    _try_lock(staging)
    return staging


def clear_directory(folder: Path) -> None:
    """Remove everything in a folder; the folder itself stays, and stays locked."""
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()


def swap_directories(staging: Path, target: Path) -> None:
    """Replace the folder ``target`` by ``staging``, and remove the old one.

    Both are in one folder, and exchange their names atomically where the system can do that; elsewhere the old one is renamed
    first. At no time is there a half-written output.
    """
    staging.chmod(0o755)
    resolved = target.resolve() if target.is_symlink() else target
    if resolved.exists() and _exchange_names(staging, resolved):
        shutil.rmtree(staging, ignore_errors=True)
        return
    old = resolved.with_name(f".{resolved.name}.old-{os.getpid()}")
    if resolved.exists():
        resolved.rename(old)
    try:
        staging.rename(resolved)
    except OSError:
        if old.exists():
            old.rename(resolved)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange_names(one: Path, other: Path) -> bool:
    """Whether two folders exchanged their names (https://man7.org/linux/man-pages/man2/rename.2.html)."""
    import ctypes

    try:
        exchange = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # another system, or an old one
        return False
    return bool(exchange(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def _try_lock(folder: Path) -> bool:
    """Whether no other process has locked a folder; this one then has, to its end."""
    try:
        import fcntl  # no Windows has it: nothing is removed there
    except ImportError:
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return False
    return True
