"""Findings of the linter: a place in a file, a message, and the edit that fixes it where that is certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The replacement of a range of a text."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and its message: ``text`` has a placeholder ``{value}`` in quotes, and others that ``values`` fill."""

    offset: int
    code: str
    text: str
    values: Mapping[str, str | Phrase] = field(default_factory=dict)
    edit: Edit | None = None


def fix_hint(certain: object) -> Phrase | str:
    """Return the sentence that names ``inv check --fix``, where it fixes the finding."""
    return phrase(" inv check --fix does it.") if certain else ""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits applied; of two that overlap the first alone.

    >>> apply_edits("اب, ج", [Edit(2, 3, "،"), Edit(2, 4, "")])
    'اب، ج'
    """
    parts: list[str] = []
    end = 0
    for edit in sorted(edits):
        if edit.start < end:
            continue
        parts += [text[end : edit.start], edit.replacement]
        end = max(edit.end, edit.start)
    return "".join([*parts, text[end:]])
