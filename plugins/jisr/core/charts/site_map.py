"""A map of points on the earth: which part of it is shown, where points and coasts stand in it, where names fit."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import cos, radians

from jisr.core.frozen import dataclass

Point = tuple[float, float]  # longitude and latitude in degrees; in a frame, per cent from its left and upper edges
Ring = tuple[Point, ...]

ASPECT_RATIO = 1.6  # the width of a frame by its height, as the theme draws it
MIN_LONGITUDE_SPAN = 14.0  # degrees of longitude that a frame has at least: one city needs its surroundings
VIEWBOX_WIDTH = 1000  # in which a frame is measured across
MIN_WIDTH_PX = 326  # pixels that a frame has on the smallest screens: names that fit there fit everywhere


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """The part of the earth that a map shows, in degrees; a degree of longitude is as wide as in its middle."""

    west: float
    south: float
    east: float
    north: float

    def project(self, point: Point) -> Point:
        """Return where a point stands, in per cent from the left and from above.

        >>> BoundingBox(40, 30, 50, 40).project((44.0, 36.0))
        (40.0, 40.0)
        """
        x, y = point
        return (
            round((x - self.west) / (self.east - self.west) * 100, 1),
            round((self.north - y) / (self.north - self.south) * 100, 1),
        )


@dataclass(frozen=True, slots=True)
class MapLabel:
    """Where the name of a point stands: to the ``right`` or left of it, or nowhere where there is no room."""

    x: float
    y: float
    side: str = ""


def parse_coastlines(text: str) -> tuple[Ring, ...]:
    """Return the rings of an outline: a line each, whole tenths of a degree, every point as steps from the one before.

    >>> parse_coastlines("440 360 5 0 0 -5")
    (((44.0, 36.0), (44.5, 36.0), (44.5, 35.5)),)
    """
    found = []
    for line in text.splitlines():
        numbers = [int(word) for word in line.split()]
        x = y = 0
        ring = []
        for right, up in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + up
            ring.append((x / 10, y / 10))
        found.append(tuple(ring))
    return tuple(found)


def fit_bounding_box(points: Sequence[Point]) -> BoundingBox:
    """Return the frame that shows points with room around them, in the shape of all maps."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    shrunk = max(cos(radians(middle[1])), 0.1)
    wide = max((max(xs) - min(xs)) * 1.3, (max(ys) - min(ys)) * 1.4 * ASPECT_RATIO / shrunk, MIN_LONGITUDE_SPAN)
    high = wide * shrunk / ASPECT_RATIO
    return BoundingBox(middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)


def coastline_path(rings: Iterable[Ring], frame: BoundingBox) -> str:
    """Return the coasts within a frame as the path of an SVG picture that is ``VIEWBOX_WIDTH`` wide (SVG 2, 9.3).

    What would be smaller than two units is left out, so that a path has a bounded size however much of the earth it shows.

    >>> coastline_path([((41.0, 31.0), (49.0, 31.0), (49.0, 39.0), (41.0, 39.0))], BoundingBox(40, 30, 50, 40))
    'M100 562h800v-500h-800z'
    """
    edge = (frame.east - frame.west) / 50  # beyond the frame, so that its edges are no coasts
    wider = BoundingBox(frame.west - edge, frame.south - edge, frame.east + edge, frame.north + edge)
    return "".join(_ring_path(_clip_ring(ring, wider), frame) for ring in rings)


def _ring_path(ring: list[Point], frame: BoundingBox) -> str:
    points: list[tuple[int, int]] = []
    for one in ring:
        x, y = frame.project(one)
        point = (round(x * VIEWBOX_WIDTH / 100), round(y * VIEWBOX_WIDTH / ASPECT_RATIO / 100))
        if not points or abs(point[0] - points[-1][0]) + abs(point[1] - points[-1][1]) > 2:
            points.append(point)
    if len(points) < 4:
        return ""
    steps = "".join(_path_step(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(points))
    return f"M{points[0][0]} {points[0][1]}{steps}z"


def _path_step(right: int, down: int) -> str:
    if not down:
        return f"h{right}"
    if not right:
        return f"v{down}"
    return f"l{right}{'' if down < 0 else ' '}{down}"


def _clip_ring(ring: Sequence[Point], frame: BoundingBox) -> list[Point]:
    """Return what of a ring lies within a frame (Sutherland and Hodgman: https://doi.org/10.1145/360767.360802)."""
    found = list(ring)
    for axis, bound, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        found = list(_clip_edge(found, axis, lambda value, bound=bound, sign=sign: (value - bound) * sign))  # type: ignore[misc]
    return found


def _clip_edge(ring: Sequence[Point], axis: int, inside: Callable[[float], float]) -> Iterator[Point]:
    for before, point in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
        here, there = inside(point[axis]), inside(before[axis])
        if (here >= 0) != (there >= 0):
            share = there / (there - here)
            yield (before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share)
        if here >= 0:
            yield point


def place_labels(points: Sequence[Point], words: Sequence[str]) -> tuple[MapLabel, ...]:
    """Return where names stand beside their points, given in per cent, so that none covers another on the smallest screen.

    >>> [one.side for one in place_labels([(90.0, 40.0), (90.0, 70.0), (90.5, 41.0)], ["السليمانية", "بغداد", "هەولێر"])]
    ['left', 'left', '']
    """
    dots = [_label_box(x * MIN_WIDTH_PX / 100 - 7, y * MIN_WIDTH_PX / ASPECT_RATIO / 100, 14) for x, y in points]
    taken: list[tuple[float, float, float, float]] = []
    found = []
    for number, ((x, y), said) in enumerate(zip(points, words, strict=True)):
        across, down, wide = x * MIN_WIDTH_PX / 100, y * MIN_WIDTH_PX / ASPECT_RATIO / 100, len(said) * 8.5
        sides = {"right": _label_box(across + 9, down, wide), "left": _label_box(across - 9 - wide, down, wide)}
        others = taken + dots[:number] + dots[number + 1 :]
        inside = ((side, box) for side, box in sides.items() if box[0] >= 0 and box[2] <= MIN_WIDTH_PX)
        side = next((side for side, box in inside if not any(_boxes_overlap(box, one) for one in others)), "")
        if side:
            taken.append(sides[side])
        found.append(MapLabel(x, y, side))
    return tuple(found)


def _label_box(left: float, middle: float, wide: float) -> tuple[float, float, float, float]:
    return (left, middle - 9, left + wide, middle + 9)


def _boxes_overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
