"""The moments at which the site changes by the clock alone: until the next one, an unchanged site builds the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from jisr.core.model.document import Event
from jisr.core.model.events import end_of_day, event_timezone
from jisr.core.model.replies import last_day_of_replies
from jisr.core.model.site import Site, to_datetime


def expiry_times(site: Site) -> Iterator[datetime]:
    """Return the moments at which a text appears or expires, a conference changes its stage, or a promise falls due."""
    for texts in site.sets_with_drafts.values():
        for document in texts.versions:
            if document.date is not None:
                yield to_datetime(document.date, site.timezone)
            if document.expires is not None:
                yield end_of_day(document.expires, site.timezone)
            if (until := last_day_of_replies(document, site.channels)) is not None:
                yield end_of_day(until, site.timezone)
            for promise in document.promises:
                if promise.due is not None:
                    yield end_of_day(promise.due, site.timezone)
            if document.event is not None:
                yield from _event_expiry_times(document.event, site)


def _event_expiry_times(event: Event, site: Site) -> Iterator[datetime]:
    zone, registration = event_timezone(event, site.timezone), event.registration
    yield to_datetime(event.start, zone)
    last = event.end or (event.start.date() if isinstance(event.start, datetime) else event.start)
    yield end_of_day(last, zone)
    if registration.opens is not None:
        yield to_datetime(registration.opens, zone)
    closing = end_of_day(registration.closes or event.start, zone)
    yield closing
    yield closing - timedelta(days=site.policy.closing_days)
