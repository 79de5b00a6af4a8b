"""Timeline and map: completeness, labels without overlap, and mirroring."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jisr.core.charts.site_map import (
    ASPECT_RATIO,
    MIN_WIDTH_PX,
    VIEWBOX_WIDTH,
    coastline_path,
    fit_bounding_box,
    parse_coastlines,
    place_labels,
)
from jisr.core.charts.svg import draw_map, draw_timeline
from jisr.core.charts.timeline import MAX_MARK_ROWS, TimelineItem, YearRange, layout_labels, layout_lane
from jisr.core.i18n.languages import build_languages
from jisr.core.model.document import LocalizedText

AR, EN = build_languages(["ar", "en"])
LAND = Path(__file__).parents[2] / "themes" / "jisr" / "map"
CITIES = st.sampled_from(["بغداد", "السليمانية", "Velletri", "هەولێر", "Hewlêr", "Sulaymaniyah"])
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
POINTS = st.tuples(st.floats(-170, 170), st.floats(-60, 75))


def stops(count: int, day: date = date(2017, 1, 18)) -> list[TimelineItem]:
    return [TimelineItem(day, arabic=True)] * count


@given(st.lists(st.tuples(st.floats(0, 100), CITIES), max_size=12))
def test_names_on_a_line_stay_apart(names: list[tuple[float, str]]) -> None:
    """No name leaves the line, covers another, or is crossed by the line that leads to one below it."""
    labels = layout_labels(sorted(names))

    assert all(one.span[0] >= 0 and one.span[1] <= 100 for one in labels)
    for one, other in combinations(labels, 2):
        upper, lower = sorted((one, other), key=lambda flag: flag.row)
        if upper.row == lower.row:
            assert one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
        else:
            assert not upper.span[0] < lower.x < upper.span[1]


@given(st.lists(DAYS, min_size=1, max_size=40))
def test_no_text_is_lost_on_a_line(days: list[date]) -> None:
    """Every text has a mark, or is counted among those above which no mark has room; in its year, to a step."""
    years = YearRange(min(day.year for day in days), max(day.year for day in days))
    lane = layout_lane([TimelineItem(day, arabic=False) for day in days], years)

    assert len(lane.marks) + sum(count for _, count in lane.overflow) == len(days)
    assert all(0 < mark.x < 100 and mark.row < MAX_MARK_ROWS for mark in lane.marks)
    for day in days:
        true = ((day.year - years.first) * 12 + day.month - 0.5) / years.months * 100
        assert abs(years.position(day) - true) <= years.step / years.months * 50 + 0.1


def test_more_than_fit_are_counted() -> None:
    """Six texts of one month are four marks and a number."""
    picture = draw_timeline({"posts": stops(6)}, EN)
    assert picture is not None
    (posts,) = picture.lanes
    assert (posts.count, len(posts.marks), [count for _, _, count in posts.overflow]) == (6, 4, [2])


def test_a_line_begins_where_reading_begins() -> None:
    """From right to left every place is the mirror of that from left to right, and names read on along the line."""
    met = [
        TimelineItem(date(2009, 3, 25), False, name=LocalizedText("Velletri", EN)),
        TimelineItem(date(2017, 1, 18), True, name=LocalizedText("بغداد", AR)),
    ]
    english, arabic = (draw_timeline({"conferences": met, "statements": stops(1)}, language) for language in (EN, AR))
    assert english is not None
    assert arabic is not None

    for ours, theirs in zip(english.lanes, arabic.lanes, strict=True):
        xs = [[*(mark.x for mark in one.marks), *(name.x for name in one.labels)] for one in (ours, theirs)]
        assert all(round(float(x[:-1]) + float(other[:-1]), 1) == 100 for x, other in zip(*xs, strict=True))
        assert [one.dx for one in ours.labels] == [-one.dx for one in theirs.labels]
    # SVG anchors by the direction of the words: an English name that reads on to the left ends at its mark.
    assert [(one.words.text, one.anchor) for one in english.lanes[0].labels] == [("Velletri", "start"), ("بغداد", "start")]
    assert [(one.words.text, one.anchor) for one in arabic.lanes[0].labels] == [("Velletri", "end"), ("بغداد", "end")]


def test_nothing_is_drawn_of_nothing() -> None:
    """Without two texts there is no line, without a coordinate no map."""
    assert draw_timeline({}, AR) is None
    assert draw_timeline({"statements": stops(1)}, AR) is None
    assert draw_map([], (), AR) is None


@given(st.lists(st.tuples(POINTS, CITIES), min_size=1, max_size=12))
def test_names_on_a_map_stay_apart(places: list[tuple[tuple[float, float], str]]) -> None:
    """Every city is in the frame; a name that is shown leaves it nowhere and covers no mark, also on the smallest screen."""
    box = fit_bounding_box([point for point, _ in places])
    points = [box.project(point) for point, _ in places]
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in points)

    for one, (_, name) in zip(place_labels(points, [name for _, name in places]), places, strict=True):
        across, wide = one.x * MIN_WIDTH_PX / 100, len(name) * 8.5
        if one.side:
            assert across + wide <= MIN_WIDTH_PX if one.side == "right" else across >= wide


def test_the_land_stays_light() -> None:
    """Coasts of a region are about a kilobyte, those of the whole earth fewer than 16; all of it lies around its frame."""
    rings = parse_coastlines((LAND / "land.txt").read_text("ascii"))
    near = coastline_path(rings, fit_bounding_box([(12.8, 41.7), (45.4, 35.6)]))
    far = coastline_path(rings, fit_bounding_box([(-120.0, 40.0), (140.0, -30.0)]))

    assert 500 < len(near) < 2500
    assert len(far) < 16_000
    starts = [tuple(map(int, part.split("h")[0].split("v")[0].split("l")[0].split())) for part in near.split("M")[1:]]
    assert all(-30 <= x <= VIEWBOX_WIDTH + 30 and -30 <= y <= VIEWBOX_WIDTH / ASPECT_RATIO + 30 for x, y in starts)


def test_the_land_has_its_licence_beside_it() -> None:
    """Whose the coasts are, and that they may be used, stands in the same folder."""
    text = (LAND / "LICENSE").read_text("utf-8")
    assert "Natural Earth" in text
    assert "Permission to use, copy, modify" in text
