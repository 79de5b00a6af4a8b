"""Sample charts: timeline, attendance, map of cities."""

from __future__ import annotations

from datetime import date

from jisr.core.charts.svg import CityMap, TimelineDrawing, draw_map, draw_timeline
from jisr.core.charts.timeline import TimelineItem
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_rows import make_words, sample_row
from jisr.outputs.theme.styleguide.views import SampleView


def sample_timeline(example: Example) -> TimelineDrawing | None:
    """Return a timeline with every kind of mark: of both scripts, hollow, labelled, stacked, counted."""
    language, arabic = example.language, example.language.script == "Arab"
    first, last = make_words(example["statement"]["place"], language), make_words(example["conference"]["city"], language)
    conferences = [TimelineItem(date(2012, 2, 8), True, True, first), TimelineItem(date(2017, 1, 18), False, False, first)]
    items = {
        "conferences": [*conferences, TimelineItem(date(2018, 8, 10), True, True, last)],
        "statements": [TimelineItem(date(2009, 3, 30), False), TimelineItem(date(2012, 2, 9), True)],
        "posts": [TimelineItem(date(2017, 11, 18), arabic)] * 6,
    }
    return draw_timeline(items, language)


def sample_attendance(example: Example) -> tuple[SampleView, ...]:
    """Return the numbers of participants of two conferences, one of them rounded."""
    conference = sample_row(example, "conferences")
    numbers = ((2017, 250, True, "100%", "0%"), (2018, 100, False, "40%", "60%"))
    names = ("year", "participants", "rounded", "share", "rest")
    return tuple(SampleView("Attendance", conference=conference, **dict(zip(names, row, strict=True))) for row in numbers)


def sample_city_map(example: Example) -> CityMap | None:
    """Return a map of two cities, without the outline of the country, which belongs to a site."""
    cities = ((45.4375, 35.5613), example["statement"]["place"]), ((44.3661, 33.3153), example["conference"]["city"])
    return draw_map([(point, make_words(name, example.language)) for point, name in cities], (), example.language)
