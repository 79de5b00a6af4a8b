"""A conference as an event of a calendar (https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event as CalendarEvent
from icalendar import vText

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.model.document import Document, Event, LocalizedText
from jisr.core.model.events import end_of_day, event_timezone
from jisr.core.model.site import Site, to_datetime


def build_calendar_event(document: Document, event: Event, site: Site) -> CalendarEvent:
    """Return the event of a version of a conference, with language tags and direction marks in its texts."""
    zone = event_timezone(event, site.timezone)
    start, end = event_times(event, zone)
    component = CalendarEvent()
    component.add("UID", site.tag_uri(*document.key))
    modified = to_datetime(document.modified or document.date or event.start, site.timezone).astimezone(UTC)
    component.add("DTSTAMP", modified)
    component.add("LAST-MODIFIED", modified)
    component.add("DTSTART", start)
    if end is not None:
        component.add("DTEND", end)
    component.add("STATUS", "CONFIRMED")
    _add_text(component, "SUMMARY", LocalizedText(document.title, document.language))
    if document.summary:
        _add_text(component, "DESCRIPTION", LocalizedText(document.summary, document.language))
    if place := _format_location(event):
        _add_text(component, "LOCATION", place)
    if event.place.latitude is not None and event.place.longitude is not None:
        component.add("GEO", (event.place.latitude, event.place.longitude))
    component.add("URL", site.text_url(document))
    return component


def event_times(event: Event, zone: ZoneInfo) -> tuple[date | datetime, date | datetime | None]:
    """Return DTSTART and DTEND: the end of an all-day event is the day after its last.

    Both must have the same type (RFC 5545, 3.8.2.2): if only one of them has a time, the end takes the type of the start.

    >>> event_times(Event(date(2018, 8, 10), date(2018, 8, 11)), ZoneInfo("Asia/Baghdad"))
    (datetime.date(2018, 8, 10), datetime.date(2018, 8, 12))
    """
    if not isinstance(event.start, datetime):
        return event.start, to_datetime(event.end or event.start, zone).astimezone(zone).date() + timedelta(days=1)
    start = to_datetime(event.start, zone).astimezone(zone)
    return start, end_of_day(event.end, zone).astimezone(zone) if event.end else None


def _format_location(event: Event) -> LocalizedText | None:
    """Return the location of an event, in the language of its first part."""
    parts = [one for one in (event.place.name, event.place.city, event.place.country) if one]
    if not parts:
        return None
    language = parts[0].language
    comma = "\u060c " if language.script == "Arab" else ", "
    return LocalizedText(comma.join(one.text for one in parts), language)


def _add_text(component: CalendarEvent, name: str, words: LocalizedText) -> None:
    """Add a text with its language tag and with direction marks, since a calendar has no markup."""
    component.add(name, vText(add_direction_marks(words.text, words.language), params={"LANGUAGE": words.language.tag}))
