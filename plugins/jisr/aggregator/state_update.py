"""What is remembered of a member after an answer: when to ask again, where, and with which validators. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from jisr.aggregator.fetch.backoff import next_attempt
from jisr.aggregator.model import FetchResult
from jisr.aggregator.state import FeedState

_MAX_MOVED_FAILURES = 3  # failures of an address that no file states: then the one that was stated is asked again


def is_backing_off(answer: FetchResult) -> bool:
    """Whether nothing was asked of a member."""
    return answer.outcome in ("waiting", "gone") and not answer.status


def update_state(memory: FeedState, answer: FetchResult, now: datetime) -> FeedState:
    """Return what is remembered after an answer; a body that could not be read counts as failed, and comes as such."""
    if is_backing_off(answer):
        return memory
    if answer.outcome == "gone":
        return replace(memory, gone=now.date(), reason=answer.reason, failures=memory.failures + 1)
    if answer.outcome in ("failed", "waiting"):
        return _record_failure(memory, answer, now)
    found = replace(
        memory,
        url=answer.url,
        validators=answer.validators,
        failures=0,
        reason="",
        until=None,
        gone=None,
        succeeded=now,
        sightings=memory.sightings if answer.moved_to or memory.address else (),
    )
    if answer.body:
        found = replace(found, body=answer.body, content_type=answer.content_type)
    if answer.moved_to:
        found = found.with_observed_move(answer.moved_to, now.date())
        found = replace(found, address=answer.moved_to) if found.is_confirmed_move(answer.moved_to) else found
    return found


def _record_failure(memory: FeedState, answer: FetchResult, now: datetime) -> FeedState:
    failures = memory.failures + 1
    until = next_attempt(now, failures, answer.retry_after)
    lost = memory.address and answer.outcome == "failed" and failures >= _MAX_MOVED_FAILURES
    return replace(memory, failures=failures, reason=answer.reason, until=until, address="" if lost else memory.address)
