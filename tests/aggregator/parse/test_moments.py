"""Dates of feeds: ``dates.txt`` says what is written and the moment that it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.aggregator.parse.calendars import lunar_to_gregorian
from jisr.aggregator.parse.feed_dates import parse_feed_date
from jisr.aggregator.parse.month_names import LUNAR_MONTHS, MONTHS, WEEKDAYS

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LINES = (Path(__file__).parent / "dates.txt").read_text("utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if line and not line.startswith("#")]
SPELLINGS = [(number, name) for number, names in enumerate(MONTHS, 1) for name in names.split("|")]
WORDS = [name for _, name in SPELLINGS] + [
    *"0 1 9 12 31 2012 ۱۳۹۰ ٢٠١٢ 99999 12:30 25:61:61 T Z W 24:00 +0300 -9999 pm م / - . : , ، GMT".split(),
    *"1e9 NaN inf ² ½ 一 شوباتی".split(),
    "\u0660", "\u200f", "\x00",
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), CASES)
def test_a_date_is_read_as_it_is_meant(said: str, expected: str) -> None:
    """What tells one moment is that moment, and what does not is none."""
    moment = parse_feed_date(said, NOW)
    assert (moment.isoformat() if moment else "") == expected


@pytest.mark.parametrize(("month", "name"), SPELLINGS)
def test_every_name_of_a_month_is_known(month: int, name: str) -> None:
    """A month is known by each of its names, in small letters and in capitals."""
    for spelled in (name, name.title(), name.upper()):
        moment = parse_feed_date(f"9 {spelled} 2012", NOW)
        assert moment is not None
        assert (moment.month, moment.day, moment.year) == (month, 9, 2012)


LUNAR = [(number, name) for number, names in enumerate(LUNAR_MONTHS, 1) for name in names.split("|")]
DAYS = [(number, name) for number, names in enumerate(WEEKDAYS) for name in names.split("|")]


@pytest.mark.parametrize(("month", "name"), LUNAR)
def test_every_name_of_a_lunar_month_is_known(month: int, name: str) -> None:
    """A month of the lunar Hijri calendar is known by each of its names."""
    moment = parse_feed_date(f"9 {name} 1440", NOW)
    assert moment is not None
    assert moment.date() == lunar_to_gregorian(1440, month, 9)


@pytest.mark.parametrize(("number", "name"), DAYS)
def test_every_day_of_the_week_tells_the_day_from_the_month(number: int, name: str) -> None:
    """02/03/2026 is a Monday in March, or the third of February, as the day of the week that is named says."""
    for month in range(1, 13):
        for day in range(1, 13):
            first, second = datetime(2025, month, day, tzinfo=UTC), datetime(2025, day, month, tzinfo=UTC)
            if first.weekday() == number != second.weekday():
                assert parse_feed_date(f"{name}, {day:02}/{month:02}/2025 - 10:00", NOW) == first + timedelta(hours=10)


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(WORDS)).map("".join)
)
@settings(max_examples=1500, deadline=timedelta(milliseconds=500))
def test_any_text_is_a_moment_or_none(said: str) -> None:
    """Whatever stands in place of a date, the answer has a zone and is no more than a day ahead."""
    moment = parse_feed_date(said, NOW)
    assert moment is None or (moment.tzinfo is not None and moment <= NOW + timedelta(days=1) and moment.year >= 1900)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2026, 10, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_what_programs_write_is_read_back(moment: datetime, hours: int) -> None:
    """The forms of RFC 3339 and RFC 822 give back the moment, to the second."""
    there = moment.replace(microsecond=0, tzinfo=UTC)
    zone = f"{'-' if hours < 0 else '+'}{abs(hours):02}"
    expected = there - timedelta(hours=hours)
    assert parse_feed_date(f"{there:%Y-%m-%dT%H:%M:%S}{zone}:00", NOW) == expected
    english = MONTHS[there.month - 1].split("|", maxsplit=1)[0].title()
    assert parse_feed_date(f"{there:%d} {english} {there:%Y %H:%M:%S} {zone}00", NOW) == expected


def test_a_clock_without_a_zone_is_that_of_utc() -> None:
    """A moment of now without a zone is taken for UTC."""
    assert parse_feed_date("2012-02-09", datetime(2012, 2, 9)) == datetime(2012, 2, 9, tzinfo=UTC)  # noqa: DTZ001
