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
_MOUNTS = Path("/proc/self/mountinfo")
_KEPT_IN_MOUNTS = ("lost+found",)  # of the file system itself


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
    """Return a new staging folder beside the output, or in one that is a mount point, and remove those of killed builds.

    It is locked as long as this process lives, however that ends, so that no other build takes it for that of a killed one.
    """
    folder = target if is_mount_point(target) else target.parent
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f".{target.name}.*"):
        if old.is_dir() and not old.is_symlink() and time.time() - old.stat().st_mtime > STALE_AFTER and _try_lock(old):
            shutil.rmtree(old, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=folder))
    _try_lock(staging)
    return staging


def is_mount_point(folder: Path) -> bool:
    """Whether a file system, or a folder from elsewhere, is mounted at a folder: that cannot be renamed.

    A folder that is mounted from the same disk, as a volume of a container, is known to the list of Linux alone.
    """
    resolved = folder.resolve()
    try:
        listed = [line.split(" ")[4] for line in _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()]
    except (OSError, IndexError):
        listed = []
    escaped = str(resolved).replace("\\", r"\134").replace(" ", r"\040").replace("\t", r"\011").replace("\n", r"\012")
    return os.path.ismount(resolved) or escaped in listed


def clear_directory(folder: Path) -> None:
    """Remove everything in a folder; the folder itself stays, and stays locked."""
    for one in folder.iterdir():
        _remove(one)


def swap_directories(staging: Path, target: Path) -> None:
    """Replace the folder ``target`` by ``staging``, and remove the old one.

    Both are in one folder, and exchange their names atomically where the system can do that; elsewhere the old one is renamed
    first. At no time is there a half-written output. In a mount point, which holds its staging folder, this is so for each of
    its entries.
    """
    staging.chmod(0o755)
    resolved = target.resolve() if target.is_symlink() else target
    if staging.parent.resolve() == resolved.resolve():
        _swap_entries(staging, resolved)
        return
    _swap_folder(staging, resolved)


def _swap_entries(staging: Path, target: Path) -> None:
    """Replace each entry of a folder by that of the staging folder in it, and remove all others."""
    names, others = {one.name for one in staging.iterdir()}, f"{staging.stem}."  # of builds that run at the same time
    for name in sorted(names):
        _swap_folder(staging / name, target / name)
    _remove(staging)
    for one in target.iterdir():
        if one.name not in (*names, *_KEPT_IN_MOUNTS) and not one.name.startswith(others):
            _remove(one)


def _swap_folder(staging: Path, resolved: Path) -> None:
    """Let a folder or file take the place of another, which is removed."""
    if resolved.exists() and _exchange_names(staging, resolved):
        _remove(staging)
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
    _remove(old)


def _remove(one: Path) -> None:
    """Remove a file or folder, where it is there and may be removed."""
    if one.is_dir() and not one.is_symlink():
        shutil.rmtree(one, ignore_errors=True)
    else:
        one.unlink(missing_ok=True)


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
