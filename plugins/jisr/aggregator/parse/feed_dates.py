"""The parser of dates in feeds; ambiguous dates are not guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from jisr.aggregator.parse.month_names import AFTERNOON, MONTHS, MORNING, SOLAR_MONTHS, ZONES
from jisr.ingest.language.letter_folding import normalize_text

_MAX_DATE_LENGTH = 200
_FIRST_YEAR = 1900
_MAX_AHEAD = timedelta(days=1)  # for wrong clocks and time zones
_ZONE = r"(?P<zone>(?:z|utc?|gmt)?\s*[+-]\s*\d{1,4}(?::?\d{2})?|[a-z]{1,5})?"
_DAY_HALVES = sorted((normalize_text(name) for name in f"{AFTERNOON}|{MORNING}".split("|")), key=len, reverse=True)
_HALF = f"(?P<half>{'|'.join(map(re.escape, _DAY_HALVES))}"
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})\s*(?:(?::|h\s?)(?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,:]\d{1,9})?|h\b|(?=\s?[ap]\.?m))"
    rf"\s*{_HALF})?(?![^\W\d])\s*{_ZONE}(?![^\W\d])"
)
_DAY = (
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?|-?w(?P<week>\d{2})(?:-?(?P<weekday>[1-7]))?"
    r"|-?(?P<ordinal>\d{3})|(?P<month2>\d{2})(?P<day2>\d{2}))?"
)
_TIME = (
    r"(?:(?:\s*t\s*|\s+|(?<=\d{8})(?=\d))(?P<hour>\d{1,2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?)?(?:[.,:]\d{1,12})?"
    rf"\s*(?P<half>(?!))?{_ZONE})?"
)
_ISO = re.compile(_DAY + _TIME)
_NUMERIC_DATE = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})(?![\d/.-])")
_NUMBER = re.compile(r"(?<!\w)(\d{1,4})(?!\d)[^\W\d]{0,3}")
_HOURS = {name: hours for names, hours in ZONES for name in names.split()}
_AFTERNOON = frozenset(normalize_text(name) for name in AFTERNOON.split("|"))


def _index_months(months: tuple[str, ...]) -> dict[str, int]:
    return {normalize_text(name): number for number, names in enumerate(months, 1) for name in names.split("|")}


_MONTHS = _index_months(MONTHS)
_SOLAR_MONTHS = _index_months(SOLAR_MONTHS)
_NAME = re.compile(
    r"(?<![^\W\d])("
    + "|".join(re.escape(name) for name in sorted({*_MONTHS, *_SOLAR_MONTHS}, key=len, reverse=True))
    + r")(?:y?[aeêi]|ی)?(?![^\W\d])"
)


def parse_feed_date(text: str, now: datetime) -> datetime | None:
    """Return the moment of a date in a feed, with a time zone, or None where it is not credible.

    Parses RFC 822 with the zones that blogs use, ISO 8601, names of months in English, French, Arabic, Kurdish and Persian,
    digits of all of these, seconds since 1970. A missing or unknown zone is UTC. None for an ambiguous day (03/04/2012),
    for one that is more than a day after ``now``, and for 1 January 1970, which is a missing date.

    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> parse_feed_date("الخميس، ٩ شباط ٢٠١٢ ١٤:٣٠", now).isoformat()
    '2012-02-09T14:30:00+00:00'
    >>> parse_feed_date("9ê Sibata 2012an", now) == parse_feed_date("Thu, 09 Feb 12 00:00:00 XYZ", now)
    True
    >>> parse_feed_date("09/02/12", now), parse_feed_date("2031-01-01", now)
    (None, None)
    """
    if len(text) > _MAX_DATE_LENGTH:
        return None
    line = " ".join(re.sub(r"(?<!:\d\d),|[،;()\[\]]", " ", normalize_text(text.replace("\u2212", "-"))).split())
    if not re.search(r"\d", line):
        return None
    try:
        moment = _parse_epoch(line) or _parse_iso(line) or _parse_numeric(line) or _parse_named_month(line)
        return _reject_implausible(moment, now) if moment else None
    except (ValueError, OverflowError):
        return None


def _reject_implausible(moment: datetime, now: datetime) -> datetime | None:
    aware_now = now if now.tzinfo else now.replace(tzinfo=UTC)
    if moment.year < _FIRST_YEAR or abs(moment - datetime(1970, 1, 1, tzinfo=UTC)) < _MAX_AHEAD:
        return None
    return moment if moment <= aware_now + _MAX_AHEAD else None


def _parse_epoch(text: str) -> datetime | None:
    """Parse seconds, milliseconds or microseconds since 1970."""
    match = re.fullmatch(r"(\d{9,10}|\d{13}|\d{16})(?:\.\d{1,9})?", text, re.ASCII)
    if not match:
        return None
    number = match[1]
    return datetime.fromtimestamp(int(number) / {13: 1000, 16: 1_000_000}.get(len(number), 1), UTC)


def _parse_iso(text: str) -> datetime | None:
    """Parse the formats of https://www.w3.org/TR/NOTE-datetime and similar ones; a month or a year alone is its first day."""
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, groups = int(match["year"]), match.groupdict()
    if groups["week"]:
        day = date.fromisocalendar(year, int(groups["week"]), int(groups["weekday"] or 1))
    elif groups["ordinal"]:
        day = date(year, 1, 1) + timedelta(days=int(groups["ordinal"]) - 1)
        if day.year != year:
            return None
    else:
        day = date(year, int(groups["month"] or groups["month2"] or 1), int(groups["day"] or groups["day2"] or 1))
    return _combine_day_and_clock(day, match if groups["hour"] else None)


