"""Calendars as files (https://www.rfc-editor.org/rfc/rfc5545)."""

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

REFRESH_INTERVAL = timedelta(days=1)  # a program asks again: the site is built daily at most


def render_event_file(document: Document, site: Site) -> bytes:
    """Return a version of a conference as a file that a reader adds to their calendar."""
    return _add_events(_create_calendar(document.language, site), (document,), site)


def render_calendar(language: Language, site: Site, messages: Catalogs) -> bytes:
    """Return all conferences as a calendar to subscribe to, each in the best version there is for a language."""
    made = _create_calendar(language, site)
    network = site.network.text_in(site.network.names, language, site.languages).text
    name = add_direction_marks(f"{translate_label('conferences', messages, language).text} · {network}", language)
    made.add("NAME", vText(name, params={"LANGUAGE": language.tag}))
    made.add("X-WR-CALNAME", name)
    made.add("X-WR-TIMEZONE", site.timezone.key)
    made.add("REFRESH-INTERVAL", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "P1D")
    made.add("URL", paths.absolute_url(site.url, paths.collection_path(language.tag, "conferences")))
    best = (texts.best_for(language) for texts in listed_conferences(site))
    return _add_events(made, [one for one in best if one.listed], site)


def _create_calendar(language: Language, site: Site) -> Calendar:
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", f"-//{site.policy.tag_authority}//Jisr//{language.tag.upper()}")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    return made


def _add_events(made: Calendar, documents: Iterable[Document], site: Site) -> bytes:
    """Return a calendar with events, the first one first, and the time zones in which their days are meant."""
    zones: dict[str, list[date]] = {}
    ordered = sorted(documents, key=lambda one: (to_datetime(listing_date(one) or date.min, site.timezone), one.id))
    for one in ordered:
        if one.event:
            days = zones.setdefault(event_timezone(one.event, site.timezone).key, [])
            days += [to_datetime(day, site.timezone).date() for day in (one.event.start, one.event.end or one.event.start)]
    for key, days in sorted(zones.items()):
        made.add_component(_build_timezone(key, min(days), max(days)))
    for one in ordered:
        if one.event:
            made.add_component(build_calendar_event(one, one.event, site))
    data: bytes = made.to_ical()
    return data


def _build_timezone(key: str, first: date, last: date) -> Timezone:
    """Return a time zone as the machine's data know it, for the years of the events."""
    return Timezone.from_tzid(key, first_date=date(first.year, 1, 1), last_date=date(last.year + 1, 1, 1))
