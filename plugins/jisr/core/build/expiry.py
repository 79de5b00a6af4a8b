"""The moments at which the site changes by the clock alone: until the next one, a build gives what the last one gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from jisr.core.model.document import Event
from jisr.core.model.events import day_after, zone_of
from jisr.core.model.site import Site, instant


def turning_points(site: Site) -> Iterator[datetime]:
    """Give the moments at which a text's day comes or goes, a conference goes on to its next stage, or a promise falls due."""
    for texts in site.complete.values():
        for document in texts.versions:
            if document.date is not None:
                yield instant(document.date, site.timezone)
            if document.expires is not None:
                yield day_after(document.expires, site.timezone)
            for promise in document.promises:
                if promise.due is not None:
                    yield day_after(promise.due, site.timezone)
            if document.event is not None:
                yield from _of_event(document.event, site)


def _of_event(event: Event, site: Site) -> Iterator[datetime]:
    zone, registration = zone_of(event, site.timezone), event.registration
    yield instant(event.start, zone)
    last = event.end or (event.start.date() if isinstance(event.start, datetime) else event.start)
    yield day_after(last, zone)
    if registration.opens is not None:
        yield instant(registration.opens, zone)
    closed = day_after(registration.closes or event.start, zone)
    yield closed
    yield closed - timedelta(days=site.policy.closing_days)
