"""Days of the Hijri calendars, solar and lunar, in the Gregorian one."""

from __future__ import annotations

from datetime import date, timedelta

_LEAP_YEARS = (1, 5, 9, 13, 17, 22, 26, 30)  # of a cycle of 33 years of the solar calendar

# The months of the lunar years from 1412, as published for the Umm al-Qura calendar, which blogs use; a bit a month, the first
# one lowest: 1 where it has 30 days and not 29. Where the moon is sighted, a month may begin a day earlier or later.
_LUNAR_BEGIN, _FIRST_LUNAR_YEAR = date(1991, 7, 12), 1412
_LUNAR_MONTHS = tuple(
    int(months, 16)
    for months in """5d9 db2 ba4 b4a a55 2b5 575 b6a bd2 bc4 b89 a95 52d 5ad b6a 6d4 dc9 d92 aa6 956 2ae 56d 36a b55 aaa 94d 49d
    95d 2ba 5b5 5aa d55 a9a 92e 26e 55d ada 6d4 6a5 54b a97 54e aae 5ac ba9 d92 b25 64b cab""".split()
)
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
    """Return the Gregorian date of a day of the lunar Hijri calendar.

    Raises ValueError where there is no such day, or where it is before the web or after 1460.

    >>> lunar_to_gregorian(1433, 3, 17)
    datetime.date(2012, 2, 9)
    """
    number = year - _FIRST_LUNAR_YEAR
    if not 0 <= number < len(_LUNAR_MONTHS) or not 1 <= month <= 12:
        raise ValueError(year)
    lengths = [29 + (months >> bit & 1) for months in _LUNAR_MONTHS[: number + 1] for bit in range(12)]
    position = 12 * number + month - 1
    if not 1 <= day <= 30:  # where the moon was sighted, also the 30th of a month that has 29 days here
        raise ValueError(day)
    return _LUNAR_BEGIN + timedelta(days=sum(lengths[:position]) + day - 1)


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
