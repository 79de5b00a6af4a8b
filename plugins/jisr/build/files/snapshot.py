"""Snapshots of files: size, time and digest of each, to find those that changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import Any

# In nanoseconds: a file that was written this shortly before it was read may change once more and keep its time.
MTIME_GRANULARITY_NS = 2_000_000_000
FileState = list[Any]  # size, time in nanoseconds, digest
FolderStates = dict[str, dict[str, FileState]]  # folder -> name -> state; an empty one for a folder in it


@dataclass(slots=True)
class FileSnapshot:
    """The states of files at a moment (in nanoseconds): of whole folders, and of single files, which may not exist."""

    taken_at: int
    folders: FolderStates = field(default_factory=dict)
    folder_mtimes: dict[str, int] = field(default_factory=dict)  # a folder gets another one where a file is added or removed
    single_files: dict[str, FileState | None] = field(default_factory=dict)

    def state(self, path: str) -> FileState | None:
        """Return the state of a file; None where the snapshot does not have it."""
        folder, _, name = path.rpartition("/")
        return self.single_files.get(path) or self.folders.get(folder, {}).get(name)

    def mark_verified(self, moment: int) -> bool:
        """Note that all files still had these states at a moment, as was proved by reading the recent ones.

        Returns whether some of them were written long enough before that moment, so that they need not be read again.
        """
        before, now, self.taken_at = self.taken_at - MTIME_GRANULARITY_NS, moment - MTIME_GRANULARITY_NS, moment
        mtimes = (state[1] for states in self.folders.values() for state in states.values() if state)
        return any(before < mtime <= now for mtime in (*self.folder_mtimes.values(), *mtimes))

    def update(self, path: str, state: FileState) -> None:
        """Set the state of one of the files."""
        folder, _, name = path.rpartition("/")
        self.folders[folder][name] = state
        self.folder_mtimes[folder] = Path(folder).stat().st_mtime_ns


def take_snapshot(paths: Iterable[str], last: FileSnapshot | None = None) -> FileSnapshot:
    """Return the states of files and folders; a file of ``last`` with the same size and time is not read again."""
    result = FileSnapshot(time.time_ns())
    old = last if last is not None else FileSnapshot(0)
    for path in paths:
        if Path(path).is_dir():
            for folder in _walk_folders(path):
                result.folder_mtimes[folder] = Path(folder).stat().st_mtime_ns
                result.folders[folder] = _folder_states(folder, old.folders.get(folder, {}), old.taken_at)
        else:
            result.single_files[path] = file_state(path)
    return result


def changed_files(files: FileSnapshot) -> list[str] | None:
    """Return the files that have other bytes than in a snapshot, or None where any was added or is gone.

    Raises OSError where one cannot be read.
    """
    changed: list[str] = []
    for path, before in files.single_files.items():
        now = file_state(path)
        if (now is None) != (before is None):
            return None
        if now is not None and before is not None and now[2] != before[2]:
            changed.append(path)
    for folder, states in files.folders.items():
        inside = _changed_files_in(folder, states, files.folder_mtimes[folder], files.taken_at - MTIME_GRANULARITY_NS)
        if inside is None:
            return None
        changed += inside
    return changed


def _changed_files_in(folder: str, states: dict[str, FileState], mtime: int, reliable_until: int) -> list[str] | None:
    """Return the files of a folder that changed, or None; a folder whose own time proves the same names is not listed."""
    if (
        not os.stat(folder).st_mtime_ns == mtime <= reliable_until  # noqa: PTH116 (twice as fast)
        and _list_names(folder) != states.keys()
    ):
        return None
    changed = []
    for name, before in states.items():
        if not before:
            continue
        path = f"{folder}/{name}"
        status = os.lstat(path)
        if status.st_mtime_ns == before[1] <= reliable_until and status.st_size == before[0] and not S_ISLNK(status.st_mode):
            continue
        if status.st_size != before[0] or _digest(path, status.st_mode) != before[2]:
            changed.append(path)
    return changed


def _list_names(folder: str) -> set[str]:
    return {name for name in os.listdir(folder) if name != "__pycache__"}  # noqa: PTH208


def _folder_states(folder: str, last: dict[str, FileState], last_taken_at: int) -> dict[str, FileState]:
    states: dict[str, FileState] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    states[entry.name] = []
                continue
            status = entry.stat(follow_symlinks=False)
            before = last.get(entry.name)
            same = before and before[:2] == [status.st_size, status.st_mtime_ns]
            reliable = before and same and before[1] <= last_taken_at - MTIME_GRANULARITY_NS and not S_ISLNK(status.st_mode)
            digest = before[2] if before and reliable else _digest(entry.path, status.st_mode)
            states[entry.name] = [status.st_size, status.st_mtime_ns, digest]
    return states


def file_state(path: str) -> FileState | None:
    """Return the state of a file, or None where there is none."""
    try:
        status = Path(path).stat()
        return [status.st_size, status.st_mtime_ns, hash_bytes(Path(path).read_bytes())]
    except FileNotFoundError:
        return None


def _digest(path: str, mode: int) -> str:
    """Return the digest of a file; of a link that of its target's path, size and time: no file elsewhere is read."""
    if S_ISLNK(mode):
        try:
            target = os.stat(path)  # noqa: PTH116
            link = repr((os.readlink(path), target.st_size, target.st_mtime_ns))  # noqa: PTH115
            return hash_bytes(link.encode("utf-8", "surrogatepass"))
        except OSError:
            return ""
    return hash_bytes(Path(path).read_bytes()) if S_ISREG(mode) else ""


def _walk_folders(folder: str) -> Iterator[str]:
    """Return a folder and those in it, without byte code, whose sources are in the snapshot."""
    queue = [folder]
    while queue:
        current = queue.pop()
        yield current
        with os.scandir(current) as entries:
            queue += [one.path for one in entries if one.is_dir(follow_symlinks=False) and one.name != "__pycache__"]


def hash_bytes(data: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
