"""Formatting of dates and date ranges in a language, and parsing of dates in front matter."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date as format_pattern

from jisr.core.i18n.cldr_overrides import CLDR_PATCHES, CldrPatch
from jisr.core.i18n.languages import Language, babel_locale
from jisr.core.i18n.numbers import localize_digits, to_ascii_digits

DateStyle = Literal["full", "long", "day_month", "month_year", "short"]
DateErrorReason = Literal["ambiguous", "not-a-date", "impossible"]

FIRST_YEAR, LAST_YEAR = 1900, 2200

_SKELETONS = {"day_month": "MMMMd", "month_year": "yMMMM", "short": "yMMMd"}
_CACHE_SIZE = 10_000  # days in the words of a language: pages, cards, feeds and data of a text say the same
# Special spaces and direction marks in CLDR's patterns: line breaks are left to the stylesheet, direction to markup.
_PLAIN_CHARACTERS = {0x00A0: " ", 0x2009: " ", 0x202F: " ", 0x200E: None, 0x200F: None}

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?: ?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?))?)?",
    re.ASCII,
)
_AMBIGUOUS_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:\d{4}|\d{2})(?:[T ].*)?", re.ASCII)


class DateError(ValueError):
    """A text that is no date, is ambiguous, or is an impossible day."""

    def __init__(self, text: str, reason: DateErrorReason) -> None:
        super().__init__(f'"{text}" is {reason.replace("-", " ")}')
        self.text = text
        self.reason = reason


def parse_date(text: str) -> date | datetime:
    """Parse a date with an optional time and offset.

    Digits may be Arabic-Indic or Persian. Raises DateError; years outside 1900 to 2200 are impossible, since they are
    typing errors or years of another calendar.
    The format is that of https://www.rfc-editor.org/rfc/rfc3339#section-5.6, with an optional time.

    >>> parse_date("٢٠١٢-٠٢-٠٩")
    datetime.date(2012, 2, 9)
    >>> parse_date("2012-02-09 14:30")
    datetime.datetime(2012, 2, 9, 14, 30)
    """
    plain = to_ascii_digits(text).strip()
    match = _MOMENT.fullmatch(plain)
    if not match:
        raise DateError(text, "ambiguous" if _AMBIGUOUS_DATE.fullmatch(plain) else "not-a-date")
    day, time, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{time}{zone or ''}") if time else date.fromisoformat(day)
    except ValueError:
        raise DateError(text, "impossible") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise DateError(text, "impossible")
    return moment


def format_date(day: date | datetime, language: Language, style: DateStyle = "long") -> str:
    """Return a date in the grammar and the digits of a language; "full" is "long" with the weekday.

    >>> from jisr.core.i18n.languages import build_languages
    >>> [format_date(date(2012, 2, 9), language) for language in build_languages(["ar", "ckb", "kmr"])]
    ['9 شباط 2012', '9ی شوباتی 2012', '9ê Sibata 2012an']
    """
    return _format_date(_to_date(day), language, style)


@lru_cache(_CACHE_SIZE)
def _format_date(day: date, language: Language, style: DateStyle) -> str:
    return localize_digits(_format_day(day, babel_locale(language), style), language)


def format_month(day: date | datetime, language: Language) -> str:
    """Return the stand-alone name of a month.

    >>> from jisr.core.i18n.languages import build_languages
    >>> [format_month(date(2018, 8, 10), language) for language in build_languages(["ar", "kmr"])]
    ['آب', 'Tebax']
    """
    locale = babel_locale(language)
    patch = CLDR_PATCHES.get(locale.language)
    if patch:
        return _date_parts(day, locale, patch)["month"]
    # A language with a stand-alone form of months uses it in its patterns. For any other the form must not be requested:
    # Babel 2.18 caches the answer in data that all locales share, so that the next language gets the months of the first.
    alone = any("LLLL" in _cldr_pattern(locale, style) for style in ("month_year", "day_month"))
    return _format_cldr(day, locale, "LLLL" if alone else "MMMM")


def format_range(start: date | datetime, end: date | datetime, language: Language) -> str:
    """Return a date range, with month and year once where both days share them; a single date if they are equal.

    Raises ValueError where the end is before the start.
    The rule is https://www.unicode.org/reports/tr35/tr35-dates.html#intervalFormats

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb = build_languages(["ar", "ckb"])
    >>> format_range(date(2018, 8, 10), date(2018, 8, 11), ar)
    '10–11 آب 2018'
    >>> format_range(date(2017, 1, 30), date(2017, 2, 2), ckb)
    '30ی کانوونی دووەم – 2ی شوباتی 2017'
    """
    first, last = _to_date(start), _to_date(end)
    if last < first:
        raise ValueError(f"{last} is before {first}")
    locale = babel_locale(language)
    if first == last:
        text = _format_day(first, locale, "long")
    elif locale.language in CLDR_PATCHES:
        text = _format_patched_range(first, last, locale)
    else:
        text = _format_cldr_range(first, last, locale)
    return localize_digits(text, language)


def _to_date(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _format_day(day: date, locale: Locale, style: DateStyle) -> str:
    """Return a date in a style, in ASCII digits."""
    patch = CLDR_PATCHES.get(locale.language)
    if patch:
        patterns = {"full": patch.full, "day_month": patch.day_month, "month_year": patch.month_year}
        return patterns.get(style, patch.long).format(**_date_parts(day, locale, patch))
    return _format_cldr(day, locale, _cldr_pattern(locale, style))


def _cldr_pattern(locale: Locale, style: str) -> str:
    """Return the CLDR pattern of a style."""
    if style not in _SKELETONS:
        return str(locale.date_formats[style].pattern)
    skeletons, name = locale.datetime_skeletons, _SKELETONS[style]
    skeleton = skeletons.get(name) or skeletons.get(name.replace("MMMM", "MMM"))
    pattern = str(skeleton.pattern) if skeleton else "y-MM-dd"
    return pattern if style == "short" else _use_wide_months(pattern)


def _date_parts(day: date, locale: Locale, patch: CldrPatch) -> dict[str, str]:
    month = dict(patch.months).get(day.month) or str(locale.months["format"]["wide"][day.month])
    weekday = str(locale.days["format"]["wide"][day.weekday()])
    if patch.capitalize_names:
        month, weekday = month.capitalize(), weekday.capitalize()
    return {"day": str(day.day), "month": month, "year": str(day.year), "weekday": weekday}


def _format_cldr(day: date, locale: Locale, pattern: str) -> str:
    """Return a date in a CLDR pattern."""
    if locale.language == "fr" and day.day == 1:
        # The first of a month is an ordinal in French, which CLDR patterns cannot express.
        pattern = re.sub(r"(?<!d)d(?!d)", "d'er'", pattern)
    return format_pattern(day, pattern, locale).translate(_PLAIN_CHARACTERS)


def _use_wide_months(pattern: str) -> str:
    """Return a pattern with wide instead of abbreviated names of months."""
    return re.sub(r"(?<!M)MMM(?!M)", "MMMM", re.sub(r"(?<!L)LLL(?!L)", "LLLL", pattern))


def _format_patched_range(first: date, last: date, locale: Locale) -> str:
    last_day = _format_day(last, locale, "long")
    if first.year != last.year:
        return f"{_format_day(first, locale, 'long')} – {last_day}"
    if first.month != last.month:
        return f"{_format_day(first, locale, 'day_month')} – {last_day}"
    return f"{first.day}–{last_day}"


def _format_cldr_range(first: date, last: date, locale: Locale) -> str:
    """Return a range in CLDR's interval patterns, with each date as in a sentence of the language.

    CLDR has intervals for abbreviated months only. Where the day comes first, only the separator is taken from them; else
    (Hungarian, Chinese) they are used whole, with wide months.
    """
    unit = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    patterns = locale.interval_formats.get("yMMMd", {}).get(unit, [])
    if len(patterns) != 2:
        return f"{_format_day(first, locale, 'long')} – {_format_day(last, locale, 'long')}"
    left, right = (_use_wide_months(pattern) for pattern in patterns)
    if not _cldr_pattern(locale, "long").startswith("d"):
        return _format_cldr(first, locale, left) + _format_cldr(last, locale, right)
    last_day = _format_day(last, locale, "long")
    if unit == "d":
        return _format_cldr(first, locale, left.replace("dd", "d")) + last_day
    between = re.sub(r".*[A-Za-z'.]", "", left).translate(_PLAIN_CHARACTERS)
    return _format_day(first, locale, "long" if unit == "y" else "day_month") + between + last_day
