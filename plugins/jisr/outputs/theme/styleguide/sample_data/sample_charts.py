"""The pictures of a history as components ask for them."""

from __future__ import annotations

from datetime import date

from jisr.core.charts.svg import CityMap, Timeline, draw_map, draw_years
from jisr.core.charts.timeline import Stop
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_rows import row, words
from jisr.outputs.theme.styleguide.views import Part


def timeline(example: Example) -> Timeline | None:
    """Give a line of years with every kind of mark: of both scripts, hollow, named, above each other, counted."""
    language, arabic = example.language, example.language.script == "Arab"
    first, last = words(example["statement"]["place"], language), words(example["conference"]["city"], language)
    met = [Stop(date(2012, 2, 8), True, True, first), Stop(date(2017, 1, 18), False, False, first)]
    posts = [Stop(date(2017, 11, 18), arabic)] * 6
    stops = {
        "conferences": [*met, Stop(date(2018, 8, 10), True, True, last)],
        "statements": [Stop(date(2009, 3, 30), False), Stop(date(2012, 2, 9), True)],
        "posts": posts,
    }
    return draw_years(stops, language)


def attendance(example: Example) -> tuple[Part, ...]:
    """Give how many took part in conferences, one of which nobody counted."""
    conference = row(example, "conferences")
    numbers = ((2017, 250, True, "100%", "0%"), (2018, 100, False, "40%", "60%"))
    names = ("year", "participants", "rounded", "share", "rest")
    return tuple(Part("Attendance", {"conference": conference, **dict(zip(names, those, strict=True))}) for those in numbers)


def cities(example: Example) -> CityMap | None:
    """Give a map of two cities, without the land, which belongs to a site."""
    said = (example["statement"]["place"], example["conference"]["city"])
    spots = ((45.4375, 35.5613), (44.3661, 33.3153))
    return draw_map(
        [(spot, words(name, example.language)) for spot, name in zip(spots, said, strict=True)], (), example.language
    )
