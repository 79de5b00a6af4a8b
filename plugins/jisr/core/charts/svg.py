"""The pictures of the history as a page draws them: what stands where, along the line in per cent, down in pixels.

A line of years begins where the language begins to read; a map is the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jisr.core.charts.site_map import Point, Ring, frame_of, names, outline
from jisr.core.charts.timeline import Lane, Stop, lane, years_of
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Words

TITLE, MARK, FLAG, REST = 24, 15, 23, 12  # the heights of a lane's title, of a row of marks or names, and what is left below
AWAY = 7  # between a mark, or the line below it, and its name


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """The mark of a text: a rhombus for Arabic script, else round; hollow where the page's language lacks the text."""

    x: str
    y: int
    arabic: bool
    here: bool = True


@dataclass(frozen=True, slots=True)
class DrawnName:
    """Words beside a mark, or below it at the end of a line from ``top``; ``anchor`` and ``dx`` as SVG has them."""

    x: str
    y: str
    words: Words
    anchor: str
    dx: int
    top: int = 0


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A kind of text on the line: from ``top`` its title, its marks, and how many more there are at a time."""

    kind: str
    count: int
    top: int
    marks: tuple[DrawnMark, ...]
    more: tuple[tuple[str, int, int], ...]
    names: tuple[DrawnName, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A line of years: its height, the years below it, its lanes."""

    height: int
    ticks: tuple[tuple[str, int], ...]
    lanes: tuple[DrawnLane, ...]

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
    name: DrawnName | None


@dataclass(frozen=True, slots=True)
class CityMap:
    """The land around cities as a path of SVG, and the cities."""

    land: str
    cities: tuple[City, ...]


def draw_years(stops: Mapping[str, Sequence[Stop]], language: Language) -> Timeline | None:
    """Give the line of years of texts by kind, or None where there are not two of them to make a line."""
    years = years_of(stop.day for those in stops.values() for stop in those)
    if years is None or sum(map(len, stops.values())) < 2:
        return None
    top, drawn = 0, []
    for kind, those in stops.items():
        if those:
            found = lane(those, years)
            drawn.append(_lane(kind, len(those), found, top, language))
            top += TITLE + found.rows * MARK + found.flag_rows * FLAG + REST
    return Timeline(top, tuple((_along(x, language), year) for x, year in years.ticks()), tuple(drawn))


def _lane(kind: str, count: int, found: Lane, top: int, language: Language) -> DrawnLane:
    first = top + TITLE + MARK // 2
    below = top + TITLE + found.rows * MARK
    return DrawnLane(
        kind,
        count,
        top,
        tuple(DrawnMark(_along(one.x, language), first + one.row * MARK, one.arabic, one.here) for one in found.marks),
        tuple((_along(x, language), below - 2, number) for x, number in found.more),
        tuple(
            _name(_along(flag.x, language), str(below + flag.row * FLAG + 16), words, language, flag.back, below)
            for flag, words in found.flags
        ),
    )


def _name(x: str, y: str, words: Words, language: Language, back: bool, top: int) -> DrawnName:
    """Give a name that reads on along the line, or back; SVG anchors words by their own direction (SVG 2, 11.6)."""
    rightwards = (language.direction == "ltr") != back
    return DrawnName(x, y, words, _anchor(rightwards, words), AWAY if rightwards else -AWAY, top)


def _anchor(rightwards: bool, words: Words) -> str:
    return "start" if rightwards == (words.language.direction == "ltr") else "end"


def _along(x: float, language: Language) -> str:
    return percent(x if language.direction == "ltr" else 100 - x)


def percent(share: float) -> str:
    """Give a share as SVG has it.

    >>> percent(12.50), percent(100 - 33.3)
    ('12.5%', '66.7%')
    """
    return f"{round(share, 1):g}%"


def draw_map(places: Sequence[tuple[Point, Words]], coasts: Iterable[Ring], language: Language) -> CityMap | None:
    """Give a map of places by their coordinates, or None where none has any."""
    if not places:
        return None
    frame = frame_of([point for point, _ in places])
    spots = [frame.place(point) for point, _ in places]
    rhombic = language.script == "Arab"
    cities = []
    for one, (_, words) in zip(names(spots, [words.text for _, words in places]), places, strict=True):
        x, y, right = percent(one.x), percent(one.y), one.side == "right"
        said = DrawnName(x, y, words, _anchor(right, words), AWAY + 2 if right else -AWAY - 2) if one.side else None
        cities.append(City(x, y, rhombic, said))
    return CityMap(outline(coasts, frame), tuple(cities))
