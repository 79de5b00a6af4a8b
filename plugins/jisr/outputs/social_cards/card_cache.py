"""Drawn cards in ``.cache/cards/``. A folder that was restored may hold anything: only a card as it was written is read."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_ISREG

from jisr.outputs.social_cards.card_png import MAX_SIZE, is_card

KEPT_UNUSED = timedelta(days=30)  # so long a card stays that no build uses
USE_NOTED = timedelta(days=1)  # so old the time of a file may be, which is that of its last use
_NAME = re.compile(r"([0-9a-f]{32})(-[0-9a-f]{16})?\.png")  # a former version had no hash of the bytes


class CardCache:
    """The cards that builds have drawn of late, each in a file by the hash of what it shows and by that of its bytes."""

    def __init__(self, folder: Path, now: datetime) -> None:
        """List a folder, and remove the cards that no build has used of late. ``now`` is the time of the machine."""
        self.folder = folder
        self.files: dict[str, tuple[str, timedelta]] = {}  # hash of what a card shows -> name and age of its file
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                with suppress(OSError):  # another process removes the same
                    status = entry.stat(follow_symlinks=False)
                    age = timedelta(seconds=now.timestamp() - status.st_mtime)
                    if name and S_ISREG(status.st_mode) and age <= KEPT_UNUSED:
                        self.files[name[1]] = entry.name, age
                    elif name and S_ISREG(status.st_mode):
                        (folder / entry.name).unlink()

    def get(self, fingerprint: str) -> bytes | None:
        """Return a card; None where there is none, or its file is no card, or not the one that was written for it."""
        if fingerprint not in self.files:
            return None
        name, age = self.files[fingerprint]
        file = self.folder / name
        with suppress(OSError), file.open("rb") as stream:
            data = stream.read(MAX_SIZE + 1)
            if name == _file_name(fingerprint, data) and is_card(data):
                if age > USE_NOTED:
                    os.utime(file)
                return data
        return None

    def put(self, fingerprint: str, data: bytes) -> None:
        """Keep a card, in place of a file that is none, where the folder can be written."""
        name = _file_name(fingerprint, data)
        with suppress(OSError):
            for old in {name, self.files.get(fingerprint, (name,))[0]}:
                with suppress(FileNotFoundError):
                    os.unlink(f"{self.folder}/{old}")  # noqa: PTH108 (as fast as it can be: each card comes by here)
            # A new file, so that nothing is written through a link. One that is written in part has not the hash of its name.
            descriptor = os.open(f"{self.folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(descriptor, "wb", 0) as stream:
                stream.write(data)


def _file_name(fingerprint: str, data: bytes) -> str:
    return f"{fingerprint}-{hashlib.blake2b(data, digest_size=8, key=fingerprint.encode()).hexdigest()}.png"
