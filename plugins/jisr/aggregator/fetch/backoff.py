"""Back-off: ``Retry-After``, and delays that grow with consecutive failures. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from jisr.core.i18n.numbers import to_ascii_digits

VALIDATORS_MAX_AGE = timedelta(days=8)
"""The maximum age of validators; after that a request is unconditional: some servers answer 304 for ever."""

_MAX_RETRY_AFTER = timedelta(days=2)  # the longest that is respected
_BACKOFF_STEPS = tuple(timedelta(hours=hours) for hours in (1, 2, 4, 8, 24, 48, 96, 168))
_SCHEDULE_SLACK = timedelta(minutes=10)  # hourly runs do not start at the same second


def backoff_delay(failures: int) -> timedelta:
    """Return the delay after a number of consecutive failures: an hour, then hours, then days.

    >>> [backoff_delay(one) // timedelta(hours=1) for one in (1, 2, 5, 99)]
    [1, 2, 24, 168]
    """
    return _BACKOFF_STEPS[min(max(failures, 1), len(_BACKOFF_STEPS)) - 1]


def next_attempt(now: datetime, failures: int, retry_after: int) -> datetime:
    """Return the moment of the next request after a failure, from ``Retry-After`` or from the number of failures."""
    if retry_after:
        return now + min(timedelta(seconds=retry_after), _MAX_RETRY_AFTER)
    return now + backoff_delay(failures) - _SCHEDULE_SLACK


def parse_retry_after(header: str, now: datetime) -> int:
    """Return the seconds of ``Retry-After``, a number or a date (RFC 9110, 10.2.3); 0 where it is neither.

    >>> now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    >>> parse_retry_after("120", now), parse_retry_after("Sun, 01 Nov 2026 12:01:00 GMT", now), parse_retry_after("soon", now)
    (120, 60, 0)
    """
    text = to_ascii_digits(header.strip())
    if re.fullmatch(r"\d{1,12}", text):
        return min(int(text), int(_MAX_RETRY_AFTER.total_seconds()))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return 0
    seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return int(min(max(seconds, timedelta()), _MAX_RETRY_AFTER).total_seconds())
