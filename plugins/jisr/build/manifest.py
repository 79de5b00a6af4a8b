"""Whether the output stands as a build would make it now: answered without Pelican, Babel or a single text being read.

What a good build was made from and what it wrote is noted in ``.cache/``. A note is believed only where every file is the
one it names: by size and time, or by its bytes where the time says nothing (a clone, a restored cache). Losing it costs
time only; whatever is wrong with it, the answer is to build.
"""

from __future__ import annotations

import hashlib
import json
import os
import runpy
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import Any

from jisr.build.options import Options
from jisr.content import atomic_write

MTIME_GRANULARITY_NS = (
    2_000_000_000  # nanoseconds: a file written this shortly before it was looked at may change and keep its time
)
FolderStates = dict[str, dict[str, list[Any]]]  # folder -> name -> size, time, digest; nothing of a folder in it


@dataclass(slots=True)
class FileSnapshot:
    """Files as they were at a moment (in nanoseconds): whole folders, and files that stand alone or do not exist."""

    taken_at: int
    folders: FolderStates = field(default_factory=dict)
    folder_mtimes: dict[str, int] = field(
        default_factory=dict
    )  # of the folders: another one where a file was added or taken away
    single_files: dict[str, list[Any] | None] = field(default_factory=dict)

    def state(self, path: str) -> list[Any] | None:
        """Return the known state of a file; None where none is known."""
        folder, _, name = path.rpartition("/")
        return self.single_files.get(path) or self.folders.get(folder, {}).get(name)

    def mark_verified(self, moment: int) -> bool:
        """Take in that all were as they are known to be at a moment, which was proved by reading those written lately.

        Returns whether some of them were written long enough before that moment, so that they need not be read again.
        """
        before, now, self.taken_at = self.taken_at - MTIME_GRANULARITY_NS, moment - MTIME_GRANULARITY_NS, moment
        known = (one[1] for names in self.folders.values() for one in names.values() if one)
        return any(before < time_ <= now for time_ in (*self.folder_mtimes.values(), *known))

    def update(self, path: str, state: list[Any]) -> None:
        """Take in the state of one of the files."""
        folder, _, name = path.rpartition("/")
        self.folders[folder][name] = state
        self.folder_mtimes[folder] = Path(folder).stat().st_mtime_ns


@dataclass(slots=True)
class BuildManifest:
    """What a build was made from, what it wrote, and what it said."""

    environment: str  # Python and packages
    settings: str
    sources: FileSnapshot
    valid_from: float | None = None  # the times between which no clock changes a page
    valid_until: float | None = None
    outputs: FileSnapshot = field(default_factory=lambda: FileSnapshot(0))
    warnings: list[str] = field(default_factory=list)  # the lines that say them
    unchanged_message: str = ""  # the line that says that nothing changed
    site_stamp: str = ""  # of the site that was kept beside this note, if any

    def update_files(self, sources: Mapping[str, list[Any] | None], written: Iterable[str]) -> None:
        """Take in that some sources are as given, and that some files of the output were written."""
        for path, state in sources.items():
            if state is not None:
                self.sources.update(path, state)
        for path in written:
            state = _file_state(path)
            if state is not None:
                self.outputs.update(path, state)

    def mark_verified(self, moment: int, file: Path) -> None:
        """Take in that everything was as this note says at a moment, and keep that where it spares the next build something."""
        if self.sources.mark_verified(moment) | self.outputs.mark_verified(moment):
            self.save(file)

    def save(self, file: Path) -> None:
        """Keep this note, written aside and renamed; where it cannot be written the next build is a whole one."""
        atomic_write.write_atomically(
            file, lambda aside: aside.write_text(json.dumps(self, default=_to_json), "utf-8", "surrogatepass")
        )


def manifest_path(options: Options) -> Path:
    """Return where the note of a command lies: beside its settings, by all that the command line states."""
    stated_ = (options.settings, options.content, options.output, options.siteurl, options.drafts, options.message_language)
    said_in = (os.environ.get("GITHUB_ACTIONS") == "true", bool(os.environ.get("SOURCE_DATE_EPOCH")))  # a set clock forgives
    name = _hash(repr((str(Path.cwd()), stated_, said_in)).encode("utf-8", "surrogatepass"))[:16]
    return Path(options.settings).resolve().parent / ".cache" / f"standing-{name}.json"


