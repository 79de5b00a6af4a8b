"""The record of what imports wrote: a file that is not as it was written is an editor's, and stays as it is."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from jisr.content.atomic_write import replace_atomically, write_atomically

_SAVED_EVERY = 500


@dataclass(slots=True)
class ImportRecord:
    """Digests of written files, ids of texts, addresses of redirects; where it is lost all files are an editor's."""

    content: Path
    file: Path
    dry_run: bool = False
    digests: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # what it is in the old site -> kind and id
    redirects: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # an editor's

    def load(self) -> None:
        """Read the record of earlier runs, if there is one."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            values = json.loads(self.file.read_text("utf-8"))
            for name in ("digests", "ids", "redirects"):
                getattr(self, name).update({str(key): str(value) for key, value in values[name].items()})

    def save(self) -> None:
        """Write the record, unless this only shows what would be done."""
        if not self.dry_run:
            text = json.dumps(
                {"digests": self.digests, "ids": self.ids, "redirects": self.redirects}, ensure_ascii=False, indent=0
            )
            write_atomically(self.file, lambda file: file.write_text(text, "utf-8"))

    def is_written(self, path: str) -> bool:
        """Whether an earlier run wrote a file, and it is there; then it counts as one that did not change."""
        is_there = path in self.digests and (self.content / path).is_file()
        if is_there:
            self.unchanged.append(path)
        return is_there

    def write(self, path: str, data: bytes) -> bool:
        """Write a file below the content folder unless it is an editor's. Returns whether there is one."""
        target, digest = self.content / path, hashlib.sha256(data).hexdigest()
        now = _digest(target)
        if now == digest:
            self.digests[path] = digest
            self.unchanged.append(path)
        elif (now or path in self.digests) and now != self.digests.get(path):
            self.kept.append(path)
            return bool(now)
        else:
            self.written.append(path)
            if not self.dry_run:
                replace_atomically(target, lambda file: file.write_bytes(data))
                self.digests[path] = digest
                if len(self.written) % _SAVED_EVERY == 0:
                    self.save()
        return True


def _digest(file: Path) -> str:
    if file.is_symlink():
        return "link"
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
