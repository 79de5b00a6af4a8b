"""Status of the feeds of members in the last run of ``inv fetch``, read from its report."""

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
    """The feed of a member in the last run: its outcome, its last success, and questions for editors."""

    member: str
    url: str
    outcome: FetchOutcome
    reason: Phrase | None = None
    last_success: datetime | None = None
    failures: int = 0  # consecutive
    held_count: int = 0
    questions: tuple[Phrase, ...] = ()  # for editors


@dataclass(frozen=True, slots=True)
class FeedStatusReport:
    """The status of all feeds in the last run, in the order of the members, and the time of the run."""

    run_time: datetime
    members: tuple[FeedStatus, ...]


def parse_feed_report(text: str) -> FeedStatusReport:
    """Parse a report of ``inv fetch``. Raises ValueError, with a reason for people, where it is none.

    >>> entry = '{"member": "penus", "url": "", "outcome": "new", "held": [], "proposals": []}'
    >>> parse_feed_report('{"version": 1, "at": "2026-11-01T12:00:00+00:00", "members": [%s]}' % entry).members[0].outcome
    'answered'
    >>> parse_feed_report("[]")
    Traceback (most recent call last):
    ValueError: it is no report of a run
    """
    try:
        report = json.loads(text)
        if report["version"] != 1:
            raise ValueError
        return FeedStatusReport(_parse_timestamp(report["at"]), tuple(_parse_feed_status(one) for one in report["members"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("it is no report of a run") from None


def _parse_feed_status(entry: Mapping[str, Any]) -> FeedStatus:
    last_success = entry.get("succeeded")
    return FeedStatus(
        member=str(entry["member"]),
        url=url if (url := str(entry["url"])).startswith(("https://", "http://")) else "",
        outcome=_OUTCOMES[entry["outcome"]],
        reason=_report_phrase(entry, "reason") if entry.get("reason") else None,
        last_success=_parse_timestamp(last_success) if last_success else None,
        failures=int(entry.get("failures", 0)),
        held_count=len(entry["held"]),
        questions=tuple(_report_phrase(one, "text") for one in entry["proposals"]),
    )


def serialize_phrase(message: Phrase) -> dict[str, Any]:
    """Return a phrase in the form that a report stores beside its English text, so that each page can translate it.

    >>> waiting = phrase("it is not asked before {moment} UTC: {reason}", moment="09:00", reason=phrase("it failed"))
    >>> serialize_phrase(waiting)["values"]
    {'moment': '09:00', 'reason': {'text': 'it failed', 'values': {}}}
    """
    values = {key: serialize_phrase(value) if isinstance(value, Phrase) else value for key, value in message.values}
    return {"text": message.text, "values": values}


def _report_phrase(entry: Mapping[str, Any], name: str) -> Phrase:
    """Return the phrase of an entry of a report, or its English text where an older run stored no phrase."""
    record = entry.get("told")
    return _deserialize_phrase(record) if record else phrase("{said}", said=str(entry[name]))


def _deserialize_phrase(record: Mapping[str, Any]) -> Phrase:
    """Return a stored phrase. Raises ValueError where it cannot be formatted: a gap without a value, or with a format."""
    values = {str(key): one if isinstance(one, str) else _deserialize_phrase(one) for key, one in record["values"].items()}
    text = str(record["text"])
    if any(
        gap is not None and (not gap or gap not in values or format_spec or conversion)
        for _, gap, format_spec, conversion in Formatter().parse(text)
    ):
        raise ValueError(text)
    return Phrase(text, tuple(sorted(values.items())))


def _parse_timestamp(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment
