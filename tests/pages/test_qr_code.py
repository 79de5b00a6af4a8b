"""The code that a page prints says its address: a decoder of other people reads it."""

from __future__ import annotations

import re

import pytest

from jisr.pages.document.qr_code import draw_code
from tests.conftest import lacking

SCALE = 4


def read_drawing(svg: str) -> list[str]:
    """Return what a decoder reads in a drawing whose path has one line of each row of modules."""
    try:
        import zxingcpp
    except ModuleNotFoundError:
        lacking("zxing-cpp")
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])  # type: ignore[index]
    modules = [bytearray(b"\xff" * side) for _ in range(side)]
    x, y = 0.0, 0.0
    for sign, *numbers in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", re.search(r'stroke="#000" d="([^"]+)"', svg)[1]):  # type: ignore[index]
        first, second = float(numbers[0]), float(numbers[1] or 0)
        if sign == "h":
            modules[int(y)][int(x) : int(x + first)] = bytes(int(first))
            x += first
        else:
            x, y = (first, second) if sign == "M" else (x + first, y + second)
    pixels = b"".join(bytes(one for one in row for _ in range(SCALE)) * SCALE for row in modules)
    image = memoryview(pixels).cast("B", (side * SCALE, side * SCALE))
    return [one.text for one in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/en/x/",
        "http://localhost:8000/ckb/statements/2012-first-bloggers-conference/",
        "https://xn--mgbaakc7dvf.example/ar/posts/dijla-notes/2026-11-30-a-boat-on-the-tigris/",
        "https://site.example/%D8%B4%D8%A8%D9%83%D8%A9/kmr/news/x/",
        f"https://site.example/net/fr/posts/{'m' * 100}/{'x' * 200}/",
    ],
)
def test_a_code_says_its_address(url: str) -> None:
    """Whatever the address of a page, the code is that address to the letter, twice the same, and nothing but shapes."""
    svg = draw_code(url).decode()
    assert read_drawing(svg) == [url]
    assert draw_code(url).decode() == svg
    assert re.fullmatch(
        r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="[\d ]+">(?:<path [a-z]+="#\w+" d="[^"<>]+"/>){2}</svg>', svg
    )
