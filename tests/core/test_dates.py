"""Dates are formatted in each language's grammar, and parsed in one format only."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jisr.core.i18n.dates import DateError, DateStyle, format_date, format_month, format_range, parse_date
from jisr.core.i18n.languages import Language, build_languages

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ALL = build_languages(["en", "ar", "ckb", "kmr", "fr", "tr", "fa", "de", "es", "it"])
STYLES: tuple[DateStyle, ...] = ("full", "long", "day_month", "month_year", "short")


def rows(name: str) -> list[list[str]]:
    lines = (HERE / "cases" / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("tag", "style", "start", "end", "expected"), rows("dates.tsv"))
def test_days_stand_in_the_grammar_of_a_language(tag: str, style: str, start: str, end: str, expected: str) -> None:
    """The table of cases is what a native reader expects."""
    day = date.fromisoformat(start)
    if style == "range":
        actual = format_range(day, date.fromisoformat(end), ALL[tag])
    elif style == "month":
        actual = format_month(day, ALL[tag])
    else:
        actual = next(format_date(day, ALL[tag], known) for known in STYLES if known == style)

    assert expected == actual


@pytest.mark.parametrize(
    ("tag", "digits", "expected"),
    [
        ("ar", "arab", "٩ شباط ٢٠١٢"),
        ("ckb", "arab", "٩ی شوباتی ٢٠١٢"),
        ("fa", "arabext", "۹ فوریهٔ ۲۰۱۲"),
    ],
)
def test_digits_are_a_setting_of_the_language(tag: str, digits: str, expected: str) -> None:
    """Dates follow the digits that the settings choose."""
    language = build_languages([tag], {tag: {"digits": digits}})[tag]

    assert expected == format_date(datetime(2012, 2, 9, 14, 30, tzinfo=UTC), language)


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_every_day_of_two_years_is_plain_text(language: Language) -> None:
    """No style writes marks of direction, no-break spaces or an empty string, and spans hold what days hold."""
    for number in range(date(2011, 12, 1).toordinal(), date(2013, 1, 31).toordinal(), 5):
        day = date.fromordinal(number)
        texts = [format_date(day, language, style) for style in STYLES]
        texts += [format_month(day, language), format_range(day, date.fromordinal(number + 40), language)]

        assert all(texts)
        assert not set("".join(texts)) & set("\u00a0\u2009\u200e\u200f\u202f\u061c")
        assert str(day.year) in texts[1]
        assert format_range(day, day, language) == texts[1]


def test_a_span_does_not_run_backwards() -> None:
    """An end before its start is an error of the caller."""
    with pytest.raises(ValueError, match="2012-02-08 is before 2012-02-09"):
        format_range(date(2012, 2, 9), date(2012, 2, 8), ALL["ar"])


def test_the_hours_of_a_span_do_not_count() -> None:
    """Two moments of one day are one day."""
    assert format_range(datetime(2012, 2, 9, 18, tzinfo=UTC), date(2012, 2, 9), ALL["ar"]) == "9 شباط 2012"


def test_no_language_leaks_into_the_next() -> None:
    """Months that stand alone are those of their language, whichever was asked first."""
    before = [format_month(date(2012, 2, 9), language) for language in build_languages(["zh", "he", "ar", "kmr", "fr", "pl"])]

    assert before == ["二月", "פברואר", "شباط", "Sibat", "février", "luty"]


@pytest.mark.process  # the locale of a process
def test_the_system_needs_no_locale() -> None:
    """Where the system knows the locale C alone, dates are the same."""
    code = (
        "from datetime import date; from jisr.core.i18n.dates import format_date;"
        "from jisr.core.i18n.languages import build_languages;"
        "print(ascii([format_date(date(2012, 2, 9), language, 'full') for language in build_languages(['ar', 'ckb', 'kmr'])]))"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env={**bare, "LC_ALL": "C"}
    )

    assert result.stdout.strip() == ascii([format_date(date(2012, 2, 9), ALL[tag], "full") for tag in ("ar", "ckb", "kmr")])


@pytest.mark.parametrize(("text", "expected"), rows("date_inputs.tsv"))
def test_dates_are_read_in_one_form(text: str, expected: str) -> None:
    """Year, month, day; with a time and an offset or without. All else is refused with its reason."""
    if expected[0].isdigit():
        assert parse_date(text).isoformat() == expected
        return
    with pytest.raises(DateError) as caught:
        parse_date(text)

    assert caught.value.reason == expected


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2012, 2, 29), date(2200, 12, 31)])
def test_what_a_date_says_of_itself_is_read(day: date) -> None:
    """The ISO form of a day is read as that day, within the years that a text can have."""
    assert parse_date(day.isoformat()) == day
