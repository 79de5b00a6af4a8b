"""States of a conference, to the second at which its day begins and ends in its time zone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jisr.core.i18n.dates import parse_date
from jisr.core.model.document import Day, Event, Registration
from jisr.core.model.events import event_state, event_timezone, registration_state

CASES = Path(__file__).parent / "cases"
BAGHDAD = ZoneInfo("Asia/Baghdad")


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def day(text: str) -> Day | None:
    return parse_date(text) if text else None


@pytest.mark.parametrize(("start", "end", "timezone", "now", "expected"), rows("event_states.tsv"))
def test_an_event_lasts_to_the_end_of_its_last_day(start: str, end: str, timezone: str, now: str, expected: str) -> None:
    """Days are meant in the event's time zone, else the network's; a time without an offset, too."""
    event = Event(start=parse_date(start), end=day(end), timezone=timezone)

    assert event_state(event, datetime.fromisoformat(now), BAGHDAD) == expected


@pytest.mark.parametrize(("start", "opens", "closes", "url", "now", "expected"), rows("registration_states.tsv"))
def test_registration_is_open_to_the_end_of_the_day_it_closes(
    start: str, opens: str, closes: str, url: str, now: str, expected: str
) -> None:
    """The day of ``closes`` is included; without one, registration ends with the first day; nothing said is no state."""
    event = Event(start=parse_date(start), registration=Registration(url, day(opens), day(closes)))

    assert registration_state(event, datetime.fromisoformat(now), BAGHDAD) == expected


def test_an_unknown_time_zone_is_that_of_the_network() -> None:
    """A zone that a check refuses breaks no page of a preview."""
    assert event_timezone(Event(start=parse_date("2017-01-18"), timezone="Asia/Bagdad"), BAGHDAD) == BAGHDAD
