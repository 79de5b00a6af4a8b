"""Makes land.txt and rivers.txt, the coasts and rivers of the world as this theme draws them, from those of Natural Earth.

Unpack the npm package world-atlas, version 2.0.2 (https://github.com/topojson/world-atlas), take the rivers and lake
centerlines of Natural Earth, 1:50m, as GeoJSON (https://www.naturalearthdata.com), and run

    python outline.py FOLDER/land-50m.json ne_50m_rivers_lake_centerlines.geojson

A line of land.txt is a coast, a closed ring: longitude and latitude of its first point in tenths of a degree, then how far
each next point lies from the one before it. Islands smaller than Crete are left out, Antarctica too; what reaches
over the 180th meridian goes on beyond it. A line of rivers.txt is a river, or a part of one, from end to end.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any

Point = tuple[float, float]
HERE = Path(__file__).parent
TOLERANCE = 0.2  # degrees by which a simplified coast may differ
SMALLEST = 0.7  # square degrees


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file in degrees (https://github.com/topojson/topojson-specification, 2.1.3)."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for right, up in arc:
            x, y = x + right, y + up
            points.append((x * wide + west, y * high + south))
        found.append(points)
    return found


def rings_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return every ring of the land."""
    arcs, rings = arcs_of(topology), []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for numbers in (ring for polygon in polygons for ring in polygon):
            points: list[Point] = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            rings.append(whole(points))
    return rings


def whole(ring: list[Point]) -> list[Point]:
    """Return a ring that goes on beyond the 180th meridian, instead of back around the earth."""
    found, turned = ring[:1], 0
    for (before, _), (x, y) in itertools.pairwise(ring):
        turned += 360 * ((x - before < -180) - (x - before > 180))
        found.append((x + turned, y))
    middle = (min(x for x, _ in found) + max(x for x, _ in found)) / 2
    return [(x - 360 * round(middle / 360), y) for x, y in found]


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Return a line with fewer points, by the way of Ramer, Douglas and Peucker."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = math.hypot(x1 - x0, y1 - y0)

    def off(x: float, y: float) -> float:
        across = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0))
        return across / length if length else math.hypot(x - x0, y - y0)

    far, at = max((off(*points[number]), number) for number in range(1, len(points) - 1))
    if far <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: at + 1], tolerance)[:-1] + simplified(points[at:], tolerance)


def area(ring: list[Point]) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def line(points: list[Point]) -> str:
    """Return points as a line of the file."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = (f"{x - a} {y - b}" for (a, b), (x, y) in itertools.pairwise(tenths) if (x, y) != (a, b))
    return " ".join([f"{tenths[0][0]} {tenths[0][1]}", *steps])


def write_rivers(source: Path) -> None:
    """Write the rivers that are longer than a degree."""
    shapes = [feature["geometry"] for feature in json.loads(source.read_text("utf-8"))["features"] if feature["geometry"]]
    lists = [one["coordinates"] if one["type"] == "MultiLineString" else [one["coordinates"]] for one in shapes]
    parts = itertools.chain.from_iterable(lists)
    long = (part for part in parts if sum(itertools.starmap(math.dist, itertools.pairwise(part))) > 1)
    lines = [line(simplified([(x, y) for x, y in part], TOLERANCE / 2)) for part in long]
    (HERE / "rivers.txt").write_text("\n".join(lines) + "\n", "ascii")
    sys.stdout.write(f"{len(lines)} rivers, {(HERE / 'rivers.txt').stat().st_size} bytes\n")


def write_coasts(source: Path) -> None:
    """Write the coasts."""
    lines = []
    for ring in rings_of(json.loads(source.read_text("utf-8"))):
        if area(ring) < SMALLEST or max(y for _, y in ring) < -60:
            continue
        half = len(ring) // 2
        short = simplified(ring[: half + 1], TOLERANCE)[:-1] + simplified(ring[half:], TOLERANCE)
        if len(short) > 4:
            lines.append(line(short[:-1]))
    (HERE / "land.txt").write_text("\n".join(lines) + "\n", "ascii")
    sys.stdout.write(f"{len(lines)} coasts, {(HERE / 'land.txt').stat().st_size} bytes\n")


if __name__ == "__main__":
    write_coasts(Path(sys.argv[1]))
    write_rivers(Path(sys.argv[2]))
