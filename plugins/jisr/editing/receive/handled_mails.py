"""Which mails were here, in a file of ``.cache/``: digests of their Message-IDs, and days. Without it they may come again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from jisr.content.atomic_write import replace_atomically
from jisr.core.frozen import dataclass

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([0-9a-f]{24}) (taken|refused)")
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class HandledMails:
    """The file; each line is a day, the digest of a mail, and what became of it. Several processes may add lines at a time."""

    file: Path

    def has(self, digest: str) -> bool:
        """Whether a mail was here."""
        return any(found == digest for _, found, _ in self._lines())

    def count_taken(self, day: date) -> int:
        """Return how many mails became proposals on a day."""
        return sum(found == str(day) and became == "taken" for found, _, became in self._lines())

    def add(self, digest: str, day: date, is_taken: bool) -> None:
        """Note a mail; of a file that has grown large the older half goes."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="ascii") as stream:
            stream.write(f"{day} {digest} {'taken' if is_taken else 'refused'}\n")
        if self.file.stat().st_size > _MOST_BYTES:
            lines = [" ".join(one) for one in self._lines()]
            kept = "\n".join(lines[len(lines) // 2 :]) + "\n"
            replace_atomically(self.file, lambda temporary: temporary.write_bytes(kept.encode("ascii")))

    def _lines(self) -> list[tuple[str, str, str]]:
        try:
            text = self.file.read_text("ascii", "replace")
        except OSError:
            return []
        return [(match[1], match[2], match[3]) for line in text.splitlines() if (match := _LINE.fullmatch(line))]
