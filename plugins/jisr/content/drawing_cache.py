"""What builds have drawn, in a folder of ``.cache/``. A restored one may hold anything: only what was written is read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_ISREG

from jisr.core.frozen import dataclass

KEPT_UNUSED = timedelta(days=30)  # so long a drawing stays that no build uses
USE_NOTED = timedelta(days=1)  # so old the time of a file may be, which is that of its last use
_NAME = re.compile(r"([0-9a-f]{32})(-[0-9a-f]{16})?\.([a-z]+)")  # a former version had no hash of the bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the folder: its name, its size in bytes, and the time since its last use."""

    name: str
    size: int
    age: timedelta


class DrawingCache:
    """What builds have drawn of late, each in a file by the hash of what it shows and by that of its bytes."""

    def __init__(self, folder: Path, now: datetime, form: Callable[[str, bytes], bool], endings: tuple[str, ...]) -> None:
        """List a folder, and remove what no build has used of late.

        ``now`` is the time of the machine; ``form`` says of an ending and bytes whether these can be such a file.
        """
        self.folder, self.form = folder, form
        self.files: dict[str, KeptFile] = {}  # by the hash of what is drawn
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                if name and name[3] in endings:
                    with suppress(OSError):  # another process removes the same
                        self._note(name[1], entry, now)

    def _note(self, fingerprint: str, entry: os.DirEntry[str], now: datetime) -> None:
        status = entry.stat(follow_symlinks=False)
        age = timedelta(seconds=now.timestamp() - status.st_mtime)
        if S_ISREG(status.st_mode) and age <= KEPT_UNUSED:
            self.files[fingerprint] = KeptFile(entry.name, status.st_size, age)
        elif S_ISREG(status.st_mode):
            (self.folder / entry.name).unlink()

    def get(self, fingerprint: str) -> bytes | None:
        """Return a drawing; None where there is none, or its file is of another form, or not the one that was written."""
        kept = self.files.get(fingerprint)
        if kept is None:
            return None
        with suppress(OSError):
            data = (self.folder / kept.name).read_bytes()
            ending = kept.name.rpartition(".")[2]
            if kept.name == _file_name(fingerprint, data, ending) and self.form(ending, data):
                self.note_use(fingerprint)
                return data
        return None

    def note_use(self, fingerprint: str) -> None:
        """Keep a drawing for another month."""
        kept = self.files.get(fingerprint)
        if kept and kept.age > USE_NOTED:
            with suppress(OSError):
                os.utime(self.folder / kept.name)

    def put(self, fingerprint: str, data: bytes, ending: str) -> None:
        """Keep a drawing, in place of a file that is none, where the folder can be written."""
        name = _file_name(fingerprint, data, ending)
        before = self.files.get(fingerprint)
        with suppress(OSError):
            for old in {name, before.name if before else name}:
                with suppress(FileNotFoundError):
                    os.unlink(f"{self.folder}/{old}")  # noqa: PTH108 (as fast as it can be: each card comes by here)
            # A new file, so that nothing is written through a link. One that is written in part has not the hash of its name.
            descriptor = os.open(f"{self.folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(descriptor, "wb", 0) as stream:
                stream.write(data)
            self.files[fingerprint] = KeptFile(name, len(data), timedelta())


def _file_name(fingerprint: str, data: bytes, ending: str) -> str:
    return f"{fingerprint}-{hashlib.blake2b(data, digest_size=8, key=fingerprint.encode()).hexdigest()}.{ending}"
