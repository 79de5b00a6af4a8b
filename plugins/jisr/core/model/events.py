"""States of a conference, its registration and its reports on a day, by its dates alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jisr.core.build.queries import query
from jisr.core.model.document import Day, Document, Event, TranslationSet
from jisr.core.model.site import Site, to_datetime, to_timestamp


def has_location(document: Document) -> bool:
    """Whether a conference is listed and states its city."""
    return document.listed and document.event is not None and document.event.place.city is not None


def event_timezone(event: Event, default: ZoneInfo) -> ZoneInfo:
    """Return the time zone in which an event's days are meant."""
    try:
        return ZoneInfo(event.timezone) if event.timezone else default
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return default


def end_of_day(day: Day, zone: ZoneInfo) -> datetime:
    """Return the end of a day, which counts as a whole, or a time itself."""
    if isinstance(day, datetime):
        return to_datetime(day, zone)
    return datetime.combine(day + timedelta(days=1), time(), zone)


def event_state(event: Event, now: datetime, default: ZoneInfo) -> str:
    """Return the state of an event: ``ahead``, ``happening`` or ``past``; it lasts to the end of its last day."""
    zone = event_timezone(event, default)
    if now < to_datetime(event.start, zone):
        return "ahead"
    last = event.end or (event.start.date() if isinstance(event.start, datetime) else event.start)
    return "happening" if now < end_of_day(last, zone) else "past"


def registration_state(event: Event, now: datetime, default: ZoneInfo) -> str:
    """Return the state of a registration: ``ahead``, ``open`` or ``closed``, or an empty string where there is none."""
    zone = event_timezone(event, default)
    registration = event.registration
    if not (registration.url or registration.email or registration.opens or registration.closes):
        return ""
    if registration.opens and now < to_datetime(registration.opens, zone):
        return "ahead"
    end = registration.closes or event.start
    return "open" if now < end_of_day(end, zone) else "closed"


def event_stage(event: Event, now: datetime, default: ZoneInfo, closing_days: int) -> str:
    """Return the stage of a conference that a page shows first on a day.

    ``announced`` · ``open`` (one can register) · ``closing`` (on the last days of that) · ``closed`` · ``happening`` · ``past``

    >>> from datetime import date, timezone
    >>> from jisr.core.model.document import Registration
    >>> slemani = Event(date(2017, 1, 18), timezone="Asia/Baghdad", registration=Registration(closes=date(2017, 1, 10)))
    >>> noons = (datetime(2017, 1, day, 12, tzinfo=timezone.utc) for day in (7, 8, 11, 18, 19))
    >>> [event_stage(slemani, noon, ZoneInfo("Asia/Baghdad"), closing_days=3) for noon in noons]
    ['open', 'closing', 'closed', 'happening', 'past']
    """
    state = event_state(event, now, default)
    if state != "ahead":
        return state
    registration = registration_state(event, now, default)
    if registration == "open":
        ends = end_of_day(event.registration.closes or event.start, event_timezone(event, default))
        return "closing" if now >= ends - timedelta(days=closing_days) else "open"
    return "closed" if registration == "closed" else "announced"


def event_stages(site: Site, document: Document) -> str:
    """Return all that the clock says of a conference: its stage and the state of its registration."""
    event = document.event
    if event is None:
        return ""
    stage = event_stage(event, site.now, site.timezone, site.policy.closing_days)
    return f"{stage} {registration_state(event, site.now, site.timezone)}"


def listing_date(document: Document) -> Day | None:
    """Return the day that a listing shows for a text: the first day of a conference, or the date of the text."""
    return document.event.start if document.event else document.date


def sort_by_day(documents: Iterable[Document], site: Site) -> list[Document]:
    """Sort texts that are newest first by the day that is shown of them: a conference by when it begins."""
    return sorted(documents, key=lambda one: to_timestamp(listing_date(one), site.timezone), reverse=True)


def display_year(document: Document, site: Site) -> int | None:
    """Return the year of the day that is shown of a text, where the network is."""
    day = listing_date(document)
    if isinstance(day, datetime) and day.tzinfo:
        return day.astimezone(site.timezone).year
    return day.year if day else None


def listed_conferences(site: Site) -> tuple[TranslationSet, ...]:
    """Return the listed conferences with dates, in the order of their ids."""
    return tuple(one for one in site.of_kind("conferences") if one.original.event and one.listed)


def is_since_start(conference: Document, text: Document, site: Site) -> bool:
    """Whether a text is dated on the first day of a conference or later: an earlier one is no report."""
    start, day = listing_date(conference), text.date
    if start is None or day is None:
        return False
    zone = event_timezone(conference.event, site.timezone) if conference.event else site.timezone
    return to_datetime(day, zone).astimezone(zone).date() >= to_datetime(start, zone).astimezone(zone).date()


def find_reports(conference: Document, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the keys of the news that report on a conference: those that link to it since its first day."""
    news = (key for key in site.referrers.get(conference.key, ()) if key[0] == "news")
    return tuple(key for key in news if is_since_start(conference, site.sets[key].original, site))


@query
def has_listed_conferences(site: Site) -> bool:
    """Whether any conference with dates is listed."""
    return bool(listed_conferences(site))


@query
def find_source_conferences(site: Site, kind: str, identity: str) -> tuple[TranslationSet, ...]:
    """Return the conferences that a text reports on or is a document of."""
    if kind not in ("news", "statements"):
        return ()
    conferences = ((one, one.original) for one in listed_conferences(site))
    return tuple(
        one
        for one, first in conferences
        if (kind, identity) in find_reports(first, site)
        or (kind == "statements" and first.event and identity in first.event.documents)
    )
