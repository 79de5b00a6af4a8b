"""Shapes of the SVG charts of the history: a timeline and a map, horizontal positions in per cent, vertical ones in pixels.

A timeline begins at the reading start of the language; a map is the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jisr.core.charts.site_map import Point, Ring, coastline_path, fit_bounding_box, group_points, place_labels, river_path
from jisr.core.charts.timeline import TimelineItem, TimelineLabel, TimelineLane, layout_lane, year_range
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText

# Of a lane: its title, a row of marks, a row of labels, the margin below.
TITLE_HEIGHT, MARK_HEIGHT, LABEL_HEIGHT, BOTTOM_MARGIN = 24, 15, 23, 12
LABEL_OFFSET = 7  # between a mark, or the line below it, and its label


@dataclass(frozen=True, slots=True)
class MarkShape:
    """The mark of a text: a rhombus for Arabic script, else a circle; hollow where the page's language lacks the text."""

    x: str
    y: int
    arabic: bool
    in_page_language: bool = True


@dataclass(frozen=True, slots=True)
class LabelShape:
    """A label beside a mark, or below it at the end of a line from ``top``; ``anchor`` and ``dx`` as in SVG."""

    x: str
    y: str
    words: LocalizedText
    anchor: str
    dx: int
    top: int = 0


@dataclass(frozen=True, slots=True)
class LaneShape:
    """The lane of a kind of text: its vertical position, its marks, the counts of marks that do not fit, and its labels."""

    kind: str
    count: int
    top: int
    marks: tuple[MarkShape, ...]
    overflow: tuple[tuple[str, int, int], ...]
    labels: tuple[LabelShape, ...]


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """A timeline: its height, the years below it, its lanes."""

    height: int
    ticks: tuple[tuple[str, int], ...]
    lanes: tuple[LaneShape, ...]

    @property
    def shapes(self) -> frozenset[bool]:
        """The shapes of its marks: True for Arabic script, False for another."""
        return frozenset(mark.arabic for one in self.lanes for mark in one.marks)

    @property
    def hollow(self) -> tuple[bool, ...]:
        """The shapes of its hollow marks, Arabic script first."""
        shapes = {mark.arabic for one in self.lanes for mark in one.marks if not mark.in_page_language}
        return tuple(sorted(shapes, reverse=True))


@dataclass(frozen=True, slots=True)
class City:
    """A city on a map: its mark, and its label where that fits."""

    x: str
    y: str
    arabic: bool
    name: LabelShape | None


@dataclass(frozen=True, slots=True)
class CityMap:
    """A map: the land and the rivers as SVG paths, and the cities."""

    land: str
    cities: tuple[City, ...]
    rivers: str = ""


def draw_timeline(items: Mapping[str, Sequence[TimelineItem]], language: Language) -> TimelineDrawing | None:
    """Return the timeline of texts by kind, or None for fewer than two texts."""
    years = year_range(item.day for lane_items in items.values() for item in lane_items)
    if years is None or sum(map(len, items.values())) < 2:
        return None
    top, lanes = 0, []
    for kind, lane_items in items.items():
        if lane_items:
            lane = layout_lane(lane_items, years)
            lanes.append(_draw_lane(kind, len(lane_items), lane, top, language))
            top += TITLE_HEIGHT + lane.rows * MARK_HEIGHT + lane.label_rows * LABEL_HEIGHT + BOTTOM_MARGIN
    return TimelineDrawing(top, tuple((_x_percent(x, language), year) for x, year in years.ticks()), tuple(lanes))


def _draw_lane(kind: str, count: int, lane: TimelineLane, top: int, language: Language) -> LaneShape:
    first = top + TITLE_HEIGHT + MARK_HEIGHT // 2
    below = top + TITLE_HEIGHT + lane.rows * MARK_HEIGHT
    return LaneShape(
        kind,
        count,
        top,
        tuple(
            MarkShape(_x_percent(one.x, language), first + one.row * MARK_HEIGHT, one.arabic, one.in_page_language)
            for one in lane.marks
        ),
        tuple((_x_percent(x, language), below - 2, number) for x, number in lane.overflow),
        tuple(_draw_label(label, words, below, language) for label, words in lane.labels),
    )


def _draw_label(label: TimelineLabel, words: LocalizedText, top: int, language: Language) -> LabelShape:
    """Return a label that extends forward along the line, or backward; SVG anchors text by its direction (SVG 2, 11.6)."""
    rightwards = (language.direction == "ltr") != label.backward
    x, y = _x_percent(label.x, language), str(top + label.row * LABEL_HEIGHT + 16)
    return LabelShape(x, y, words, _text_anchor(rightwards, words), LABEL_OFFSET if rightwards else -LABEL_OFFSET, top)


def _text_anchor(rightwards: bool, words: LocalizedText) -> str:
    return "start" if rightwards == (words.language.direction == "ltr") else "end"


def _x_percent(x: float, language: Language) -> str:
    return format_percent(x if language.direction == "ltr" else 100 - x)


def format_percent(share: float) -> str:
    """Return a percentage as in SVG.

    >>> format_percent(12.50), format_percent(100 - 33.3)
    ('12.5%', '66.7%')
    """
    return f"{round(share, 1):g}%"


@dataclass(frozen=True, slots=True)
class Waters:
    """The coasts and rivers that maps draw."""

    coasts: tuple[Ring, ...] = ()
    rivers: tuple[Ring, ...] = ()


NO_WATERS = Waters()


def draw_maps(places: Sequence[tuple[Point, LocalizedText]], waters: Waters, language: Language) -> tuple[CityMap, ...]:
    """Return a map for each group of places that lie together, that with most places first."""
    groups = group_points([point for point, _ in places])
    drawn = (draw_map([one for one in places if one[0] in group], waters.coasts, language, waters.rivers) for group in groups)
    return tuple(one for one in drawn if one is not None)


def draw_map(
    places: Sequence[tuple[Point, LocalizedText]], coasts: Iterable[Ring], language: Language, rivers: Iterable[Ring] = ()
) -> CityMap | None:
    """Return the map of places with coordinates, or None where there is none."""
    if not places:
        return None
    box = fit_bounding_box([point for point, _ in places])
    points = [box.project(point) for point, _ in places]
    arabic = language.script == "Arab"
    cities = []
    for one, (_, words) in zip(place_labels(points, [words.text for _, words in places]), places, strict=True):
        x, y, right = format_percent(one.x), format_percent(one.y), one.side == "right"
        dx = LABEL_OFFSET + 2 if right else -LABEL_OFFSET - 2
        label = LabelShape(x, y, words, _text_anchor(right, words), dx) if one.side else None
        cities.append(City(x, y, arabic, label))
    return CityMap(coastline_path(coasts, box), tuple(cities), river_path(rivers, box))
