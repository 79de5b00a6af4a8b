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
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

DOUBTFUL = 2_000_000_000  # nanoseconds: a file written this shortly before it was looked at may change and keep its time
Seen = dict[str, list[Any]]  # path -> size, time, digest; a folder is an empty list


@dataclass(slots=True)
class Note:
    """What a build was made from, what it wrote, and what it warned of."""

    base: str  # Python, packages, command line
    settings: str
    clock: str  # the moment of the build where a later one may give other pages, else empty
    sources: list[str] = field(default_factory=list)
    output: str = ""
    shown: str = ""  # the output, as messages call it
    seen: int = 0  # when the files were looked at, in nanoseconds
    files: Seen = field(default_factory=dict)
    written: int = 0
    pages: Seen = field(default_factory=dict)
    warnings: list[list[Any]] = field(default_factory=list)

    def save(self, file: Path) -> None:
        """Keep this note, written aside and renamed; where it cannot be written the next build is a whole one."""
        aside = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(asdict(self)), "utf-8", "surrogatepass")
            aside.replace(file)
        except OSError:
            with suppress(OSError):
                aside.unlink()


def place(settings: str, stated: Iterable[object]) -> Path:
    """Give where the note of a command lies: beside its settings, by all that the command line states."""
    name = _hash(repr((str(Path.cwd()), settings, *stated)).encode("utf-8", "surrogatepass"))[:16]
    return Path(settings).resolve().parent / ".cache" / f"standing-{name}.json"


def recall(file: Path) -> Note | None:
    """Give the note in a file, or None where there is none or it cannot be read."""
    try:
        return Note(**json.loads(file.read_text("utf-8", "surrogatepass")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def stands(note: Note, settings: str, import_from: Iterable[Path]) -> bool:
    """Whether nothing changed since a note was made: neither what the site is made from, nor what was written."""
    try:
        return (
            note.base == base()
            and note.clock in ("", _clock())
            and same(note.files, note.sources, note.seen)
            and note.settings == stated(settings, import_from)
            and same(note.pages, [note.output], note.written)
        )
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return False


def base() -> str:
    """Give what stands for Python and all packages: their folders of metadata carry their versions in their names."""
    places = sorted(path for path in sys.path if Path(path).name in ("site-packages", "dist-packages") and Path(path).is_dir())
    found = [
        name
        for path in places
        for name in sorted(one.name for one in Path(path).iterdir())
        if name.endswith((".dist-info", ".egg-info", ".pth"))
    ]
    return _hash(repr((sys.version, places, found)).encode())


def stated(settings: str, import_from: Iterable[Path]) -> str:
    """Give the fingerprint of what a settings file says now: it is Python, and may ask the environment or another file.

    Empty where it fails: what is wrong with it is said by the build.
    """
    before = list(sys.path)
    sys.path[:0] = [str(path) for path in import_from]
    try:
        values = runpy.run_path(settings)
    except Exception:  # noqa: BLE001 (settings are Python and may raise anything)
        return ""
    finally:
        sys.path[:] = before
    return fingerprint({name: value for name, value in values.items() if name.isupper()})


def fingerprint(values: Mapping[str, Any]) -> str:
    """Give the fingerprint of settings; empty where one is no plain value, since what a function does is not seen.

    >>> fingerprint({"SITENAME": "جسر"}) == fingerprint({"SITENAME": "جسر"})
    True
    >>> fingerprint({"FILTER": len})
    ''
    """
    try:
        return _hash(json.dumps(values, sort_keys=True).encode())
    except (TypeError, ValueError):
        return ""


def look(folders: Iterable[str], known: Seen) -> Seen:
    """Give every file and folder below, with its digest; ``known`` ones of the same size and time keep theirs."""
    found: Seen = {}
    for path, status in _walk(folders):
        if status is None:
            found[path] = []
            continue
        before = known.get(path)
        same_time = bool(before) and before is not None and before[:2] == [status.st_size, status.st_mtime_ns]
        digest = before[2] if same_time and before else _hash(Path(path).read_bytes())
        found[path] = [status.st_size, status.st_mtime_ns, digest]
    return found


def same(known: Seen, folders: Iterable[str], seen: int) -> bool:
    """Whether the files below some folders are the known ones: by size and time, by their bytes where the time is doubtful."""
    left = set(known)
    for path, status in _walk(folders):
        if path not in left:
            return False
        left.discard(path)
        before = known[path]
        if status is None or not before:
            if before or status is not None:
                return False
        elif not _is(before, Path(path), status, seen):
            return False
    return not left


def _is(before: list[Any], path: Path, status: os.stat_result, seen: int) -> bool:
    if status.st_size != before[0]:
        return False
    proved = status.st_mtime_ns == before[1] and before[1] <= seen - DOUBTFUL
    return bool(proved or _hash(path.read_bytes()) == before[2])


def note_of(sources: list[str], settings: str, import_from: Iterable[Path], known: Note | None) -> Note:
    """Give a note of what a build is about to be made from; it is looked at before anything is read."""
    note = Note(base(), stated(settings, import_from), _clock(), sources, seen=time.time_ns())
    old = known.files if known is not None and _trusted(known.files, known.seen) else {}
    note.files = look(sources, old)
    return note


def _trusted(files: Seen, seen: int) -> bool:
    """Whether digests may be taken over: none of them was made of a file that could still change within its time."""
    return all(not one or one[1] <= seen - DOUBTFUL for one in files.values())


def _clock() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH") or str(time.time_ns())


def _walk(folders: Iterable[str]) -> Iterator[tuple[str, os.stat_result | None]]:
    """Give each file with its status, and each folder with None; byte code is made of what is looked at anyway."""
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        if Path(folder).is_file():
            yield folder, Path(folder).stat()
            continue
        yield folder, None
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir() and not entry.is_symlink():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                elif entry.is_file():
                    yield entry.path, entry.stat()
                else:
                    yield entry.path, None


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
