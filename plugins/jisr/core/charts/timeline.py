"""Layout of a timeline: positions of marks in lanes, and placement of labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from jisr.core.frozen import dataclass
from jisr.core.model.document import LocalizedText

MAX_BINS = 40  # marks that fit side by side on the smallest screens
MAX_MARK_ROWS = 4  # stacked marks; further ones are counted
MAX_TICKS = 6  # years below the line
MAX_LABEL_ROWS = 4
LETTER_WIDTH = 2.6  # per cent of the line, on the smallest screens
MAX_TICK_POSITION = 88.0  # per cent of the line: a year further on would extend beyond it


@dataclass(frozen=True, slots=True)
class YearRange:
    """The range of whole years of a timeline, divided into bins of months: the precision of positions."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """Number of months."""
        return (self.last - self.first + 1) * 12

    @property
    def step(self) -> int:
        """Number of months that share a position.

        >>> YearRange(2009, 2026).step, YearRange(2025, 2026).step, YearRange(1900, 2026).step
        (6, 1, 60)
        """
        return next((step for step in (1, 2, 3, 4, 6, 12, 24, 60) if self.months <= step * MAX_BINS), 120)

    def position(self, day: date) -> float:
        """Return the position of a day, in per cent from the beginning of the line."""
        start = ((day.year - self.first) * 12 + day.month - 1) // self.step * self.step
        return round((start + min(start + self.step, self.months)) / 2 / self.months * 100, 1)

    def ticks(self) -> tuple[tuple[float, int], ...]:
        """Return the years below the line, each with the position of its beginning.

        >>> YearRange(2009, 2026).ticks()[:2]
        ((0.0, 2009), (16.7, 2012))
        """
        count = self.last - self.first + 1
        step = next((step for step in (1, 2, 3, 5, 10, 20) if count <= step * MAX_TICKS), 50)
        ticks = ((round((year - self.first) * 1200 / self.months, 1), year) for year in range(self.first, self.last + 1, step))
        return tuple(one for one in ticks if one[0] <= MAX_TICK_POSITION)


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A text on a timeline; ``arabic``: its original is in Arabic script."""

    day: date
    arabic: bool
    in_page_language: bool = True
    name: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """The mark of a text: its position in per cent along the line, and its row from above."""

    x: float
    row: int
    arabic: bool
    in_page_language: bool


@dataclass(frozen=True, slots=True)
class TimelineLabel:
    """A label below the marks; ``backward`` where it extends towards the beginning of the line."""

    x: float
    row: int
    name: str
    backward: bool = False

    @property
    def span(self) -> tuple[float, float]:
        """The start and end of the label, in per cent of the line."""
        width = len(self.name) * LETTER_WIDTH + 2
        return (self.x - width, self.x) if self.backward else (self.x, self.x + width)


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """The marks of one kind of text, oldest first; ``overflow`` counts, by position, marks that do not fit."""

    marks: tuple[TimelineMark, ...]
    overflow: tuple[tuple[float, int], ...] = ()
    labels: tuple[tuple[TimelineLabel, LocalizedText], ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows of marks."""
        return max((mark.row + 1 for mark in self.marks), default=0) + bool(self.overflow)

    @property
    def label_rows(self) -> int:
        """Number of rows of labels."""
        return max((label.row + 1 for label, _ in self.labels), default=0)


def year_range(days: Iterable[date]) -> YearRange | None:
    """Return the years from the first of some days to the last, or None without days."""
    years = [day.year for day in days]
    return YearRange(min(years), max(years)) if years else None


def layout_lane(items: Iterable[TimelineItem], years: YearRange) -> TimelineLane:
    """Return the marks of texts, stacked where they share a position, and the labels that fit below them."""
    piles: dict[float, list[TimelineItem]] = {}
    for item in sorted(items, key=lambda one: one.day):
        piles.setdefault(years.position(item.day), []).append(item)
    rows = ((x, row, one) for x, pile in piles.items() for row, one in enumerate(pile[:MAX_MARK_ROWS]))
    marks = (TimelineMark(x, row, one.arabic, one.in_page_language) for x, row, one in rows)
    overflow = ((x, len(pile) - MAX_MARK_ROWS) for x, pile in piles.items() if len(pile) > MAX_MARK_ROWS)
    names = {x: name for x, pile in piles.items() if (name := next((one.name for one in pile if one.name), None))}
    labels = layout_labels([(x, name.text) for x, name in names.items()])
    return TimelineLane(tuple(marks), tuple(overflow), tuple((one, names[one.x]) for one in labels))


def layout_labels(names: Sequence[tuple[float, str]]) -> tuple[TimelineLabel, ...]:
    """Return labels that overlap neither each other nor the lines to their marks; a label that fits nowhere is left out.

    >>> [(one.name, one.row) for one in layout_labels([(1.4, "فيليتري"), (18.1, "السليمانية"), (51.4, "بغداد")])]
    [('فيليتري', 1), ('السليمانية', 0), ('بغداد', 0)]
    """
    labels: list[TimelineLabel] = []
    for x, name in reversed(names):
        candidates = (TimelineLabel(x, row, name, backward) for backward in (False, True) for row in range(MAX_LABEL_ROWS))
        inside = (one for one in candidates if one.span[0] >= 0 and one.span[1] <= 100)
        if fit := next((one for one in inside if not any(_labels_overlap(one, other) for other in labels)), None):
            labels.insert(0, fit)
    return tuple(labels)


def _labels_overlap(one: TimelineLabel, other: TimelineLabel) -> bool:
    """Whether two labels overlap, or one of them covers the line to the other."""
    if one.row == other.row:
        return one.span[0] < other.span[1] and other.span[0] < one.span[1]
    upper, lower = sorted((one, other), key=lambda label: label.row)
    return upper.span[0] < lower.x < upper.span[1] or lower.x == upper.x
