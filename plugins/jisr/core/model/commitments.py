"""Commitments: resolutions that were to be kept by a day or that a later text answers, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from jisr.core.model.document import Day, Document, TranslationSet
from jisr.core.model.events import end_of_day
from jisr.core.model.site import Commitment, ResolutionReply, to_timestamp


def collect_commitments(sets: Iterable[TranslationSet], now: datetime, timezone: ZoneInfo) -> dict[str, tuple[Commitment, ...]]:
    """Return the commitments of each statement that has any, by its id: newest statement first, resolutions in their order.

    What a text answers or promises is the same in all its languages: the original says it.
    """
    originals = [one.original for one in sets if one.original.listed]
    replies = _collect_replies(originals, timezone)
    statements = [one for one in originals if one.kind == "statements"]
    ordered = sorted(statements, key=lambda one: (-to_timestamp(one.date, timezone), one.id))
    found = {one.id: tuple(_statement_commitments(one, replies, now, timezone)) for one in ordered}
    return {identity: those for identity, those in found.items() if those}


def commitment_state(due: Day | None, replies: tuple[ResolutionReply, ...], now: datetime, timezone: ZoneInfo) -> str:
    """Return how a commitment stands: as the last reply says; where it is not kept, the day it is due counts as a whole.

    >>> from datetime import date, timezone
    >>> commitment_state(date(2012, 12, 31), (), datetime(2012, 12, 31, 12, tzinfo=timezone.utc), ZoneInfo("Asia/Baghdad"))
    'open'
    >>> commitment_state(date(2012, 12, 31), (), datetime(2012, 12, 31, 21, tzinfo=timezone.utc), ZoneInfo("Asia/Baghdad"))
    'overdue'
    """
    if replies and replies[-1].kept:
        return "kept"
    return "overdue" if due is not None and now >= end_of_day(due, timezone) else "open"


def _statement_commitments(
    statement: Document, replies: dict[str, list[ResolutionReply]], now: datetime, timezone: ZoneInfo
) -> Iterator[Commitment]:
    due = {promise.anchor: promise.due for promise in statement.promises}
    for resolution in statement.body.resolutions:
        anchor = resolution.anchor
        said = tuple(replies.get(f"{statement.id}#{anchor}", ()))
        if said or anchor in due:
            until = due.get(anchor)
            yield Commitment(statement.id, anchor, commitment_state(until, said, now, timezone), until, said)


def _collect_replies(originals: Iterable[Document], timezone: ZoneInfo) -> dict[str, list[ResolutionReply]]:
    found: dict[str, list[ResolutionReply]] = {}
    answering = (one for one in originals if one.answers)
    for document in sorted(answering, key=lambda one: (to_timestamp(one.date, timezone), one.key)):
        for answer in document.answers:
            found.setdefault(answer.resolution, []).append(ResolutionReply(document.key, document.date, answer.kept))
    return found
