"""Shapes as masks: the logo, and the dots that mark the two scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

SUPERSAMPLING = 4  # shapes are drawn larger by this factor, then reduced: Pillow has no antialiasing


def draw_logo_bridge(side: int) -> Image.Image:
    """Draw the bridge of the logo: static/icon.svg, whose sides are 72."""
    unit = side * SUPERSAMPLING / 72

    def shape(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((0, 20 * unit, 72 * unit, 52 * unit), fill=255)
        for left, right, spring in ((3, 18, 47), (23, 49, 43), (54, 69, 47)):
            half = (right - left) / 2
            draw.rectangle((left * unit, spring * unit, right * unit, 53 * unit), fill=0)
            draw.ellipse((left * unit, (spring - half) * unit, right * unit, (spring + half) * unit), fill=0)

    return _rasterize(side, shape)


def draw_logo_dot(side: int) -> Image.Image:
    """Draw the dot of the logo, below its middle arch."""
    unit = side * SUPERSAMPLING / 72
    points = [(x * unit, y * unit) for x, y in ((36, 38.5), (42.5, 45), (36, 51.5), (29.5, 45))]
    return _rasterize(side, lambda draw: draw.polygon(points, fill=255))


@cache
def draw_rhombus(side: int) -> Image.Image:
    """Draw the dot of Arabic script."""
    end = side * SUPERSAMPLING - 1
    points = [(end / 2, 0), (end, end / 2), (end / 2, end), (0, end / 2)]
    return _rasterize(side, lambda draw: draw.polygon(points, fill=255))


@cache
def draw_disc(side: int) -> Image.Image:
    """Draw the dot of Latin script."""
    end = side * SUPERSAMPLING
    return _rasterize(side, lambda draw: draw.ellipse((end * 0.1, end * 0.1, end * 0.9, end * 0.9), fill=255))


def _rasterize(side: int, shape: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    from PIL import Image, ImageDraw

    large = Image.new("L", (side * SUPERSAMPLING, side * SUPERSAMPLING), 0)
    shape(ImageDraw.Draw(large))
    return large.resize((side, side), Image.Resampling.BOX)
