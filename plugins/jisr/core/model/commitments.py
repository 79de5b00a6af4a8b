"""Commitments: resolutions that were to be kept by a day or that a later text answers, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from jisr.core.model.document import Day, Document, TranslationSet
from jisr.core.model.events import day_after
from jisr.core.model.site import Commitment, Reply, seconds


def commitments(sets: Iterable[TranslationSet], now: datetime, timezone: ZoneInfo) -> dict[str, tuple[Commitment, ...]]:
    """Give the commitments of each statement that has any, by its id: newest statement first, resolutions in their order.

    What a text answers or promises is the same in all its languages: the original says it.
    """
    originals = [one.original for one in sets if one.original.listed]
    replies = _replies(originals, timezone)
    statements = [one for one in originals if one.kind == "statements"]
    ordered = sorted(statements, key=lambda one: (-seconds(one.date, timezone), one.id))
    found = {one.id: tuple(_of(one, replies, now, timezone)) for one in ordered}
    return {identity: those for identity, those in found.items() if those}


def standing(due: Day | None, replies: tuple[Reply, ...], now: datetime, timezone: ZoneInfo) -> str:
    """Give how a commitment stands: as the last reply says; where it is not kept, the day it is due counts as a whole.

    >>> from datetime import date, timezone
    >>> standing(date(2012, 12, 31), (), datetime(2012, 12, 31, 12, tzinfo=timezone.utc), ZoneInfo("Asia/Baghdad"))
    'open'
    >>> standing(date(2012, 12, 31), (), datetime(2012, 12, 31, 21, tzinfo=timezone.utc), ZoneInfo("Asia/Baghdad"))
    'overdue'
    """
    if replies and replies[-1].kept:
        return "kept"
    return "overdue" if due is not None and now >= day_after(due, timezone) else "open"


def _of(statement: Document, replies: dict[str, list[Reply]], now: datetime, timezone: ZoneInfo) -> Iterator[Commitment]:
    due = {promise.anchor: promise.due for promise in statement.promises}
    for resolution in statement.body.resolutions:
        anchor = resolution.anchor
        said = tuple(replies.get(f"{statement.id}#{anchor}", ()))
        if said or anchor in due:
            until = due.get(anchor)
            yield Commitment(statement.id, anchor, standing(until, said, now, timezone), until, said)


def _replies(originals: Iterable[Document], timezone: ZoneInfo) -> dict[str, list[Reply]]:
    found: dict[str, list[Reply]] = {}
    answering = (one for one in originals if one.answers)
    for document in sorted(answering, key=lambda one: (seconds(one.date, timezone), one.key)):
        for answer in document.answers:
            found.setdefault(answer.resolution, []).append(Reply(document.key, document.date, answer.kept))
    return found
