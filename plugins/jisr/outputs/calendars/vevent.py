"""A conference as an event of a calendar (https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event as CalendarEvent
from icalendar import vText

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.model.document import Day, Document, Event, LocalizedText
from jisr.core.model.events import end_of_day, event_timezone
from jisr.core.model.site import Site, to_datetime
from jisr.core.urls import paths


def build_calendar_event(document: Document, event: Event, site: Site) -> CalendarEvent:
    """Return a version of a conference as an event, each text in its language and in its direction."""
    zone = event_timezone(event, site.timezone)
    begins, ends = event_times(event, zone)
    made = CalendarEvent()
    made.add("UID", event_uid(document, site))
    told = to_datetime(document.modified or document.date or event.start, site.timezone).astimezone(UTC)
    made.add("DTSTAMP", told)
    made.add("LAST-MODIFIED", told)
    made.add("DTSTART", begins)
    if ends is not None:
        made.add("DTEND", ends)
    made.add("STATUS", "CONFIRMED")
    _add_text(made, "SUMMARY", LocalizedText(document.title, document.language))
    if document.summary:
        _add_text(made, "DESCRIPTION", LocalizedText(document.summary, document.language))
    if place := _format_location(event):
        _add_text(made, "LOCATION", place)
    if event.place.latitude is not None and event.place.longitude is not None:
        made.add("GEO", (event.place.latitude, event.place.longitude))
    address = paths.text(document.language.tag, document.kind, document.id)
    made.add("URL", paths.absolute_url(site.url, address))
    return made


def event_uid(document: Document, site: Site) -> str:
    """Return what a calendar knows a conference by: one id for all its languages, whatever its title, days or folder become."""
    first = site.sets[document.key].original
    identity = paths.first_id(first.language.tag, first.kind, first.id, first.aliases)
    return f"tag:{site.policy.tag_authority}:{first.kind}/{identity}"


def event_times(event: Event, zone: ZoneInfo) -> tuple[date | datetime, date | datetime | None]:
    """Return the beginning and the end as a calendar has them: the end of a day that counts as a whole is the day after.

    Where a time is stated at one end alone, the other follows its kind: RFC 5545 asks both for one (3.8.2.2).

    >>> event_times(Event(date(2018, 8, 10), date(2018, 8, 11)), ZoneInfo("Asia/Baghdad"))
    (datetime.date(2018, 8, 10), datetime.date(2018, 8, 12))
    """
    if not isinstance(event.start, datetime):
        return event.start, _local_date(event.end or event.start, zone) + timedelta(days=1)
    begins = to_datetime(event.start, zone).astimezone(zone)
    return begins, end_of_day(event.end, zone).astimezone(zone) if event.end else None


def _local_date(day: Day, zone: ZoneInfo) -> date:
    return to_datetime(day, zone).astimezone(zone).date()


def _format_location(event: Event) -> LocalizedText | None:
    """Return where it takes place, in the language of its first part."""
    parts = [one for one in (event.place.name, event.place.city, event.place.country) if one]
    if not parts:
        return None
    language = parts[0].language
    comma = "\u060c " if language.script == "Arab" else ", "
    return LocalizedText(comma.join(one.text for one in parts), language)


def _add_text(made: CalendarEvent, name: str, words: LocalizedText) -> None:
    """Add words with the tag of their language, and marks of direction, which a calendar has no markup for."""
    made.add(name, vText(add_direction_marks(words.text, words.language), params={"LANGUAGE": words.language.tag}))
