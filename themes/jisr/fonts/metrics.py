"""Prints how wide Vazirmatn is beside a font that readers have, by the words of texts: the size-adjust of static/css/fonts.css.

Install fonttools, brotli and uharfbuzz, and run

    python metrics.py Vazirmatn[wght].ttf WEIGHT THEIR_FONT TEXT...

Its ascent-override and descent-override are those of Vazirmatn, divided by that. Latin letters are as large as the style
sheet makes them.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

LATIN_SIZE = 0.94  # size-adjust of Latin letters in static/css/fonts.css


def load(path: str, weight: int) -> uharfbuzz.Font:
    """Return a font at a weight."""
    font = TTFont(path)
    font.flavor = None
    data = io.BytesIO()
    font.save(data)
    loaded = uharfbuzz.Font(uharfbuzz.Face(data.getvalue()))
    loaded.set_variations({"wght": weight})
    return loaded


def width(font: uharfbuzz.Font, words: list[str]) -> float:
    """Return the width of words with a space behind each, in em."""
    total = 0
    for word in words:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(f"{word} ")
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        total += sum(position.x_advance for position in buffer.glyph_positions)
    return total / font.face.upem


def main(own: str, weight: str, other: str, *texts: str) -> None:
    """Print the ratio."""
    words = " ".join(Path(text).read_text("utf-8") for text in texts).split()
    is_arabic = sum("\u0600" <= letter <= "\u06ff" for word in words for letter in word) * 2 > sum(map(len, words))
    size = 1.0 if is_arabic else LATIN_SIZE
    ratio = size * width(load(own, int(weight)), words) / width(load(other, int(weight)), words)
    sys.stdout.write(f"{ratio:.2%}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
