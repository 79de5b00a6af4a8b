"""Days of the Hijri calendars, solar and lunar, in the Gregorian one."""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Hijri

_LEAP_YEARS = (1, 5, 9, 13, 17, 22, 26, 30)  # of a cycle of 33 years of the solar calendar

_FIRST_LUNAR_YEAR = 1412  # that of the web's first page
_FIRST_CREDIBLE = date(1991, 8, 6)  # the web's first page


def solar_to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a day of the solar Hijri calendar, whose leap years have a cycle of 33 years at present.

    Raises ValueError where there is no such day.

    >>> solar_to_gregorian(1390, 11, 20)
    datetime.date(2012, 2, 9)
    """
    is_leap = year % 33 in _LEAP_YEARS
    month_length = 31 if month < 7 else 30 if month < 12 or is_leap else 29
    if not 1300 <= year <= 1500 or not 1 <= month <= 12 or not 1 <= day <= month_length:
        raise ValueError(year)
    leap_days = sum(one % 33 in _LEAP_YEARS for one in range(1300, year))
    days_before = (month - 1) * 31 - max(0, month - 7)
    return date(1921, 3, 21) + timedelta(days=(year - 1300) * 365 + leap_days + days_before + day - 1)


def lunar_to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a day of the lunar Hijri calendar by the Umm al-Qura tables, which software uses.

    Where the moon is sighted, a month may begin a day earlier or later, and have a 30th day where it has 29 here.
    Raises ValueError where there is no such day, or where it is before the web or after 1500.

    >>> lunar_to_gregorian(1433, 3, 17)
    datetime.date(2012, 2, 9)
    """
    if year < _FIRST_LUNAR_YEAR or not 1 <= day <= 30:
        raise ValueError(day)
    try:
        first = Hijri(year, month, 1).to_gregorian()
    except OverflowError as error:
        raise ValueError(year) from error
    return date.fromordinal(first.toordinal() + day - 1)


def hijri_to_gregorian(year: int, month: int, day: int, today: date) -> date:
    """Return the Gregorian date of a day in numbers of either Hijri calendar: the one in which it is of the web's years.

    Raises ValueError where it is in neither or in both.
    """
    days = set()
    for convert in (solar_to_gregorian, lunar_to_gregorian):
        try:
            days.add(convert(year, month, day))
        except ValueError:
            continue
    credible = [one for one in days if _FIRST_CREDIBLE <= one <= today + timedelta(days=1)]
    if len(credible) != 1:
        raise ValueError(year)
    return credible[0]
