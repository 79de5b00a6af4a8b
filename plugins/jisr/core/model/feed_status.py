"""How the blogs of members were when they were last asked, as ``inv fetch`` reports it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from string import Formatter
from typing import Any, Literal

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass

Answered = Literal["answered", "moved", "waiting", "failed", "gone"]

_OUTCOMES: dict[str, Answered] = {
    "new": "answered",
    "unchanged": "answered",
    "moved": "moved",
    "waiting": "waiting",
    "failed": "failed",
    "gone": "gone",
}


@dataclass(frozen=True, slots=True)
class Blog:
    """A member's blog in the last run: what it answered, since when it does not, and what waits for an editor."""

    member: str
    url: str
    outcome: Answered
    reason: Phrase | None = None
    succeeded: datetime | None = None
    failures: int = 0  # one after the other
    held: int = 0
    questions: tuple[Phrase, ...] = ()  # for editors


@dataclass(frozen=True, slots=True)
class Blogs:
    """All blogs in the last run, in the order of their members, and the moment of the run."""

    at: datetime
    members: tuple[Blog, ...]


def read_report(text: str) -> Blogs:
    """Give what a report of ``inv fetch`` says. Raises ValueError, with a reason for people, where it is none.

    >>> said = '{"member": "penus", "url": "", "outcome": "new", "held": [], "proposals": []}'
    >>> read_report('{"version": 1, "at": "2026-11-01T12:00:00+00:00", "members": [%s]}' % said).members[0].outcome
    'answered'
    >>> read_report("[]")
    Traceback (most recent call last):
    ValueError: it is no report of a run
    """
    try:
        said = json.loads(text)
        if said["version"] != 1:
            raise ValueError
        return Blogs(_moment(said["at"]), tuple(_blog(one) for one in said["members"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("it is no report of a run") from None


def _blog(said: Mapping[str, Any]) -> Blog:
    succeeded = said.get("succeeded")
    return Blog(
        member=str(said["member"]),
        url=str(said["url"]),
        outcome=_OUTCOMES[said["outcome"]],
        reason=_phrase(said, "reason") if said.get("reason") else None,
        succeeded=_moment(succeeded) if succeeded else None,
        failures=int(said.get("failures", 0)),
        held=len(said["held"]),
        questions=tuple(_phrase(one, "text") for one in said["proposals"]),
    )


def stated(said: Phrase) -> dict[str, Any]:
    """Give a phrase as a report keeps it beside its English words, so that each page can tell it in its own language.

    >>> stated(phrase("it is not asked before {moment} UTC: {reason}", moment="09:00", reason=phrase("it failed")))["values"]
    {'moment': '09:00', 'reason': {'text': 'it failed', 'values': {}}}
    """
    values = {key: stated(value) if isinstance(value, Phrase) else value for key, value in said.values}
    return {"text": said.text, "values": values}


def _phrase(said: Mapping[str, Any], name: str) -> Phrase:
    """Give the phrase beside words of a report; the words themselves where they are of a run that kept none."""
    kept = said.get("told")
    return _read(kept) if kept else phrase("{said}", said=str(said[name]))


def _read(said: Mapping[str, Any]) -> Phrase:
    """Give a phrase that was kept. Raises ValueError where it could not be told: a gap has no value, or asks for more."""
    values = {str(key): one if isinstance(one, str) else _read(one) for key, one in said["values"].items()}
    text = str(said["text"])
    if any(
        gap is not None and (not gap or gap not in values or form or turned) for _, gap, form, turned in Formatter().parse(text)
    ):
        raise ValueError(text)
    return Phrase(text, tuple(sorted(values.items())))


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError
    return moment
