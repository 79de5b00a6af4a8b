"""Publishing to a folder: each release whole in a folder of its own, and one name that says which is served.

::

    <folder>/releases/<digest>/     a whole site, never changed
    <folder>/current                the release that is served: a link, switched by one rename
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
    """A release that stands in the folder: its name, and the moment at which it was last published, in nanoseconds."""

    name: str
    published_ns: int


def publish(output: Path, folder: Path, keep: int) -> str:
    """Publish a built site into a folder and give the name of its release.

    At whatever moment this is ended, a whole release is served, and the next run completes.
    Raises ProblemsError where the folder is in use, or ``current`` is no link; OSError where it cannot be written.
    """
    (folder / RELEASES).mkdir(parents=True, exist_ok=True)
    with _publish_lock(folder):
        for left in [*(folder / RELEASES).glob(f"{_STAGING_PREFIX}*"), *folder.glob(f".{CURRENT}-*")]:
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        name = _store_release(output, folder / RELEASES)
        os.utime(folder / RELEASES / name)
        _switch_current(folder, name)
        for old in releases_to_delete(list_releases(folder), name, keep):
            _remove_release(folder / RELEASES, old)
    return name


def roll_back(folder: Path) -> str:
    """Serve the release that was published before the one that is served, and give its name.

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
    found = [one for one in (folder / RELEASES).iterdir() if not one.name.startswith(".")]
    return sorted((Release(one.name, one.stat().st_mtime_ns) for one in found), key=lambda one: (-one.published_ns, one.name))


def releases_to_delete(releases: Iterable[Release], current: str, keep: int) -> list[str]:
    """Return the names of the releases to remove, where ``keep`` of them stay and the one that is served always does.

    >>> releases_to_delete([Release("c", 3), Release("b", 2), Release("a", 1)], "a", 2)
    ['b']
    """
    others = [one.name for one in releases if one.name != current]
    return others[max(keep - 1, 0) :]


def previous_release(releases: Iterable[Release], current: str) -> str | None:
    """Return the name of the release that was published last before the current one, or None.

    >>> previous_release([Release("c", 3), Release("b", 2), Release("a", 1)], "b")
    'a'
    """
    found = list(releases)
    at = next((one.published_ns for one in found if one.name == current), 0)
    return next((one.name for one in found if one.published_ns < at), None)


def _store_release(output: Path, releases: Path) -> str:
    """Return the name of a release that is the output, whole; copy it there first where none is."""
    ours = checksums.compute_checksums(output)
    wanted = name = checksums.site_digest(ours)
    number = 1
    while (releases / name).exists():
        if not checksums.compare_checksums(ours, checksums.compute_checksums(releases / name)):
            return name
        number += 1  # somebody changed what stands there, and it may be what is served: leave it
        name = f"{wanted}-{number}"
    aside = releases / f"{_STAGING_PREFIX}{name}"
    try:
        _copy_site(output, aside)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)  # the disk may be full
        raise
    aside.rename(releases / name)
    return name


def _copy_site(output: Path, aside: Path) -> None:
    """Copy a built site, and end at the first file that cannot be."""
    aside.mkdir(mode=0o755)
    for file in list_files(output):
        there = aside / file.relative_to(output)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, there)


def _switch_current(folder: Path, name: str) -> None:
    """Serve a release: the link is made under another name, and takes the place of the old one by a rename."""
    if (folder / CURRENT).exists() and not (folder / CURRENT).is_symlink():
        text = '"{path}" is no link to a release. Move it away: publishing puts a link in its place.'
        raise ProblemsError(Problem.error(SourceLocation(str(folder)), "publish-folder", text, path=folder / CURRENT))
    fresh = folder / f".{CURRENT}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(f"{RELEASES}/{name}")
    fresh.replace(folder / CURRENT)


def _current_name(folder: Path) -> str:
    return (folder / CURRENT).readlink().name


def _remove_release(releases: Path, name: str) -> None:
    """Remove a release; first it gets a name that no half of it is ever taken for a whole one under."""
    leaving = releases / f"{_STAGING_PREFIX}{name}"
    (releases / name).rename(leaving)
    shutil.rmtree(leaving)


@contextmanager
def _publish_lock(folder: Path) -> Iterator[None]:
    """Let nobody else publish here meanwhile; the lock goes with the process, however that ends."""
    import fcntl  # no Windows has it, and the other targets do without

    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            text = '"{path}" is being published to by somebody else. Wait for its end, and try again.'
            raise ProblemsError(Problem.error(SourceLocation(str(folder)), "publish-folder", text, path=folder)) from None
        yield
