"""Layout of a map of cities: the part of the earth it shows, positions of points and coasts, placement of labels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import cos, dist, radians

from jisr.core.frozen import dataclass

Point = tuple[float, float]  # longitude and latitude in degrees; on a map, per cent from its left and upper edges
Ring = tuple[Point, ...]

ASPECT_RATIO = 1.6  # width of a map by its height, as in the theme
MIN_LONGITUDE_SPAN = 14.0  # degrees of longitude: a single city needs its surroundings
VIEWBOX_WIDTH = 1000  # units of SVG
MIN_WIDTH_PX = 326  # width of a map on the smallest screens: labels that fit there fit everywhere


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """The part of the earth that a map shows, in degrees; a degree of longitude has the width that it has at mid-latitude."""

    west: float
    south: float
    east: float
    north: float

    def project(self, point: Point) -> Point:
        """Return the position of a point, in per cent from the left and from above.

        >>> BoundingBox(40, 30, 50, 40).project((44.0, 36.0))
        (40.0, 40.0)
        """
        x = (point[0] - self.west) / (self.east - self.west) * 100
        y = (self.north - point[1]) / (self.north - self.south) * 100
        return round(x, 1), round(y, 1)


@dataclass(frozen=True, slots=True)
class MapLabel:
    """The position of a label: on the ``right`` or ``left`` of its point, or empty where it does not fit."""

    x: float
    y: float
    side: str = ""


def parse_coastlines(text: str) -> tuple[Ring, ...]:
    """Parse coastlines: one ring a line, in tenths of a degree, each point as an offset from the one before.

    >>> parse_coastlines("440 360 5 0 0 -5")
    (((44.0, 36.0), (44.5, 36.0), (44.5, 35.5)),)
    """
    rings = []
    for line in text.splitlines():
        numbers = [int(word) for word in line.split()]
        x = y = 0
        ring = []
        for right, up in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + up
            ring.append((x / 10, y / 10))
        rings.append(tuple(ring))
    return tuple(rings)


def fit_bounding_box(points: Sequence[Point]) -> BoundingBox:
    """Return the bounding box that shows points with a margin, in the aspect ratio of maps."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    scale = max(cos(radians(middle[1])), 0.1)
    width = max((max(xs) - min(xs)) * 1.3, (max(ys) - min(ys)) * 1.4 * ASPECT_RATIO / scale, MIN_LONGITUDE_SPAN)
    height = width * scale / ASPECT_RATIO
    return BoundingBox(middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2)


def coastline_path(rings: Iterable[Ring], frame: BoundingBox) -> str:
    """Return the coasts within a bounding box as an SVG path, for a view box ``VIEWBOX_WIDTH`` wide (SVG 2, 9.3).

    Details smaller than two units are left out, so that the size of a path is bounded however much of the earth it shows.

    >>> coastline_path([((41.0, 31.0), (49.0, 31.0), (49.0, 39.0), (41.0, 39.0))], BoundingBox(40, 30, 50, 40))
    'M100 562h800v-500h-800z'
    """
    margin = (frame.east - frame.west) / 50  # beyond the bounding box, so that its edges are not drawn as coasts
    wider = BoundingBox(frame.west - margin, frame.south - margin, frame.east + margin, frame.north + margin)
    return "".join(_ring_path(_clip_ring(ring, wider), frame) for ring in rings)


def river_path(rivers: Iterable[Ring], frame: BoundingBox) -> str:
    """Return the rivers within a bounding box as an SVG path, for the view box of ``coastline_path``.

    >>> river_path([((41.0, 31.0), (49.0, 39.0)), ((1.0, 1.0), (2.0, 2.0))], BoundingBox(40, 30, 50, 40))
    'M100 562l800-500'
    """
    return "".join(_line_path(part, frame) for river in rivers for part in _parts_within(river, frame))


def _parts_within(river: Ring, frame: BoundingBox) -> Iterator[list[Point]]:
    """Return the parts of a line that lie in a bounding box, each with its neighbours outside."""
    part: list[Point] = []
    for before, point in itertools.pairwise(river):
        if _contains(frame, before) or _contains(frame, point):
            part = [*(part or [before]), point]
        elif part:
            yield part
            part = []
    if part:
        yield part


def _contains(frame: BoundingBox, point: Point) -> bool:
    return frame.west <= point[0] <= frame.east and frame.south <= point[1] <= frame.north


