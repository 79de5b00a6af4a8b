"""When a member is asked again: what servers ask for, and waits that grow while a server fails. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from jisr.core.i18n.numbers import to_ascii_digits

VALIDATORS_MAX_AGE = timedelta(days=8)
"""After that a whole answer is asked for: some servers say for ever that nothing changed."""

MAX_RETRY_AFTER = timedelta(days=2)
"""No server is believed that wants to be left alone for longer."""

_BACKOFF_STEPS = tuple(timedelta(hours=hours) for hours in (1, 2, 4, 8, 24, 48, 96, 168))
_SCHEDULE_SLACK = timedelta(minutes=10)  # a run every hour does not begin at the same second


def backoff_delay(failures: int) -> timedelta:
    """Return how long to wait after so many failures one after the other: an hour, then hours, then days.

    >>> [backoff_delay(one) // timedelta(hours=1) for one in (1, 2, 5, 99)]
    [1, 2, 24, 168]
    """
    return _BACKOFF_STEPS[min(max(failures, 1), len(_BACKOFF_STEPS)) - 1]


def next_attempt(now: datetime, failures: int, retry_after: int) -> datetime:
    """Return when a member is asked again that has failed, and whose server may have said when."""
    if retry_after:
        return now + min(timedelta(seconds=retry_after), MAX_RETRY_AFTER)
    return now + backoff_delay(failures) - _SCHEDULE_SLACK


def parse_retry_after(header: str, now: datetime) -> int:
    """Return the seconds that ``Retry-After`` asks for, as a number or as a date (RFC 9110, 10.2.3); 0 where it says nothing.

    >>> now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    >>> parse_retry_after("120", now), parse_retry_after("Sun, 01 Nov 2026 12:01:00 GMT", now), parse_retry_after("soon", now)
    (120, 60, 0)
    """
    text = to_ascii_digits(header.strip())
    if re.fullmatch(r"\d{1,12}", text):
        return min(int(text), int(MAX_RETRY_AFTER.total_seconds()))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return 0
    seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return int(min(max(seconds, timedelta()), MAX_RETRY_AFTER).total_seconds())
