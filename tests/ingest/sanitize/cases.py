"""Cases as files: ``=== rule | parts``, what is given, and after ``---8<---`` what becomes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
_HIDDEN = re.compile("⟨U\\+([0-9A-F]{4})⟩")


@dataclass(frozen=True)
class Case:
    rule: str
    about: str
    given: str
    expected: str

    def __str__(self) -> str:
        return self.rule


def read_cases(name: str | Path) -> list[Case]:
    """Return the cases of a file."""
    text = _HIDDEN.sub(lambda found: chr(int(found[1], 16)), (FOLDER / name).read_text("utf-8"))
    cases = []
    for written in re.split(r"^=== ", text, flags=re.M)[1:]:
        head, _, rest = written.partition("\n")
        rule, _, about = head.partition(" | ")
        given, _, expected = rest.partition("\n---8<---")
        cases.append(Case(rule, about, given.strip("\n"), expected.strip("\n")))
    return cases
