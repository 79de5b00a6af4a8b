"""Whether the facts of an event agree: known when a version has all it inherits."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.model.document import Day, Document, Event
from jisr.core.model.events import end_of_day, event_timezone
from jisr.core.model.site import to_datetime
from jisr.core.schema.validation_context import suggest_word


def event_problems(document: Document, default: ZoneInfo) -> Iterator[Problem]:
    """Return what is wrong between the fields of an event that a file states, at least in part, itself.

    What a translation inherits as a whole is said of its original alone.
    """
    event = document.event
    if event is None or "event" not in document.locations:
        return
    if event.timezone and not _is_zone(event.timezone):
        text = '"{value}" is not a time zone. {hint}Write its name, as Asia/Baghdad.'
        near = suggest_word(event.timezone, sorted(available_timezones()))
        yield Problem.error(document.location_of("event.timezone"), "timezone", text, value=event.timezone, hint=near)
    zone = event_timezone(event, default)
    for first, last in (("start", "end"), ("registration.opens", "registration.closes")):
        begin, end = _event_days(event)[first], _event_days(event)[last]
        if begin and end and end_of_day(end, zone) <= to_datetime(begin, zone):
            text = '"{end}" is before "{begin}", where {first} stands. Mend one of the two.'
            place = _field_place(document, last, first)
            yield Problem.error(place, "date", text, end=end, begin=begin, first=first)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _event_days(event: Event) -> dict[str, Day | None]:
    return {
        "start": event.start,
        "end": event.end,
        "registration.opens": event.registration.opens,
        "registration.closes": event.registration.closes,
    }


def _field_place(document: Document, *names: str) -> SourceLocation:
    stated = (f"event.{name}" for name in names if f"event.{name}" in document.locations)
    return document.location_of(next(stated, "event"))
