"""The parser of dates in feeds; ambiguous dates are not guessed, but read as the other dates of their feed are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from jisr.aggregator.parse.calendars import hijri_to_gregorian, lunar_to_gregorian, solar_to_gregorian
from jisr.aggregator.parse.month_names import AFTERNOON, LUNAR_MONTHS, MONTHS, MORNING, SOLAR_MONTHS, WEEKDAYS, ZONES
from jisr.core.frozen import dataclass
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
_LUNAR_MONTHS = _index_months(LUNAR_MONTHS)
_WEEKDAYS = _index_months(WEEKDAYS)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_NAME = re.compile(rf"(?<![^\W\d])({_any_of({*_MONTHS, *_SOLAR_MONTHS, *_LUNAR_MONTHS})})(?:y?[aeêi]|ی)?(?![^\W\d])")
_WEEKDAY = re.compile(rf"(?<![^\W\d])({_any_of(_WEEKDAYS)})(?![^\W\d])")
_REGION = re.compile(r"(?<![\w/])([a-z]+(?:_[a-z]+)*(?:/[a-z]+(?:[_-][a-z]+)*){1,2})(?![\w/])")
_OFFSET = re.compile(r"\d\s*(?:z|utc?|gmt)\b|:\d\d\s*[+-]\s*\d{1,2}")
_OF_TWO_CALENDARS = re.compile(r"\s(?:الموافق(?:\s?ل)?|موافق|الموافقه|بەرامبەر|correspond\w*(?:\s(?:to|à|au))?|=|\||/)\s")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_ORDERS: tuple[Literal["day", "month"], ...] = ("day", "month")
_SIGHTING = 2  # days by which a lunar month may begin earlier or later than in the tables


@dataclass(frozen=True, slots=True)
class FeedDates:
    """The dates of one feed: their upper bound, and whether days in numbers begin with the day, None where nothing says it."""

    now: datetime
    day_first: bool | None = None

    @classmethod
    def of_feed(cls, texts: Iterable[str], now: datetime) -> FeedDates:
        """Return the dates of a feed with these texts: one that can be read in one way alone decides, where none differs.

        >>> now = datetime(2026, 11, 1, tzinfo=UTC)
        >>> FeedDates.of_feed(["05/10/2026", "17/09/2026"], now).parse("05/10/2026").isoformat()
        '2026-10-05T00:00:00+00:00'
        """
        orders = {order for text in texts if (order := numeric_order(text)) in ("day", "month")}
        return cls(now, orders == {"day"} if len(orders) == 1 else None)

    def parse(self, text: str) -> datetime | None:
        """Return the moment of a date, or None where it is not credible."""
        return parse_feed_date(text, self.now, self.day_first)

    def is_ambiguous(self, text: str) -> bool:
        """Whether a date may be two days."""
        return self.day_first is None and numeric_order(text) == "either"


def numeric_order(text: str) -> Literal["day", "month", "either", ""]:
    """Return what a day in numbers with its year last begins with; "" for any other date.

    >>> [numeric_order(text) for text in ("17/09/2026", "09/17/2026", "05/10/2026", "Mon, 05/10/2026", "9 Feb 2026")]
    ['day', 'month', 'either', 'day', '']
    """
    line = normalize_text(text[:_MAX_DATE_LENGTH])
    match = _NUMERIC_DATE.search(line)
    if not match or _is_hijri(int(match[4])):
        return ""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    days = [order for order in _ORDERS if _as_ordered(first, second, year, order == "day")]
    if len(days) == 2:
        weekday = _find_weekday(line)
        named = [one for one in days if _as_ordered(first, second, year, one == "day").weekday() == weekday]  # type: ignore[union-attr]
        return named[0] if len(named) == 1 else "" if first == second else "either"
    return days[0] if days else ""


def _as_ordered(first: int, second: int, year: int, is_day_first: bool) -> date | None:
    try:
        return date(year, second, first) if is_day_first else date(year, first, second)
    except ValueError:
        return None


def parse_feed_date(text: str, now: datetime, day_first: bool | None = None) -> datetime | None:
    """Return the moment of a date in a feed, with a time zone, or None where it is not credible.

    Parses RFC 822 with the zones that blogs use, ISO 8601, names of months in English, French, Arabic, Kurdish and Persian,
    digits of all of these, both Hijri calendars, names of zones, seconds since 1970. A missing or
    unknown zone is UTC. None for an ambiguous day (03/04/2012) where neither its day of the week nor ``day_first`` says
    which it is, for one that is more than a day after ``now``, and for 1 January 1970, which is a missing date.

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
    line, zone = _take_region(_CJK.sub(r"\1-\2-\3", line))
    parts = (line, *reversed(_OF_TWO_CALENDARS.split(line))) if _OF_TWO_CALENDARS.search(line) else (line,)
    for part in parts:
        try:
            if (moment := _parse_moment(part, now.date(), day_first)) and (credible := _reject_implausible(moment, now)):
                return credible if zone is None or _OFFSET.search(part) else _at_zone(credible, zone)
        except (ValueError, OverflowError):
            continue
    return None