def _parse_numeric(text: str) -> datetime | None:
    """Parse a day in numbers with the year last, where the month is unambiguous."""
    match = _NUMERIC_DATE.search(text)
    if not match or _NAME.search(text):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    rest = text[: match.start()] + " " + text[match.end() :]
    if first > 12 or first == second:
        day = date(year, second, first)
    elif second > 12:
        day = date(year, first, second)
    else:
        return None
    return _combine_day_and_clock(day, _CLOCK.search(rest))


def _parse_named_month(text: str) -> datetime | None:
    """Parse a day whose month has a name."""
    clock = _CLOCK.search(text)
    rest = f"{text[: clock.start()]} | {text[clock.end() :]}" if clock else text
    names = list(_NAME.finditer(rest))
    if len({_month_number(name[1]) for name in names}) > 1:  # "mar. 9 févr.": a Tuesday
        names = names[1:] if names[0][1] == "mar" else names
    if not names or len({_month_number(name[1]) for name in names}) > 1:
        return None
    month_position = names[0].start()
    numbers = [(match.start(), match[1]) for match in _NUMBER.finditer(re.sub(r"\s[+-]\d{4}\b", " ", rest))]
    if len(numbers) != 2 or len(re.findall(r"[^\W\d]+", rest)) > 9:
        return None
    day_number, year = _split_day_and_year(numbers, month_position)
    solar = any(name[1] in _SOLAR_MONTHS for name in names)
    _, month = _month_number(names[0][1])
    day = _solar_to_gregorian(year, month, day_number) if solar else date(_expand_year(year), month, day_number)
    if day.year < _FIRST_YEAR:
        return None
    return _combine_day_and_clock(day, clock)


def _month_number(name: str) -> tuple[bool, int]:
    """Return whether a month is one of the solar Hijri calendar, and its number."""
    return (False, _MONTHS[name]) if name in _MONTHS else (True, _SOLAR_MONTHS[name])


def _split_day_and_year(numbers: list[tuple[int, str]], month: int) -> tuple[int, int]:
    """Return day and year: four digits are a year, and a year of two follows the month or the day."""
    (position, first), (_, second) = numbers
    if len(first) > 2:
        first, second = second, first
    elif len(second) <= 2 and position > month and numbers[1][0] < month:
        raise ValueError(first)
    if len(first) > 2 or len(second) == 3 or int(first) > 31:
        raise ValueError(first)
    return int(first), int(second) if len(second) > 2 else _expand_year(int(second))


def _expand_year(year: int) -> int:
    """Return a year of two digits in full."""
    return year + (2000 if year < 70 else 1900) if year < 100 else year


def _solar_to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a day of the solar Hijri calendar, whose leap years have a cycle of 33 years at present.

    >>> _solar_to_gregorian(1390, 11, 20)
    datetime.date(2012, 2, 9)
    """
    is_leap = year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
    month_length = 31 if month < 7 else 30 if month < 12 or is_leap else 29
    if not 1300 <= year <= 1500 or not 1 <= day <= month_length:
        raise ValueError(year)
    leap_days = sum(one % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for one in range(1300, year))
    days_before = (month - 1) * 31 - max(0, month - 7)
    return date(1921, 3, 21) + timedelta(days=(year - 1300) * 365 + leap_days + days_before + day - 1)


def _combine_day_and_clock(day: date, clock: re.Match[str] | None) -> datetime:
    """Return the moment of a day and a time. Raises ValueError for an hour that does not exist."""
    if clock is None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    half = clock["half"]
    if half:
        if not 1 <= hour <= 12 and not (half in _AFTERNOON and hour < 24):
            raise ValueError(hour)
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    if second == 60:  # a leap second
        second = 59
    midnight = datetime(day.year, day.month, day.day, tzinfo=_parse_zone(clock["zone"] or ""))
    if (hour, minute, second) == (24, 0, 0):
        return midnight + timedelta(days=1)
    return midnight.replace(hour=hour, minute=minute, second=second)


def _parse_zone(text: str) -> timezone:
    """Return a zone by its RFC 822 name or offset; UTC for unknown names and impossible offsets."""
    match = re.search(r"([+-])\s*(\d{1,2}):?(\d{2})?$", text) or re.search(r"([+-])\s*(\d)(\d{2})$", text)
    if not match:
        return timezone(timedelta(hours=_HOURS.get(text, 0)))
    shift = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if shift > timedelta(hours=14) or int(match[3] or 0) > 59:
        return UTC
    return timezone(-shift if match[1] == "-" else shift)
