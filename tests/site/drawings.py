"""The pictures of the sample site, drawn by this program and free for all (CC0): ``python -m tests.site.drawings``.

They are in the colours of the theme and show no person. Each is drawn twice as large as it is kept.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

CONTENT = Path(__file__).resolve().parents[2] / "content"
PAPER, TINT, WARM, INK = (248, 245, 238), (232, 225, 210), (240, 221, 200), (34, 38, 43)
RIVER, DEEP, PALE, MARK, CLAY = (15, 77, 99), (9, 52, 68), (143, 202, 223), (138, 67, 24), (205, 140, 92)
SCALE = 2
Colour = tuple[int, int, int]
Point = tuple[float, float]

# Courses of rivers as longitude and latitude, simplified by hand.
TIGRIS = (
    (40.2, 37.9), (41.1, 37.8), (41.9, 37.4), (42.4, 37.1), (42.8, 36.6), (43.13, 36.34), (43.3, 35.9), (43.25, 35.4),
    (43.6, 34.95), (43.68, 34.6), (43.87, 34.2), (44.2, 33.9), (44.37, 33.31), (44.75, 33.05), (45.1, 32.75),
    (45.83, 32.5), (46.4, 32.35), (47.15, 31.84), (47.3, 31.4), (47.43, 31.0), (47.82, 30.5), (48.2, 30.3),
    (48.47, 29.98), (48.7, 29.7),
)  # fmt: skip
EUPHRATES = (
    (38.3, 38.2), (38.0, 37.4), (38.0, 36.8), (38.3, 36.1), (39.0, 35.95), (40.15, 35.33), (40.6, 34.8), (40.92, 34.45),
    (41.6, 34.3), (42.1, 34.0), (42.82, 33.64), (43.3, 33.42), (43.78, 33.35), (44.1, 32.9), (44.43, 32.48),
    (44.8, 31.9), (45.28, 31.31), (46.26, 31.05), (46.9, 30.9), (47.43, 31.0),
)  # fmt: skip
BRANCHES = (
    ((44.4, 37.4), (44.0, 36.9), (43.7, 36.4), (43.35, 36.0)),  # Great Zab
    ((45.3, 36.1), (44.9, 35.8), (44.2, 35.5), (43.4, 35.25)),  # Little Zab
    ((46.0, 35.3), (45.5, 34.8), (45.0, 34.1), (44.45, 33.25)),  # Diyala
    ((46.6, 33.9), (46.9, 33.0), (47.7, 32.0), (48.25, 31.2), (48.2, 30.3)),  # Karun and Karkheh, as one line
)
CITIES = ((43.13, 36.34), (44.01, 36.19), (45.44, 35.56), (44.37, 33.31), (44.4, 32.5), (46.26, 31.05), (47.82, 30.5))


class Sheet:
    """A picture under way; measures are those of the finished one."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def line(self, points: Iterable[Point], colour: Colour, width: float) -> None:
        """Draw a line with round joints and ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, colour, round(width * SCALE), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            radius = width * SCALE / 2
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), colour)

    def shape(self, points: Iterable[Point], colour: Colour) -> None:
        """Fill a polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        self.draw.ellipse([(one) * SCALE for one in (x - radius, y - radius, x + radius, y + radius)], colour)

    def rhombus(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Fill a square on its corner, as the dots of Arabic script."""
        self.shape(((x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)), colour)

    def finish(self, grain: int = 0) -> Image.Image:
        """Return the picture in its size, with the grain of paper."""
        picture = self.image.resize(self.size, Image.Resampling.LANCZOS)
        if not grain:
            return picture
        noise = random.Random(7).randbytes(self.size[0] * self.size[1])
        spread = bytes(128 - grain + value * grain // 128 for value in range(256))
        paper = Image.frombytes("L", self.size, noise.translate(spread)).filter(ImageFilter.GaussianBlur(0.7))
        return ImageChops.add(picture, Image.merge("RGB", [paper] * 3), 1, -128)


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """Return a colour between two."""
    first, second, third = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return first, second, third


def smooth(points: Sequence[Point], steps: int = 14) -> list[Point]:
    """Return a curve through points (Catmull and Rom)."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_between(ax, bx, cx, dx, t), _between(ay, by, cy, dy, t)))
    return [*curve, points[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def draw_rivers() -> Image.Image:
    """Return the two rivers and what flows into them, with lines of height around them and the towns on their banks."""
    sheet = Sheet(1600, 1200, PAPER)

    def place(point: Point) -> Point:
        return 130 + (point[0] - 38) * 125, 60 + (38.4 - point[1]) * 124

    rivers = [[place(one) for one in smooth(points)] for points in (TIGRIS, EUPHRATES, *BRANCHES)]
    for width in range(330, 40, -34):
        shade = mix(PAPER, WARM, (370 - width) / 330)
        for colour, radius in ((mix(shade, CLAY, 0.16), width / 2 + 1.5), (shade, width / 2)):
            for point in (one for river in rivers for one in river):
                sheet.disc(*point, radius, colour)
    x, y = place((48.45, 30.0))
    sea = smooth(
        [(x - 60, 1210), (x - 40, y + 70), (x + 10, y + 20), (x + 90, y + 60), (x + 200, y + 30), (1700, y + 90), (1700, 1210)]
    )
    sheet.shape(sea, RIVER)
    for river in rivers[2:]:
        sheet.line(river, RIVER, 6)
    sheet.line(rivers[1], RIVER, 12)
    sheet.line(rivers[0], RIVER, 15)
    for city in CITIES:
        sheet.rhombus(*place(city), 21, PAPER)
        sheet.rhombus(*place(city), 15, MARK)
    return sheet.finish()


def draw_bridge() -> Image.Image:
    """Return a poster: a bridge of three arches over striped water, and one dot below the middle arch."""
    sheet = Sheet(1200, 1500, WARM)
    for number in range(9):
        sheet.shape(_band(1200, 130 + number * 62, 20 + number * 4, 62), mix(WARM, CLAY, 0.12 + number * 0.06))
    sheet.shape(((0, 690), (1200, 690), (1200, 960), (0, 960)), INK)
    for x, radius in ((210, 135), (600, 215), (990, 135)):
        sheet.disc(x, 960, radius, mix(WARM, CLAY, 0.55))
        sheet.shape(((x - radius, 960), (x + radius, 960), (x + radius, 1010), (x - radius, 1010)), mix(WARM, CLAY, 0.55))
    sheet.shape(((0, 960), (75, 960), (75, 1010), (0, 1010)), INK)
    for left, right in ((345, 385), (815, 855), (1125, 1200)):
        sheet.shape(((left, 960), (right, 960), (right, 1010), (left, 1010)), INK)
    sheet.shape(((0, 1000), (1200, 1000), (1200, 1500), (0, 1500)), RIVER)
    for number in range(11):
        y = 1032 + number * 44
        shade = mix(RIVER, PALE, 0.5 - number * 0.042)
        reach = 60 + number * 46
        sheet.line([(600 - reach + 10 * math.sin(number), y), (600 + reach, y)], shade, 11 - number * 0.5)
    sheet.rhombus(600, 905, 66, MARK)
    return sheet.finish()


def _band(width: int, y: float, wave: float, height: float) -> list[Point]:
    upper = [(x, y + wave * math.sin(x / width * 2 * math.pi + y / 90)) for x in range(0, width + 1, 10)]
    return [*upper, (width, y + height + 200), (0, y + height + 200)]


def draw_hall() -> Image.Image:
    """Return a meeting hall from above: rows of seats around a table, two scripts in turn."""
    sheet = Sheet(1600, 1100, DEEP)
    x, y = 800, 1010
    for number in range(14, 0, -1):
        sheet.disc(x, y, 130 + number * 66, mix(RIVER, DEEP, number / 14))
    for row in range(11):
        radius, count = 250 + row * 66, 13 + row * 3
        for seat in range(count):
            angle = math.pi * (0.06 + 0.88 * seat / (count - 1))
            if abs(angle - math.pi / 2) < 30 / radius:
                continue
            place = (x - radius * math.cos(angle), y - radius * math.sin(angle))
            taken = (seat * 7 + row * 5) % 11
            colour = PALE if taken in (0, 4, 7) else mix(PAPER, WARM, 0.5) if taken % 2 else CLAY
            if (seat + row) % 2:
                sheet.rhombus(*place, 19, colour)
            else:
                sheet.disc(*place, 15, colour)
    sheet.disc(x, y, 150, WARM)
    sheet.disc(x, y, 118, PAPER)
    sheet.rhombus(x, y - 40, 42, MARK)
    return sheet.finish(grain=3)


def draw_water() -> Image.Image:
    """Return water as rows of scales, each of arcs that grow lighter inwards."""
    sheet = Sheet(1600, 1067, RIVER)
    for row in range(-1, 15):
        for column in range(-1, 15):
            x, y = column * 120 + (row % 2) * 60, 60 + row * 84
            light = 0.5 + 0.5 * math.sin(column * 0.55 + row * 0.4)
            for ring in range(5):
                shade = mix(mix(DEEP, RIVER, light), PALE, ring * 0.2 * (0.35 + 0.65 * light))
                sheet.disc(x, y + 60, 84 - ring * 17, shade)
            if (row * 5 + column * 3) % 17 == 0:
                sheet.rhombus(x, y + 40, 13, CLAY)
    return sheet.finish(grain=3)


def draw_reeds() -> Image.Image:
    """Return reeds in still water in the evening, with a boat of the marshes between them."""
    sheet, dice = Sheet(1600, 1067, WARM), random.Random(4)
    for number in range(12):
        sheet.shape(((0, number * 48), (1600, number * 48), (1600, 1067), (0, 1067)), mix(WARM, CLAY, number / 13))
    for number in range(14):
        y = 560 + number * 38
        sheet.shape(((0, y), (1600, y), (1600, 1067), (0, 1067)), mix(mix(CLAY, RIVER, 0.55), DEEP, number / 14))
    boat = smooth([(560, 690), (640, 742), (800, 756), (960, 742), (1075, 676)]) + smooth(
        [(1075, 676), (1000, 722), (800, 730), (560, 690)]
    )
    sheet.shape(boat, INK)
    for number in range(5):
        y = 776 + number * 17
        sheet.line([(640 + number * 30, y), (1010 - number * 36, y)], mix(INK, RIVER, 0.2 + number * 0.14), 5)
    for number in range(150):
        x = (dice.random() ** 2 * 560) if number % 2 else 1600 - dice.random() ** 2 * 480
        foot, height = 700 + dice.random() * 380, 260 + dice.random() * 420
        lean = (dice.random() - 0.4) * 130
        stem = [(x + lean * t * t, foot - height * t) for t in (step / 12 for step in range(13))]
        colour = mix(INK, DEEP, dice.random())
        sheet.line(stem, colour, 2.5 + 3 * dice.random())
        top = stem[-1]
        sheet.shape(
            (top, (top[0] + 9, top[1] - 30), (top[0] + lean * 0.16, top[1] - 74), (top[0] - 9, top[1] - 26)),
            mix(colour, MARK, 0.5),
        )
    return sheet.finish(grain=3)


def draw_dots() -> Image.Image:
    """Return the dots of two scripts, rhombs and circles, that pass into each other from one side to the other."""
    sheet, dice = Sheet(1600, 900, PAPER), random.Random(11)
    for row in range(12):
        for column in range(22):
            part = (column + dice.random() * 6 - 3) / 21
            x, y = 60 + column * 70.5, 65 + row * 70.5
            size = 15 + 13 * (0.5 + 0.5 * math.sin(column * 0.5 + row * 0.65))
            if part < 0.5:
                sheet.disc(x, y, size * 0.86, mix(RIVER, PALE, 0.5 * dice.random()))
            else:
                sheet.rhombus(x, y, size * 1.12, mix(MARK, CLAY, 0.6 * dice.random()))
    return sheet.finish(grain=3)


PICTURES: tuple[tuple[Callable[[], Image.Image], tuple[str, ...]], ...] = (
    (
        draw_rivers,
        (
            "pages/about/rivers.png",
            "conferences/2011-third-conference-erbil/rivers.png",
            "statements/2026-a-year-of-water/rivers.png",
        ),
    ),
    (draw_hall, ("conferences/2009-rome-conference/hall.jpg", "conferences/2018-point-baghdad/hall.jpg")),
    (draw_bridge, ("conferences/2018-point-baghdad/poster.png",)),
    (draw_water, ("conferences/2018-point-baghdad/water.webp", "conferences/2030-rivers-conference/water.webp")),
    (draw_reeds, ("posts/dijla-notes/river-walk/reeds.jpg", "statements/2026-river-day/reeds.jpg")),
    (draw_dots, ("posts/penus/two-alphabets/dots.webp", "news/2024-evening-school/dots.webp")),
)  # fmt: skip


def main(folder: Path = CONTENT) -> None:
    """Draw all pictures into a content folder."""
    for draw, names in PICTURES:
        picture = draw()
        for name in names:
            file = folder / name
            if file.suffix == ".png":
                picture.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
            elif file.suffix == ".webp":
                picture.save(file, quality=86, method=6)
            else:
                picture.save(file, quality=86, optimize=True)


if __name__ == "__main__":
    main()
