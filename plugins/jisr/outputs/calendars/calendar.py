"""Calendars as files (https://www.rfc-editor.org/rfc/rfc5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Timezone, vText

from jisr.core.bidi.marks import marked
from jisr.core.i18n.catalogs import Messages
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import label
from jisr.core.model.document import Document
from jisr.core.model.events import occasions, shown_day, zone_of
from jisr.core.model.site import Site, instant
from jisr.core.urls import paths
from jisr.outputs.calendars.vevent import occasion

HOW_OFTEN = timedelta(days=1)  # a program asks again: the site is built daily at most


def event_file(document: Document, site: Site) -> bytes:
    """Give a version of a conference as a file that a reader adds to their calendar."""
    return _with_events(_empty(document.language, site), (document,), site)


def calendar(language: Language, site: Site, messages: Messages) -> bytes:
    """Give all conferences as a calendar to subscribe to, each in the best version there is for a language."""
    made = _empty(language, site)
    network = site.network.words(site.network.names, language, site.languages).text
    name = marked(f"{label('conferences', messages, language).text} · {network}", language)
    made.add("NAME", vText(name, params={"LANGUAGE": language.tag}))
    made.add("X-WR-CALNAME", name)
    made.add("X-WR-TIMEZONE", site.timezone.key)
    made.add("REFRESH-INTERVAL", HOW_OFTEN, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "P1D")
    made.add("URL", paths.absolute(site.url, paths.shelf(language.tag, "conferences")))
    best = (texts.best_for(language) for texts in occasions(site))
    return _with_events(made, [one for one in best if one.listed], site)


def _empty(language: Language, site: Site) -> Calendar:
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", f"-//{site.policy.tag_authority}//Jisr//{language.tag.upper()}")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    return made


def _with_events(made: Calendar, documents: Iterable[Document], site: Site) -> bytes:
    """Give a calendar with events, the first one first, and the time zones in which their days are meant."""
    zones: dict[str, list[date]] = {}
    ordered = sorted(documents, key=lambda one: (instant(shown_day(one) or date.min, site.timezone), one.id))
    for one in ordered:
        if one.event:
            days = zones.setdefault(zone_of(one.event, site.timezone).key, [])
            days += [instant(day, site.timezone).date() for day in (one.event.start, one.event.end or one.event.start)]
    for key, days in sorted(zones.items()):
        made.add_component(_zone(key, min(days), max(days)))
    for one in ordered:
        if one.event:
            made.add_component(occasion(one, one.event, site))
    data: bytes = made.to_ical()
    return data


def _zone(key: str, first: date, last: date) -> Timezone:
    """Give a time zone as the machine's data know it, for the years of the events."""
    return Timezone.from_tzid(key, first_date=date(first.year, 1, 1), last_date=date(last.year + 1, 1, 1))
