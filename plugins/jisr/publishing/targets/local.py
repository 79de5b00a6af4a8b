"""Publishing to a local folder: each release in its own folder, and a symbolic link to the one that is served.

::

    <folder>/releases/<digest>/     a complete site, never changed
    <folder>/current                the served release: a link, switched by one rename
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.publishing.checks.output_checks import list_files
from jisr.publishing.integrity import checksums

RELEASES = "releases"
CURRENT = "current"
_STAGING_PREFIX = ".new-"


@dataclass(frozen=True, slots=True)
class Release:
    """A release in the folder: its name, and the time at which it was last published, in nanoseconds."""

    name: str
    published_ns: int


def publish(output: Path, folder: Path, keep: int) -> str:
    """Publish a built site into a folder and return the name of its release.

    If this is interrupted at any time, a complete release is served, and the next run succeeds.
    Raises ProblemsError where the folder is locked, or ``current`` is no link; OSError where it cannot be written.
    """
    (folder / RELEASES).mkdir(parents=True, exist_ok=True)
    with _publish_lock(folder):
        for stale in [*(folder / RELEASES).glob(f"{_STAGING_PREFIX}*"), *folder.glob(f".{CURRENT}-*")]:
            shutil.rmtree(stale) if stale.is_dir() and not stale.is_symlink() else stale.unlink()
        name = _store_release(output, folder / RELEASES)
        os.utime(folder / RELEASES / name)
        _switch_current(folder, name)
        for old in releases_to_delete(list_releases(folder), name, keep):
            _remove_release(folder / RELEASES, old)
    return name


def roll_back(folder: Path) -> str:
    """Serve the release that was published before the served one, and return its name.

    Raises ProblemsError where there is none.
    """
    if not (folder / CURRENT).is_symlink():
        text = '"{path}" holds no published site. Name its folder in PUBLISH, or publish first.'
        raise ProblemsError(Problem.error(SourceLocation(str(folder)), "publish-folder", text, path=folder))
    with _publish_lock(folder):
        name = previous_release(list_releases(folder), _current_name(folder))
        if name is None:
            text = '"{name}" is the oldest release that is kept: there is none to go back to. Publish an older commit.'
            raise ProblemsError(Problem.error(SourceLocation(str(folder)), "publish-folder", text, name=_current_name(folder)))
        _switch_current(folder, name)
    return name


def list_releases(folder: Path) -> list[Release]:
    """Return the releases of a folder, the newest first."""
    folders = [one for one in (folder / RELEASES).iterdir() if not one.name.startswith(".")]
    return sorted((Release(one.name, one.stat().st_mtime_ns) for one in folders), key=lambda one: (-one.published_ns, one.name))


def releases_to_delete(releases: Iterable[Release], current: str, keep: int) -> list[str]:
    """Return the names of the releases to delete: ``keep`` are kept, and the served one always is.

    >>> releases_to_delete([Release("c", 3), Release("b", 2), Release("a", 1)], "a", 2)
    ['b']
    """
    others = [one.name for one in releases if one.name != current]
    return others[max(keep - 1, 0) :]


def previous_release(releases: Iterable[Release], current: str) -> str | None:
    """Return the name of the release that was published before the current one, or None.

    >>> previous_release([Release("c", 3), Release("b", 2), Release("a", 1)], "b")
    'a'
    """
    candidates = list(releases)
    at = next((one.published_ns for one in candidates if one.name == current), 0)
    return next((one.name for one in candidates if one.published_ns < at), None)


def _store_release(output: Path, releases: Path) -> str:
    """Return the name of the release that equals the output; if there is none, copy it first."""
    ours = checksums.compute_checksums(output)
    digest = name = checksums.site_digest(ours)
    number = 1
    while (releases / name).exists():
        if not checksums.compare_checksums(ours, checksums.compute_checksums(releases / name)):
            return name
        number += 1  # a release that was changed from outside is kept: it may be the served one
        name = f"{digest}-{number}"
    staging = releases / f"{_STAGING_PREFIX}{name}"
    try:
        _copy_site(output, staging)
    except OSError:
        shutil.rmtree(staging, ignore_errors=True)  # the disk may be full
        raise
    staging.rename(releases / name)
    return name


def _copy_site(output: Path, staging: Path) -> None:
    """Copy a built site, and stop at the first error."""
    staging.mkdir(mode=0o755)
    for file in list_files(output):
        target = staging / file.relative_to(output)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def _switch_current(folder: Path, name: str) -> None:
    """Serve a release: a new link replaces the old one by a rename."""
    if (folder / CURRENT).exists() and not (folder / CURRENT).is_symlink():
        text = '"{path}" is no link to a release. Move it away: publishing puts a link in its place.'
        raise ProblemsError(Problem.error(SourceLocation(str(folder)), "publish-folder", text, path=folder / CURRENT))
    link = folder / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(f"{RELEASES}/{name}")
    link.replace(folder / CURRENT)


def _current_name(folder: Path) -> str:
    return (folder / CURRENT).readlink().name


def _remove_release(releases: Path, name: str) -> None:
    """Delete a release; it is renamed first, so that a partly deleted one is never taken for a release."""
    doomed = releases / f"{_STAGING_PREFIX}{name}"
    (releases / name).rename(doomed)
    shutil.rmtree(doomed)


@contextmanager
def _publish_lock(folder: Path) -> Iterator[None]:
    """Lock the folder against other publishers; the operating system releases the lock at the end of the process."""
    import fcntl  # not on Windows, where the other targets work

    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = '"{path}" is being published to by somebody else. Wait for its end, and try again.'
            raise ProblemsError(Problem.error(SourceLocation(str(folder)), "publish-folder", text, path=folder)) from None
        yield
