"""How a language writes days and spans of days, and how an editor may write them."""

from __future__ import annotations

import re
from datetime import date, datetime
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
# No-break and thin spaces and marks of direction in CLDR's patterns: lines break in our stylesheet, direction is markup.
_PLAIN_CHARACTERS = {0x00A0: " ", 0x2009: " ", 0x202F: " ", 0x200E: None, 0x200F: None}

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?: ?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?))?)?",
    re.ASCII,
)
_AMBIGUOUS_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:\d{4}|\d{2})(?:[T ].*)?", re.ASCII)


class DateError(ValueError):
    """A text that is no date, might be two, or is a day that no calendar has."""

    def __init__(self, text: str, reason: DateErrorReason) -> None:
        super().__init__(f'"{text}" is {reason.replace("-", " ")}')
        self.text = text
        self.reason = reason


def parse_date(text: str) -> date | datetime:
    """Return the day that an editor wrote, with its time and offset if they wrote them.

    Digits may be Arabic-Indic or Persian. Raises DateError; years outside 1900 to 2200 are impossible, since they are
    slips of the pen or years of another calendar.
    The form is that of https://www.rfc-editor.org/rfc/rfc3339#section-5.6, where the time may be left out.

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
        parsed = datetime.fromisoformat(f"{day}T{time}{zone or ''}") if time else date.fromisoformat(day)
    except ValueError:
        raise DateError(text, "impossible") from None
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise DateError(text, "impossible")
    return parsed


def format_date(day: date | datetime, language: Language, style: DateStyle = "long") -> str:
    """Return a day in the grammar and the digits of a language; "full" is "long" with the weekday.

    >>> from jisr.core.i18n.languages import build_languages
    >>> [format_date(date(2012, 2, 9), language) for language in build_languages(["ar", "ckb", "kmr"])]
    ['9 شباط 2012', '9ی شوباتی 2012', '9ê Sibata 2012an']
    """
    return localize_digits(_format_day(day, babel_locale(language), style), language)


def format_month(day: date | datetime, language: Language) -> str:
    """Return the name of a month as it stands alone.

    >>> from jisr.core.i18n.languages import build_languages
    >>> [format_month(date(2018, 8, 10), language) for language in build_languages(["ar", "kmr"])]
    ['آب', 'Tebax']
    """
    locale = babel_locale(language)
    patch = CLDR_PATCHES.get(locale.language)
    if patch:
        return _date_parts(day, locale, patch)["month"]
    # Where a language has another form for months that stand alone, its patterns use it. Elsewhere it must not be asked for:
    # Babel 2.18 keeps what it answers in data that all locales share, so that the next language gets the first one's months.
    alone = any("LLLL" in _cldr_pattern(locale, style) for style in ("month_year", "day_month"))
    return _format_cldr(day, locale, "LLLL" if alone else "MMMM")


def format_range(start: date | datetime, end: date | datetime, language: Language) -> str:
    """Return a span of days, with month and year said once where both share them; one day if they are the same.

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
    """Return a day in a style, in ASCII digits."""
    patch = CLDR_PATCHES.get(locale.language)
    if patch:
        patterns = {"full": patch.full, "day_month": patch.day_month, "month_year": patch.month_year}
        return patterns.get(style, patch.long).format(**_date_parts(day, locale, patch))
    return _format_cldr(day, locale, _cldr_pattern(locale, style))


def _cldr_pattern(locale: Locale, style: str) -> str:
    """Return CLDR's pattern of a style."""
    if style not in _SKELETONS:
        return str(locale.date_formats[style].pattern)
    skeletons, name = locale.datetime_skeletons, _SKELETONS[style]
    found = skeletons.get(name) or skeletons.get(name.replace("MMMM", "MMM"))
    pattern = str(found.pattern) if found else "y-MM-dd"
    return pattern if style == "short" else _use_wide_months(pattern)


def _date_parts(day: date, locale: Locale, patch: CldrPatch) -> dict[str, str]:
    month = dict(patch.months).get(day.month) or str(locale.months["format"]["wide"][day.month])
    weekday = str(locale.days["format"]["wide"][day.weekday()])
    if patch.capitalize_names:
        month, weekday = month.capitalize(), weekday.capitalize()
    return {"day": str(day.day), "month": month, "year": str(day.year), "weekday": weekday}


def _format_cldr(day: date, locale: Locale, pattern: str) -> str:
    """Return a day by a pattern of CLDR."""
    if locale.language == "fr" and day.day == 1:
        # The first of a month is an ordinal in French, which patterns of CLDR cannot say.
        pattern = re.sub(r"(?<!d)d(?!d)", "d'er'", pattern)
    return format_pattern(day, pattern, locale).translate(_PLAIN_CHARACTERS)


def _use_wide_months(pattern: str) -> str:
    """Return a pattern with the names of months in full."""
    return re.sub(r"(?<!M)MMM(?!M)", "MMMM", re.sub(r"(?<!L)LLL(?!L)", "LLLL", pattern))


def _format_patched_range(first: date, last: date, locale: Locale) -> str:
    whole = _format_day(last, locale, "long")
    if first.year != last.year:
        return f"{_format_day(first, locale, 'long')} – {whole}"
    if first.month != last.month:
        return f"{_format_day(first, locale, 'day_month')} – {whole}"
    return f"{first.day}–{whole}"


def _format_cldr_range(first: date, last: date, locale: Locale) -> str:
    """Return a span by CLDR's patterns, with the days as the language writes them in a sentence.

    CLDR has intervals for shortened months only. Where the day comes first, these give what stands between the days; else
    (Hungarian, Chinese) they are taken whole, with the months in full.
    """
    differing = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    patterns = locale.interval_formats.get("yMMMd", {}).get(differing, [])
    if len(patterns) != 2:
        return f"{_format_day(first, locale, 'long')} – {_format_day(last, locale, 'long')}"
    left, right = (_use_wide_months(pattern) for pattern in patterns)
    if not _cldr_pattern(locale, "long").startswith("d"):
        return _format_cldr(first, locale, left) + _format_cldr(last, locale, right)
    whole = _format_day(last, locale, "long")
    if differing == "d":
        return _format_cldr(first, locale, left.replace("dd", "d")) + whole
    between = re.sub(r".*[A-Za-z'.]", "", left).translate(_PLAIN_CHARACTERS)
    return _format_day(first, locale, "long" if differing == "y" else "day_month") + between + whole
