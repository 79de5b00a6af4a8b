"""A finding: a spot in a file as typed, what is to be said of it, and the change that mends it where that is certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """New characters for a stretch of a text."""

    begin: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an editor is told of a spot; ``text`` has a gap ``{value}`` in quotes, and others that ``values`` fill."""

    offset: int
    code: str
    text: str
    values: Mapping[str, str | Phrase] = field(default_factory=dict)
    edit: Edit | None = None


def remedy(certain: object) -> Phrase | str:
    """Return the words that say who mends it, where the mend is certain."""
    return phrase(" inv check --fix does it.") if certain else ""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with changes made to it; of two that touch each other the first alone.

    >>> apply_edits("اب, ج", [Edit(2, 3, "،"), Edit(2, 4, "")])
    'اب، ج'
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.begin < done:
            continue
        parts += [text[done : edit.begin], edit.replacement]
        done = max(edit.end, edit.begin)
    return "".join([*parts, text[done:]])
