"""How the blogs of members were when they were last asked, as ``inv fetch`` reports it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from string import Formatter
from typing import Any, Literal

from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass

FetchOutcome = Literal["answered", "moved", "waiting", "failed", "gone"]

_OUTCOMES: dict[str, FetchOutcome] = {
    "new": "answered",
    "unchanged": "answered",
    "moved": "moved",
    "waiting": "waiting",
    "failed": "failed",
    "gone": "gone",
}


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A member's blog in the last run: what it answered, since when it does not, and what waits for an editor."""

    member: str
    url: str
    outcome: FetchOutcome
    reason: Phrase | None = None
    last_success: datetime | None = None
    failures: int = 0  # one after the other
    held_count: int = 0
    questions: tuple[Phrase, ...] = ()  # for editors


@dataclass(frozen=True, slots=True)
class FeedStatusReport:
    """All blogs in the last run, in the order of their members, and the moment of the run."""

    run_time: datetime
    members: tuple[FeedStatus, ...]


def parse_feed_report(text: str) -> FeedStatusReport:
    """Return what a report of ``inv fetch`` says. Raises ValueError, with a reason for people, where it is none.

    >>> said = '{"member": "penus", "url": "", "outcome": "new", "held": [], "proposals": []}'
    >>> parse_feed_report('{"version": 1, "at": "2026-11-01T12:00:00+00:00", "members": [%s]}' % said).members[0].outcome
    'answered'
    >>> parse_feed_report("[]")
    Traceback (most recent call last):
    ValueError: it is no report of a run
    """
    try:
        said = json.loads(text)
        if said["version"] != 1:
            raise ValueError
        return FeedStatusReport(_parse_timestamp(said["at"]), tuple(_parse_feed_status(one) for one in said["members"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("it is no report of a run") from None


def _parse_feed_status(said: Mapping[str, Any]) -> FeedStatus:
    succeeded = said.get("succeeded")
    return FeedStatus(
        member=str(said["member"]),
        url=str(said["url"]),
        outcome=_OUTCOMES[said["outcome"]],
        reason=_report_phrase(said, "reason") if said.get("reason") else None,
        last_success=_parse_timestamp(succeeded) if succeeded else None,
        failures=int(said.get("failures", 0)),
        held_count=len(said["held"]),
        questions=tuple(_report_phrase(one, "text") for one in said["proposals"]),
    )


def serialize_phrase(said: Phrase) -> dict[str, Any]:
    """Return a phrase as a report keeps it beside its English words, so that each page can tell it in its own language.

    >>> waiting = phrase("it is not asked before {moment} UTC: {reason}", moment="09:00", reason=phrase("it failed"))
    >>> serialize_phrase(waiting)["values"]
    {'moment': '09:00', 'reason': {'text': 'it failed', 'values': {}}}
    """
    values = {key: serialize_phrase(value) if isinstance(value, Phrase) else value for key, value in said.values}
    return {"text": said.text, "values": values}


def _report_phrase(said: Mapping[str, Any], name: str) -> Phrase:
    """Return the phrase beside words of a report; the words themselves where they are of a run that kept none."""
    kept = said.get("told")
    return _deserialize_phrase(kept) if kept else phrase("{said}", said=str(said[name]))


def _deserialize_phrase(said: Mapping[str, Any]) -> Phrase:
    """Return a phrase that was kept. Raises ValueError where it could not be told: a gap has no value, or asks for more."""
    values = {str(key): one if isinstance(one, str) else _deserialize_phrase(one) for key, one in said["values"].items()}
    text = str(said["text"])
    if any(
        gap is not None and (not gap or gap not in values or form or turned) for _, gap, form, turned in Formatter().parse(text)
    ):
        raise ValueError(text)
    return Phrase(text, tuple(sorted(values.items())))


def _parse_timestamp(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError
    return moment
