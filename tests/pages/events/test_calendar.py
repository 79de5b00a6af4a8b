"""Calendars, read by two libraries that share no code."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from pelicanconf import LANGUAGES
from tests.pages.events.stages import On
from tests.site.pages import Site

DAY = "2017-01-09"
TIMES: dict[str, tuple[date, date | None]] = {
    "2007-erbil": (datetime(2007, 7, 1, 6, tzinfo=UTC), None),  # summer time, which Iraq had until that year
    "2009-velletri": (
        datetime(2009, 3, 25, 8, 30, tzinfo=UTC),
        datetime(2009, 3, 30, 15, tzinfo=UTC),
    ),  # over a change of clocks
    "2017-annual": (date(2017, 1, 18), date(2017, 1, 19)),
}

NOONS = (
    ("Asia/Baghdad", "2007-07-01"),
    ("Asia/Baghdad", "2017-01-18"),
    ("Europe/Rome", "2009-03-27"),
    ("Europe/Rome", "2009-03-30"),
)


@pytest.fixture
def site(on: On) -> Site:
    """Return the site on a day."""
    return on(DAY)


def bytes_of(site: Site, path: str) -> bytes:
    return (site.folder / path).read_bytes()


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def plain(moment: date) -> date:
    """Return a time as one of UTC, a day as it is."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def with_icalendar(data: bytes) -> dict[str, tuple[date, date | None]]:
    """Return the times of events by what their ids end in."""
    found = {}
    for event in events(data):
        end = event.get("DTEND")
        found[str(event["UID"]).rpartition("/")[2]] = (plain(event["DTSTART"].dt), plain(end.dt) if end else None)
    return found


def with_vobject(data: bytes) -> dict[str, tuple[date, date | None]]:
    """Return the same with the other library, which takes time zones from the file."""
    found = {}
    for event in vobject.readOne(data.decode()).vevent_list:
        end = getattr(event, "dtend", None)
        found[event.uid.value.rpartition("/")[2]] = (plain(event.dtstart.value), plain(end.value) if end else None)
    return found


def test_two_libraries_read_the_same_instants(site: Site, language: str) -> None:
    """Whole days stay days, and times are those where the conference is."""
    data = bytes_of(site, f"{language}/conferences/calendar.ics")

    assert with_icalendar(data) == TIMES
    assert with_vobject(data) == TIMES


def test_every_version_of_a_conference_has_its_file(site: Site) -> None:
    """The file holds that conference alone, in that language, under the same id in all."""
    files = site.files("event.ics")
    assert files == sorted(
        ["ar/conferences/2009-rome/event.ics", "ckb/conferences/2007-erbil/event.ics"]
        + [f"{tag}/conferences/2017-annual/event.ics" for tag in LANGUAGES]
    )
    ids = set()
    for path in files:
        (event,) = events(bytes_of(site, path))
        assert event["SUMMARY"].params["LANGUAGE"] == path.split("/")[0]
        ids.add(str(event["UID"]))
    assert ids == {f"tag:network.example.org,2007:conferences/{identity}" for identity in TIMES}


def test_an_id_outlives_a_folder(site: Site) -> None:
    """Rome was called Velletri once, which its alias tells: who had it in a calendar gets no second one."""
    (event,) = events(bytes_of(site, "ar/conferences/2009-rome/event.ics"))
    assert str(event["UID"]) == "tag:network.example.org,2007:conferences/2009-velletri"
    assert event["URL"] == "https://network.example.org/ar/conferences/2009-rome/"


def test_no_clock_of_a_build_is_in_a_calendar(on: On) -> None:
    """Another day gives the same bytes; when an event was told is what its text says."""
    first, second = on("2017-01-09"), on("2017-01-19")
    paths = first.files(".ics")

    assert [bytes_of(first, path) for path in paths] == [bytes_of(second, path) for path in paths]
    (event,) = events(bytes_of(first, "ar/conferences/2009-rome/event.ics"))
    assert event["DTSTAMP"].dt == datetime(2009, 4, 2, 8, tzinfo=UTC)
    assert event["STATUS"] == "CONFIRMED"


def test_words_have_a_language_and_a_direction(site: Site) -> None:
    """An Arabic text begins with a mark, and the Latin run in it is isolated; a Sorani city in it says its own language."""
    (event,) = events(bytes_of(site, "ar/conferences/2009-rome/event.ics"))
    assert str(event["SUMMARY"]) == "\u200fمؤتمر روما"
    assert str(event["DESCRIPTION"]) == "\u200fخمسة أيام في \u2066C++\u2069، ثم تقرير"
    assert str(event["LOCATION"]) == "\u200fفيليتري، إيطاليا"
    (event,) = events(bytes_of(site, "ar/conferences/2017-annual/event.ics"))
    assert str(event["SUMMARY"]) == "\u200fالمؤتمر السنوي 2017"


def test_the_zones_of_events_are_in_the_file(site: Site) -> None:
    """A program that knows no names of zones finds their offsets in the file."""
    calendar: Any = icalendar.Calendar.from_ical(bytes_of(site, "kmr/conferences/calendar.ics"))
    zones = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}

    assert set(zones) == {"Asia/Baghdad", "Europe/Rome"}
    for name, day in NOONS:
        noon = datetime.fromisoformat(f"{day}T12:00")
        assert noon.replace(tzinfo=zones[name]).utcoffset() == noon.replace(tzinfo=ZoneInfo(name)).utcoffset(), day


def test_lines_are_as_the_standard_has_them(site: Site, language: str) -> None:
    """Lines end in CRLF and have up to 75 octets; none is broken inside a letter."""
    for path in site.files(".ics"):
        lines = bytes_of(site, path).split(b"\r\n")
        assert lines[-1] == b""
        assert all(len(line) <= 75 and b"\n" not in line and line.decode() is not None for line in lines), path


def test_pages_lead_to_calendars(site: Site, language: str) -> None:
    """The page of a conference and the list link their calendar, and their heads name it."""
    own, all_ = f"{language}/conferences/2017-annual/event.ics", f"{language}/conferences/calendar.ics"
    for path, expected, named in (
        (f"{language}/conferences/2017-annual/index.html", own, [own, all_]),
        (f"{language}/conferences/index.html", all_, [all_]),
    ):
        page = site.pages[path]
        assert [site.target(link, path) for link in page.values('main a[type="text/calendar"]', "href")] == [expected]
        heads = page.values('link[rel="alternate"][type="text/calendar"]', "href")
        assert heads == [site.url(one) for one in named]
        assert all(Path(site.folder / one).is_file() for one in named)
