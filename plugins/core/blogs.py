"""How the blogs of members were when they were last asked, as ``inv fetch`` reports it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

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
    reason: str = ""  # for people, in English
    succeeded: datetime | None = None
    failures: int = 0  # one after the other
    held: int = 0
    questions: tuple[str, ...] = ()  # for editors, in English


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
        reason=str(said.get("reason", "")),
        succeeded=_moment(succeeded) if succeeded else None,
        failures=int(said.get("failures", 0)),
        held=len(said["held"]),
        questions=tuple(str(one["text"]) for one in said["proposals"]),
    )


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError
    return moment
