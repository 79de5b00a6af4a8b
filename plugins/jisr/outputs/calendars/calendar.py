"""iCalendar files (https://www.rfc-editor.org/rfc/rfc5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Timezone, vText

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_label
from jisr.core.model.document import Document
from jisr.core.model.events import event_timezone, listed_conferences, listing_date
from jisr.core.model.site import Site, to_datetime
from jisr.core.urls import paths
from jisr.outputs.calendars.vevent import build_calendar_event

REFRESH_INTERVAL = timedelta(days=1)  # the site is built daily at most


def render_event_file(site: Site, identity: str, tag: str) -> bytes:
    """Return the file of a version of a conference, to be added to a calendar."""
    document = site.version("conferences", identity, tag)
    return _add_events(_create_calendar(document.language, site), (document,), site)


def render_calendar(language: Language, site: Site, messages: Catalogs) -> bytes:
    """Return a calendar of all conferences for subscribers, each in the best version for a language."""
    calendar = _create_calendar(language, site)
    network = site.network_name(language)
    name = add_direction_marks(f"{translate_label('conferences', messages, language).text} · {network}", language)
    calendar.add("NAME", vText(name, params={"LANGUAGE": language.tag}))
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", site.timezone.key)
    calendar.add("REFRESH-INTERVAL", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    calendar.add("URL", paths.absolute_url(site.url, paths.collection_path(language.tag, "conferences")))
    best = (texts.best_for(language) for texts in listed_conferences(site))
    return _add_events(calendar, [one for one in best if one.listed], site)


def _create_calendar(language: Language, site: Site) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//{site.policy.tag_authority}//Jisr//{language.tag.upper()}")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    return calendar


def _add_events(calendar: Calendar, documents: Iterable[Document], site: Site) -> bytes:
    """Return a calendar with events in chronological order, and with the time zones of their dates."""
    zones: dict[str, list[date]] = {}
    by_date = sorted(documents, key=lambda one: (to_datetime(listing_date(one) or date.min, site.timezone), one.id))
    for one in by_date:
        if one.event:
            days = zones.setdefault(event_timezone(one.event, site.timezone).key, [])
            days += [to_datetime(day, site.timezone).date() for day in (one.event.start, one.event.end or one.event.start)]
    for key, days in sorted(zones.items()):
        # The zone data of the machine, for the years of the events.
        first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
        calendar.add_component(Timezone.from_tzid(key, first_date=first, last_date=last))
    for one in by_date:
        if one.event:
            calendar.add_component(build_calendar_event(one, one.event, site))
    data: bytes = calendar.to_ical()
    return data
