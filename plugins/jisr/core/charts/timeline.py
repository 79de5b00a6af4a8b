"""A line of years: where texts stand on it, in lanes, and where the names of some of them fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from jisr.core.frozen import dataclass
from jisr.core.model.document import LocalizedText

MAX_BINS = 40  # marks that stand beside each other on the smallest screens
MAX_MARK_ROWS = 4  # marks above each other; more of them are counted
MAX_TICKS = 6  # years that are written below the line, at most
MAX_LABEL_ROWS = 4
LETTER_WIDTH = 2.6  # per cent of the line that a letter takes on the smallest screens
MAX_TICK_POSITION = 88.0  # per cent of the line: a year that is written further on would leave it


@dataclass(frozen=True, slots=True)
class YearRange:
    """The years of a line, each whole, and how many months share a mark: no text is said to stand more exactly than that."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many months there are in all."""
        return (self.last - self.first + 1) * 12

    @property
    def step(self) -> int:
        """How many months share a place on the line.

        >>> YearRange(2009, 2026).step, YearRange(2025, 2026).step, YearRange(1900, 2026).step
        (6, 1, 60)
        """
        return next((step for step in (1, 2, 3, 4, 6, 12, 24, 60) if self.months <= step * MAX_BINS), 120)

    def position(self, day: date) -> float:
        """Return where a day stands, in per cent from the beginning of the line."""
        begin = ((day.year - self.first) * 12 + day.month - 1) // self.step * self.step
        return round((begin + min(begin + self.step, self.months)) / 2 / self.months * 100, 1)

    def ticks(self) -> tuple[tuple[float, int], ...]:
        """Return the years to write below the line, each where it begins.

        >>> YearRange(2009, 2026).ticks()[:2]
        ((0.0, 2009), (16.7, 2012))
        """
        count = self.last - self.first + 1
        step = next((step for step in (1, 2, 3, 5, 10, 20) if count <= step * MAX_TICKS), 50)
        found = ((round((year - self.first) * 1200 / self.months, 1), year) for year in range(self.first, self.last + 1, step))
        return tuple(one for one in found if one[0] <= MAX_TICK_POSITION)


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A text on the line: ``arabic`` where it was first written in that script, ``here`` where the page's language has it."""

    day: date
    arabic: bool
    in_page_language: bool = True
    name: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """Where the mark of a text stands: per cent along the line, and which row from above."""

    x: float
    row: int
    arabic: bool
    here: bool


@dataclass(frozen=True, slots=True)
class TimelineLabel:
    """Where the name of a stop stands, below the marks; ``back`` where it reads towards the beginning of the line."""

    x: float
    row: int
    name: str
    backward: bool = False

    @property
    def span(self) -> tuple[float, float]:
        """From where to where the name reaches."""
        wide = len(self.name) * LETTER_WIDTH + 2
        return (self.x - wide, self.x) if self.backward else (self.x, self.x + wide)


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """The marks of one kind of text, oldest first; ``more`` tells how many stand above each other beyond those shown."""

    marks: tuple[TimelineMark, ...]
    overflow: tuple[tuple[float, int], ...] = ()
    labels: tuple[tuple[TimelineLabel, LocalizedText], ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of marks there are."""
        return max((mark.row + 1 for mark in self.marks), default=0) + bool(self.overflow)

    @property
    def label_rows(self) -> int:
        """How many rows of names there are."""
        return max((flag.row + 1 for flag, _ in self.labels), default=0)


def year_range(days: Iterable[date]) -> YearRange | None:
    """Return the years from the first of some days to the last, or None where there is none."""
    found = [day.year for day in days]
    return YearRange(min(found), max(found)) if found else None


def layout_lane(stops: Iterable[TimelineItem], years: YearRange) -> TimelineLane:
    """Return the marks of texts, those of one time above each other, and the names that fit below them."""
    piles: dict[float, list[TimelineItem]] = {}
    for stop in sorted(stops, key=lambda one: one.day):
        piles.setdefault(years.position(stop.day), []).append(stop)
    marks = (
        TimelineMark(x, row, one.arabic, one.in_page_language)
        for x, pile in piles.items()
        for row, one in enumerate(pile[:MAX_MARK_ROWS])
    )
    more = ((x, len(pile) - MAX_MARK_ROWS) for x, pile in piles.items() if len(pile) > MAX_MARK_ROWS)
    names = {x: name for x, pile in piles.items() if (name := next((one.name for one in pile if one.name), None))}
    fitting = layout_labels([(x, name.text) for x, name in names.items()])
    return TimelineLane(tuple(marks), tuple(more), tuple((one, names[one.x]) for one in fitting))


def layout_labels(named: Sequence[tuple[float, str]]) -> tuple[TimelineLabel, ...]:
    """Return where names stand so that none covers another or the line that leads to it; one that fits nowhere is left out.

    >>> [(one.name, one.row) for one in layout_labels([(1.4, "فيليتري"), (18.1, "السليمانية"), (51.4, "بغداد")])]
    [('فيليتري', 1), ('السليمانية', 0), ('بغداد', 0)]
    """
    placed: list[TimelineLabel] = []
    for x, name in reversed(named):
        tries = (TimelineLabel(x, row, name, back) for back in (False, True) for row in range(MAX_LABEL_ROWS))
        inside = (one for one in tries if one.span[0] >= 0 and one.span[1] <= 100)
        if fit := next((one for one in inside if not any(_labels_overlap(one, other) for other in placed)), None):
            placed.insert(0, fit)
    return tuple(placed)


def _labels_overlap(one: TimelineLabel, other: TimelineLabel) -> bool:
    """Whether two names cover each other, or one of them the line that leads from the marks to the other."""
    if one.row == other.row:
        return one.span[0] < other.span[1] and other.span[0] < one.span[1]
    upper, lower = sorted((one, other), key=lambda flag: flag.row)
    return upper.span[0] < lower.x < upper.span[1] or lower.x == upper.x
