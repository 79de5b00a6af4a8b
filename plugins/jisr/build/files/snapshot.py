"""Snapshots of files: size, time and digest of each, to find those that changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from types import MappingProxyType
from typing import Any

# In nanoseconds: a file that was written this shortly before it was read may change once more and keep its time. File systems
# of memory sticks keep times in steps of two seconds, those of whole milliseconds are taken for such; all others keep them in
# steps of the clock of the kernel, 10 milliseconds at most.
COARSE_STEP_NS, FINE_STEP_NS = 2_000_000_000, 100_000_000
FileState = list[Any]  # size, time of its bytes in nanoseconds, digest, time of its name and rights
_NONE: Mapping[str, str] = MappingProxyType({})
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
        before, self.taken_at = self.taken_at, moment
        mtimes = (state[1] for states in self.folders.values() for state in states.values() if state)
        return any(
            is_reliable(mtime, moment) and not is_reliable(mtime, before) for mtime in (*self.folder_mtimes.values(), *mtimes)
        )

    def update(self, changes: FileChanges, digests: Mapping[str, str] = _NONE) -> None:
        """Set the states of files that changed as they are now, and those of the folders that they are in.

        ``digests`` are those of files that were written just now, which are not read for that. Recent ones are read again.
        """
        moment = time.time_ns()
        for path in changes.changed | changes.added:
            if path in self.single_files:
                self.single_files[path] = file_state(path)
        affected = {path.rpartition("/")[0] for path in changes.all if path not in self.single_files}
        affected |= {folder for folder, states in self.folders.items() if not self._is_reliable(folder, states)}
        for folder in sorted(_with_parents(affected, self.folders)):
            if Path(folder).is_dir():
                self.folders[folder] = _folder_states(folder, self.folders.get(folder, {}), self.taken_at, digests)
                self.folder_mtimes[folder] = Path(folder).stat().st_mtime_ns
            else:
                self.folders.pop(folder, None)
                self.folder_mtimes.pop(folder, None)
        for path in changes.gone & self.single_files.keys():
            self.single_files[path] = None
        self.taken_at = moment

    def _is_reliable(self, folder: str, states: Mapping[str, FileState]) -> bool:
        """Whether the times of a folder and its files prove that they are as they were looked at."""
        mtimes = (self.folder_mtimes[folder], *(state[1] for state in states.values() if state))
        return all(is_reliable(mtime, self.taken_at) for mtime in mtimes)


def is_reliable(mtime: int, moment: int) -> bool:
    """Whether a file with a time that was looked at after a moment, both in nanoseconds, has another one once it changes."""
    return mtime <= moment - COARSE_STEP_NS or (mtime <= moment - FINE_STEP_NS and mtime % 1_000_000 != 0)


def _with_parents(folders: set[str], known: Mapping[str, object]) -> set[str]:
    """Return folders, and those above them down to the first that is known: new folders are entries of others."""
    result: set[str] = set()
    for start in folders:
        folder = start
        while folder not in result:
            result.add(folder)
            if folder in known and Path(folder).is_dir():
                break
            folder = folder.rpartition("/")[0]
    return result


def take_snapshot(paths: Iterable[str], digests: Mapping[str, str] = _NONE) -> FileSnapshot:
    """Return the states of files and folders; files whose ``digests`` are given, since they were just written, are not read."""
    result = FileSnapshot(time.time_ns())
    for path in paths:
        if Path(path).is_dir():
            for folder in _walk_folders(path):
                result.folder_mtimes[folder] = Path(folder).stat().st_mtime_ns
                result.folders[folder] = _folder_states(folder, {}, 0, digests)
        else:
            result.single_files[path] = file_state(path)
    return result


@dataclass(slots=True)
class FileChanges:
    """The files that are not as in a snapshot: with other bytes, added, or gone."""

    changed: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    @property
    def all(self) -> set[str]:
        """All of them."""
        return self.changed | self.added | self.gone

    def __contains__(self, path: str) -> bool:
        """Whether a file is one of them."""
        return path in self.changed or path in self.added or path in self.gone


def find_changes(files: FileSnapshot) -> FileChanges:
    """Return the files that are not as in a snapshot. Raises OSError where one cannot be read.

    Files with other times and the same bytes, as in a new clone, get their times in the snapshot, so that they are read once.
    """
    result = FileChanges()
    for path, before in files.single_files.items():
        now = file_state(path)
        if before is None or now is None:
            (result.added if before is None else result.gone).update([path] if before is not now else [])
        elif now[2] != before[2]:
            result.changed.add(path)
    for folder, states in files.folders.items():
        _find_changes_in(folder, states, files, result)
    return result


def find_changes_of(files: FileSnapshot, paths: Iterable[str]) -> FileChanges | None:
    """Return which of some files have other bytes than in a snapshot; None where one of them was not in it, or is gone."""
    result = FileChanges()
    for path in paths:
        before, now = files.state(path), file_state(path) if Path(path).is_file() else None
        if not before or now is None:
            return None
        if now[2] != before[2]:
            result.changed.add(path)
    return result


def _find_changes_in(folder: str, states: dict[str, FileState], files: FileSnapshot, result: FileChanges) -> None:
    """Add the changes in a folder; one whose own time proves that it has the same names is not listed."""
    mtime, taken_at = files.folder_mtimes[folder], files.taken_at
    try:
        now = os.stat(folder).st_mtime_ns  # noqa: PTH116 (twice as fast)
        if now != mtime or not is_reliable(mtime, taken_at):
            names = _list_names(folder)
            if names == states.keys():
                files.folder_mtimes[folder] = now
            else:
                result.added.update(path for name in names - states.keys() for path in _files_below(f"{folder}/{name}"))
    except (FileNotFoundError, NotADirectoryError):  # with suppress() takes longer than the look itself
        pass
    for name, before in states.items():
        if before:
            path = f"{folder}/{name}"
            try:
                status = os.lstat(path)
            except (FileNotFoundError, NotADirectoryError):
                result.gone.add(path)
                continue
            if not _is_proved(before, status, taken_at):
                _find_change(path, before, status, result)


def _find_change(path: str, before: FileState, status: os.stat_result, result: FileChanges) -> None:
    if status.st_size != before[0] or _digest(path, status.st_mode) != before[2]:
        result.changed.add(path)
    else:
        before[:] = _state_of(status, before[2])


def _files_below(path: str) -> Iterator[str]:
    """Return a file, or all files in a folder."""
    if not Path(path).is_dir() or Path(path).is_symlink():
        yield path
        return
    for folder in _walk_folders(path):
        with os.scandir(folder) as entries:
            yield from (one.path for one in entries if not one.is_dir(follow_symlinks=False))


def _list_names(folder: str) -> set[str]:
    return {name for name in os.listdir(folder) if name != "__pycache__"}  # noqa: PTH208


def _folder_states(
    folder: str, last: dict[str, FileState], last_taken_at: int, digests: Mapping[str, str] = _NONE
) -> dict[str, FileState]:
    states: dict[str, FileState] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    states[entry.name] = []
                continue
            status = entry.stat(follow_symlinks=False)
            before = last.get(entry.name)
            known = before[2] if before and _is_proved(before, status, last_taken_at) else digests.get(entry.path)
            digest = known if known is not None else _digest(entry.path, status.st_mode)
            states[entry.name] = _state_of(status, digest)
    return states


def file_state(path: str) -> FileState | None:
    """Return the state of a file, or None where there is none."""
    try:
        status = Path(path).stat()
        return _state_of(status, hash_bytes(Path(path).read_bytes()))
    except FileNotFoundError:
        return None


def _state_of(status: os.stat_result, digest: str) -> FileState:
    """Return the state of a file. A tool may set the time of its bytes back, but not that of its name and rights (ctime)."""
    return [status.st_size, status.st_mtime_ns, digest, status.st_ctime_ns]


def _is_proved(state: FileState, status: os.stat_result, taken_at: int) -> bool:
    """Whether size and times prove that a file has a state; those of a link say nothing of its target."""
    size, mtime, _, ctime = state
    return (
        status.st_mtime_ns == mtime
        and status.st_ctime_ns == ctime
        and status.st_size == size
        and is_reliable(mtime, taken_at)
        and not S_ISLNK(status.st_mode)
    )


def _digest(path: str, mode: int) -> str:
    """Return the digest of a file; of a link that of its target's path, size and time: no file elsewhere is read."""
    if S_ISLNK(mode):
        try:
            target = os.stat(path)  # noqa: PTH116
            link = repr((os.readlink(path), target.st_size, target.st_mtime_ns))  # noqa: PTH115
            return hash_bytes(link.encode("utf-8", "surrogatepass"))
        except OSError:
            return ""
    if not S_ISREG(mode):
        return ""
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 (twice as fast)
        return hash_bytes(stream.readall())


def _walk_folders(folder: str) -> Iterator[str]:
    """Return a folder and those in it, without byte code, whose sources are in the snapshot."""
    queue = [folder]
    while queue:
        current = queue.pop()
        yield current
        with os.scandir(current) as entries:
            queue += [one.path for one in entries if one.is_dir(follow_symlinks=False) and one.name != "__pycache__"]


def hash_bytes(data: bytes | bytearray) -> str:
    """Return the digest of bytes: half of SHA-256, for which processors have instructions (twice as fast as BLAKE2)."""
    return hashlib.sha256(data).hexdigest()[:32]
