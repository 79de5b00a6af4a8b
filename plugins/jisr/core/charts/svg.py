"""The pictures of the history as a page draws them: what stands where, along the line in per cent, down in pixels.

A line of years begins where the language begins to read; a map is the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jisr.core.charts.site_map import Point, Ring, coastline_path, fit_bounding_box, place_labels
from jisr.core.charts.timeline import TimelineItem, TimelineLane, layout_lane, year_range
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import LocalizedText

TITLE_HEIGHT, MARK_HEIGHT, LABEL_HEIGHT, BOTTOM_MARGIN = (
    24,
    15,
    23,
    12,
)  # the heights of a lane's title, of a row of marks or names, and what is left below
LABEL_OFFSET = 7  # between a mark, or the line below it, and its name


@dataclass(frozen=True, slots=True)
class MarkShape:
    """The mark of a text: a rhombus for Arabic script, else round; hollow where the page's language lacks the text."""

    x: str
    y: int
    arabic: bool
    here: bool = True


@dataclass(frozen=True, slots=True)
class LabelShape:
    """Words beside a mark, or below it at the end of a line from ``top``; ``anchor`` and ``dx`` as SVG has them."""

    x: str
    y: str
    words: LocalizedText
    anchor: str
    dx: int
    top: int = 0


@dataclass(frozen=True, slots=True)
class LaneShape:
    """A kind of text on the line: from ``top`` its title, its marks, and how many more there are at a time."""

    kind: str
    count: int
    top: int
    marks: tuple[MarkShape, ...]
    more: tuple[tuple[str, int, int], ...]
    names: tuple[LabelShape, ...]


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """A line of years: its height, the years below it, its lanes."""

    height: int
    ticks: tuple[tuple[str, int], ...]
    lanes: tuple[LaneShape, ...]

    @property
    def shapes(self) -> frozenset[bool]:
        """Whether there are marks of Arabic script, of another, or both."""
        return frozenset(mark.arabic for one in self.lanes for mark in one.marks)

    @property
    def hollow(self) -> tuple[bool, ...]:
        """The shapes of texts that don't exist in the page's language: Arabic script first."""
        return tuple(sorted({mark.arabic for one in self.lanes for mark in one.marks if not mark.here}, reverse=True))


@dataclass(frozen=True, slots=True)
class City:
    """A city on a map: its mark, and its name where there is room for it."""

    x: str
    y: str
    arabic: bool
    name: LabelShape | None


@dataclass(frozen=True, slots=True)
class CityMap:
    """The land around cities as a path of SVG, and the cities."""

    land: str
    cities: tuple[City, ...]


def draw_timeline(stops: Mapping[str, Sequence[TimelineItem]], language: Language) -> TimelineDrawing | None:
    """Return the line of years of texts by kind, or None where there are not two of them to make a line."""
    years = year_range(stop.day for those in stops.values() for stop in those)
    if years is None or sum(map(len, stops.values())) < 2:
        return None
    top, drawn = 0, []
    for kind, those in stops.items():
        if those:
            found = layout_lane(those, years)
            drawn.append(_draw_lane(kind, len(those), found, top, language))
            top += TITLE_HEIGHT + found.rows * MARK_HEIGHT + found.label_rows * LABEL_HEIGHT + BOTTOM_MARGIN
    return TimelineDrawing(top, tuple((_x_percent(x, language), year) for x, year in years.ticks()), tuple(drawn))


def _draw_lane(kind: str, count: int, found: TimelineLane, top: int, language: Language) -> LaneShape:
    first = top + TITLE_HEIGHT + MARK_HEIGHT // 2
    below = top + TITLE_HEIGHT + found.rows * MARK_HEIGHT
    return LaneShape(
        kind,
        count,
        top,
        tuple(
            MarkShape(_x_percent(one.x, language), first + one.row * MARK_HEIGHT, one.arabic, one.here) for one in found.marks
        ),
        tuple((_x_percent(x, language), below - 2, number) for x, number in found.overflow),
        tuple(
            _draw_label(
                _x_percent(flag.x, language), str(below + flag.row * LABEL_HEIGHT + 16), words, language, flag.backward, below
            )
            for flag, words in found.labels
        ),
    )


def _draw_label(x: str, y: str, words: LocalizedText, language: Language, back: bool, top: int) -> LabelShape:
    """Return a name that reads on along the line, or back; SVG anchors words by their own direction (SVG 2, 11.6)."""
    rightwards = (language.direction == "ltr") != back
    return LabelShape(x, y, words, _text_anchor(rightwards, words), LABEL_OFFSET if rightwards else -LABEL_OFFSET, top)


def _text_anchor(rightwards: bool, words: LocalizedText) -> str:
    return "start" if rightwards == (words.language.direction == "ltr") else "end"


def _x_percent(x: float, language: Language) -> str:
    return format_percent(x if language.direction == "ltr" else 100 - x)


def format_percent(share: float) -> str:
    """Return a share as SVG has it.

    >>> format_percent(12.50), format_percent(100 - 33.3)
    ('12.5%', '66.7%')
    """
    return f"{round(share, 1):g}%"


def draw_map(places: Sequence[tuple[Point, LocalizedText]], coasts: Iterable[Ring], language: Language) -> CityMap | None:
    """Return a map of places by their coordinates, or None where none has any."""
    if not places:
        return None
    frame = fit_bounding_box([point for point, _ in places])
    spots = [frame.project(point) for point, _ in places]
    rhombic = language.script == "Arab"
    cities = []
    for one, (_, words) in zip(place_labels(spots, [words.text for _, words in places]), places, strict=True):
        x, y, right = format_percent(one.x), format_percent(one.y), one.side == "right"
        said = (
            LabelShape(x, y, words, _text_anchor(right, words), LABEL_OFFSET + 2 if right else -LABEL_OFFSET - 2)
            if one.side
            else None
        )
        cities.append(City(x, y, rhombic, said))
    return CityMap(coastline_path(coasts, frame), tuple(cities))