def _line_path(line: Sequence[Point], frame: BoundingBox) -> str:
    points = [_view_point(one, frame) for one in line]
    return f"M{points[0][0]} {points[0][1]}{_path_steps(points)}"


def _path_steps(points: Sequence[tuple[int, int]]) -> str:
    return "".join(_path_step(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(points) if (a, b) != (x, y))


def _view_point(point: Point, frame: BoundingBox) -> tuple[int, int]:
    x, y = frame.project(point)
    return round(x * VIEWBOX_WIDTH / 100), round(y * VIEWBOX_WIDTH / ASPECT_RATIO / 100)


def group_points(points: Sequence[Point]) -> tuple[tuple[Point, ...], ...]:
    """Return points in groups that lie together, the largest first: each group has a map of its own.

    >>> group_points([(12.8, 41.7), (44.4, 33.3), (45.4, 35.6)])
    (((44.4, 33.3), (45.4, 35.6)), ((12.8, 41.7),))
    """
    groups: list[list[Point]] = []
    for point in points:
        near = [group for group in groups if any(dist(point, one) <= MIN_LONGITUDE_SPAN for one in group)]
        groups = [group for group in groups if group not in near] + [[*itertools.chain(*near), point]]
    return tuple(tuple(sorted(group)) for group in sorted(groups, key=lambda group: (-len(group), sorted(group))))


def _ring_path(ring: list[Point], frame: BoundingBox) -> str:
    points: list[tuple[int, int]] = []
    for one in ring:
        point = _view_point(one, frame)
        if not points or abs(point[0] - points[-1][0]) + abs(point[1] - points[-1][1]) > 2:
            points.append(point)
    if len(points) < 4:
        return ""
    return f"M{points[0][0]} {points[0][1]}{_path_steps(points)}z"


def _path_step(right: int, down: int) -> str:
    if not down:
        return f"h{right}"
    if not right:
        return f"v{down}"
    return f"l{right}{'' if down < 0 else ' '}{down}"


def _clip_ring(ring: Sequence[Point], frame: BoundingBox) -> list[Point]:
    """Return a ring clipped to a bounding box (Sutherland and Hodgman: https://doi.org/10.1145/360767.360802)."""
    points = list(ring)
    for axis, bound, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        points = list(_clip_edge(points, axis, lambda value, bound=bound, sign=sign: (value - bound) * sign))  # type: ignore[misc]
    return points


def _clip_edge(ring: Sequence[Point], axis: int, inside: Callable[[float], float]) -> Iterator[Point]:
    for before, point in zip((*ring[-1:], *ring[:-1]), ring, strict=True):
        distance, before_distance = inside(point[axis]), inside(before[axis])
        if (distance >= 0) != (before_distance >= 0):
            share = before_distance / (before_distance - distance)
            yield (before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share)
        if distance >= 0:
            yield point


def place_labels(points: Sequence[Point], names: Sequence[str]) -> tuple[MapLabel, ...]:
    """Return the positions of labels beside points in per cent, so that none overlaps another on the smallest screens.

    >>> [one.side for one in place_labels([(90.0, 40.0), (90.0, 70.0), (90.5, 41.0)], ["السليمانية", "بغداد", "هەولێر"])]
    ['left', 'left', '']
    """
    dots = [_label_box(x * MIN_WIDTH_PX / 100 - 7, y * MIN_WIDTH_PX / ASPECT_RATIO / 100, 14) for x, y in points]
    boxes: list[tuple[float, float, float, float]] = []
    labels = []
    for number, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        x_px, y_px, width = x * MIN_WIDTH_PX / 100, y * MIN_WIDTH_PX / ASPECT_RATIO / 100, len(name) * 8.5
        sides = {"right": _label_box(x_px + 9, y_px, width), "left": _label_box(x_px - 9 - width, y_px, width)}
        others = boxes + dots[:number] + dots[number + 1 :]
        inside = ((side, box) for side, box in sides.items() if box[0] >= 0 and box[2] <= MIN_WIDTH_PX)
        side = next((side for side, box in inside if not any(_boxes_overlap(box, one) for one in others)), "")
        if side:
            boxes.append(sides[side])
        labels.append(MapLabel(x, y, side))
    return tuple(labels)


def _label_box(left: float, middle: float, width: float) -> tuple[float, float, float, float]:
    return (left, middle - 9, left + width, middle + 9)


def _boxes_overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