def load_manifest(file: Path) -> BuildManifest | None:
    """Return the note in a file, or None where there is none or it cannot be read."""
    try:
        found = json.loads(file.read_text("utf-8", "surrogatepass"))
        return BuildManifest(
            **{**found, "sources": FileSnapshot(**found["sources"]), "outputs": FileSnapshot(**found["outputs"])}
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def find_changed_sources(note: BuildManifest, options: Options) -> list[str] | None:
    """Return the sources that have other bytes than when a note was made; None where it says nothing of the output any more.

    That is so where a file was added or taken away, where settings, packages or the clock give other pages, and where the
    output is not what was written.
    """
    try:
        if not is_valid(note):
            return None
        found = changed_files(note.sources)
        stands = found is not None and note.settings == settings_file_fingerprint(options) and changed_files(note.outputs) == []
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return None
    return found if stands else None


def is_valid(note: BuildManifest) -> bool:
    """Whether a note was made by this Python with these packages, and no clock made it old."""
    now = build_time()
    return note.environment == environment_fingerprint() and (note.valid_from or now) <= now < (note.valid_until or now + 1)


def environment_fingerprint() -> str:
    """Return what stands for Python and all packages: their folders of metadata carry their versions in their names."""
    places = sorted(path for path in sys.path if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir())
    found = [
        name
        for path in places
        for name in sorted(one.name for one in Path(path).iterdir())
        if name.endswith((".dist-info", ".egg-info", ".pth"))
    ]
    return _hash(repr((sys.version, places, found)).encode())


def build_time() -> float:
    """Return the moment of a run in seconds. Raises ValueError where SOURCE_DATE_EPOCH is no number."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    return float(int(said)) if said else time.time()


def settings_file_fingerprint(options: Options) -> str:
    """Return the fingerprint of what a settings file says now: it is Python, and may ask the environment or another file.

    Empty where it fails: what is wrong with it is said by the build.
    """
    before = list(sys.path)
    sys.path[:0] = [str(path) for path in options.import_roots]
    try:
        values = runpy.run_path(options.settings)
    except Exception:  # noqa: BLE001 (settings are Python and may raise anything)
        return ""
    finally:
        sys.path[:] = before
    return settings_fingerprint({name: value for name, value in values.items() if name.isupper()})


def settings_fingerprint(values: Mapping[str, Any]) -> str:
    """Return the fingerprint of settings; empty where one is no plain value, since what a function does is not seen.

    >>> settings_fingerprint({"SITENAME": "جسر"}) == settings_fingerprint({"SITENAME": "جسر"})
    True
    >>> settings_fingerprint({"FILTER": len})
    ''
    """
    try:
        return _hash(json.dumps(values, sort_keys=True).encode())
    except (TypeError, ValueError):
        return ""


def snapshot(places: Iterable[str], known: FileSnapshot | None = None) -> FileSnapshot:
    """Return files as they are, with their digests; those of ``known`` that kept size and time keep theirs."""
    found = FileSnapshot(time.time_ns())
    old = known if known is not None else FileSnapshot(0)
    for path in places:
        if Path(path).is_dir():
            for folder in _walk_folders(path):
                found.folder_mtimes[folder] = Path(folder).stat().st_mtime_ns
                found.folders[folder] = _snapshot_folder(folder, old.folders.get(folder, {}), old.taken_at)
        else:
            found.single_files[path] = _file_state(path)
    return found


def changed_files(files: FileSnapshot) -> list[str] | None:
    """Return the files that have other bytes than they had, or None where any was added or is gone.

    Raises OSError where one cannot be read.
    """
    found: list[str] = []
    for path, before in files.single_files.items():
        now = _file_state(path)
        if (now is None) != (before is None):
            return None
        if now is not None and before is not None and now[2] != before[2]:
            found.append(path)
    for folder, names in files.folders.items():
        differing = _changed_files_in(folder, names, files.folder_mtimes[folder], files.taken_at - MTIME_GRANULARITY_NS)
        if differing is None:
            return None
        found += differing
    return found


def _changed_files_in(folder: str, names: dict[str, list[Any]], time_: int, settled: int) -> list[str] | None:
    """Return the files of a folder that changed, or None; no folder is read whose own time says that it holds the same names."""
    if not os.stat(folder).st_mtime_ns == time_ <= settled and _list_names(folder) != names.keys():  # noqa: PTH116 (twice as fast)
        return None
    found = []
    for name, before in names.items():
        if not before:
            continue
        path = f"{folder}/{name}"
        status = os.lstat(path)
        if status.st_mtime_ns == before[1] <= settled and status.st_size == before[0] and not S_ISLNK(status.st_mode):
            continue
        if status.st_size != before[0] or _digest(path, status.st_mode) != before[2]:
            found.append(path)
    return found


def _list_names(folder: str) -> set[str]:
    return {name for name in os.listdir(folder) if name != "__pycache__"}  # noqa: PTH208


def _snapshot_folder(folder: str, known: dict[str, list[Any]], seen: int) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    found[entry.name] = []
                continue
            status = entry.stat(follow_symlinks=False)
            before = known.get(entry.name)
            same = before and before[:2] == [status.st_size, status.st_mtime_ns] and before[1] <= seen - MTIME_GRANULARITY_NS
            known_still = before and same and not S_ISLNK(status.st_mode)
            digest = before[2] if before and known_still else _digest(entry.path, status.st_mode)
            found[entry.name] = [status.st_size, status.st_mtime_ns, digest]
    return found


def _digest(path: str, mode: int) -> str:
    """Return what stands for the bytes of a file; for a link where it leads and how that looks: elsewhere nothing is read."""
    if S_ISLNK(mode):
        try:
            led = os.stat(path)  # noqa: PTH116
            return _hash(repr((os.readlink(path), led.st_size, led.st_mtime_ns)).encode("utf-8", "surrogatepass"))  # noqa: PTH115
        except OSError:
            return ""
    return _hash(Path(path).read_bytes()) if S_ISREG(mode) else ""


def _file_state(path: str) -> list[Any] | None:
    try:
        status = Path(path).stat()
        return [status.st_size, status.st_mtime_ns, _hash(Path(path).read_bytes())]
    except FileNotFoundError:
        return None


def _walk_folders(folder: str) -> Iterator[str]:
    """Return a folder and those in it; byte code is made of what is looked at anyway."""
    waiting = [folder]
    while waiting:
        place_ = waiting.pop()
        yield place_
        with os.scandir(place_) as entries:
            waiting += [one.path for one in entries if one.is_dir(follow_symlinks=False) and one.name != "__pycache__"]


def _to_json(value: BuildManifest | FileSnapshot) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
