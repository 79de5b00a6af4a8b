"""How a conference stands on a day: ahead, happening or past, and its registration."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plugins.core.documents import Day, Document, Event
from plugins.core.site import instant


def located(document: Document) -> bool:
    """Whether a conference stands in listings and says where it takes place."""
    return document.listed and document.event is not None and document.event.place.city is not None


def zone_of(event: Event, default: ZoneInfo) -> ZoneInfo:
    """Give the time zone in which an event's days are meant."""
    try:
        return ZoneInfo(event.timezone) if event.timezone else default
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return default


def day_after(day: Day, zone: ZoneInfo) -> datetime:
    """Give the moment at which a day, which counts as a whole, or a stated time is over."""
    if isinstance(day, datetime):
        return instant(day, zone)
    return datetime.combine(day + timedelta(days=1), time(), zone)


def state(event: Event, now: datetime, default: ZoneInfo) -> str:
    """Give ``ahead``, ``happening`` or ``past``; an event lasts to the end of its last day."""
    zone = zone_of(event, default)
    if now < instant(event.start, zone):
        return "ahead"
    last = event.end or (event.start.date() if isinstance(event.start, datetime) else event.start)
    return "happening" if now < day_after(last, zone) else "past"


def registration_state(event: Event, now: datetime, default: ZoneInfo) -> str:
    """Give ``ahead``, ``open`` or ``closed``, or an empty string where nothing is said of a registration."""
    zone = zone_of(event, default)
    registration = event.registration
    if not (registration.url or registration.opens or registration.closes):
        return ""
    if registration.opens and now < instant(registration.opens, zone):
        return "ahead"
    end = registration.closes or event.start
    return "open" if now < day_after(end, zone) else "closed"