def _parse_moment(line: str, today: date, day_first: bool | None) -> datetime | None:
    return _parse_epoch(line) or _parse_iso(line, today) or _parse_numeric(line, today, day_first) or _parse_named_month(line)


def _take_region(line: str) -> tuple[str, tzinfo | None]:
    """Return a date without the name of a zone such as Asia/Baghdad, and this zone; None where it has none."""
    match = _REGION.search(line)
    name = _zone_names().get(match[1]) if match else None
    if match is None or name is None:
        return line, None
    return " ".join(f"{line[: match.start()]} {line[match.end() :]}".split()), ZoneInfo(name)


@cache
def _zone_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if "/" in name}


def _at_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment with the offset that a zone has then."""
    offset = moment.replace(tzinfo=zone).utcoffset() or timedelta()
    return moment.replace(tzinfo=timezone(offset))


def _find_weekday(text: str) -> int | None:
    """Return the day of the week that a date names, Monday 0; None where it names none, or several."""
    days = {_WEEKDAYS[match[1]] - 1 for match in _WEEKDAY.finditer(text)}
    return days.pop() if len(days) == 1 else None


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


def _parse_iso(text: str, today: date) -> datetime | None:
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
        numbers = (year, int(groups["month"] or groups["month2"] or 1), int(groups["day"] or groups["day2"] or 1))
        day = hijri_to_gregorian(*numbers, today) if _is_hijri(year) else date(*numbers)
    return _combine_day_and_clock(day, match if groups["hour"] else None)


def _is_hijri(year: int) -> bool:
    return 1300 <= year <= 1500


def _parse_numeric(text: str, today: date, day_first: bool | None) -> datetime | None:
    """Parse a day in numbers with the year last, where the month is unambiguous, or the day of the week or the feed decides."""
    match = _NUMERIC_DATE.search(text)
    if not match or any(name[1] not in _WEEKDAYS for name in _NAME.finditer(text)):  # "mar" is Tuesday, too
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    rest = text[: match.start()] + " " + text[match.end() :]
    if _is_hijri(year):  # nobody writes its months first
        day = hijri_to_gregorian(year, second, first, today)
    else:
        order = numeric_order(text)
        is_day_first = order == "day" or first == second or (order == "either" and day_first)
        if order == "either" and day_first is None:
            return None
        ordered = _as_ordered(first, second, year, bool(is_day_first))
        if ordered is None:
            return None
        day = ordered
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
    calendar, month = _month_number(names[0][1])
    if calendar == "lunar":
        day = _as_sighted(lunar_to_gregorian(year, month, day_number), _find_weekday(text))
    else:
        day = (
            solar_to_gregorian(year, month, day_number) if calendar == "solar" else date(_expand_year(year), month, day_number)
        )
    if day.year < _FIRST_YEAR:
        return None
    return _combine_day_and_clock(day, clock)


def _as_sighted(day: date, weekday: int | None) -> date:
    """Return the day of a lunar month that is on a day of the week: the nearest one; the day itself where that is not near."""
    near = sorted(range(-_SIGHTING, _SIGHTING + 1), key=abs)
    fitting = (one for shift in near if (one := day + timedelta(days=shift)).weekday() == weekday)
    return next(fitting, day)


def _month_number(name: str) -> tuple[str, int]:
    """Return the calendar of a month (empty for the Gregorian one), and its number."""
    if name in _MONTHS:
        return "", _MONTHS[name]
    return ("solar", _SOLAR_MONTHS[name]) if name in _SOLAR_MONTHS else ("lunar", _LUNAR_MONTHS[name])


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
