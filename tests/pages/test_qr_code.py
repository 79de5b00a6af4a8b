"""The code that a page prints says its address: a decoder of other people reads it."""

from __future__ import annotations

import random
import re

import pytest

from jisr.pages.document.qr_code import QrEncoder, draw_code
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
    svg = draw_code(url, QrEncoder()).decode()
    assert read_drawing(svg) == [url]
    assert draw_code(url, QrEncoder()).decode() == svg
    assert re.fullmatch(
        r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="[\d ]+">(?:<path [a-z]+="#\w+" d="[^"<>]+"/>){2}</svg>', svg
    )


def test_a_code_is_the_same_whatever_was_encoded_before() -> None:
    """A code that is made of those of other addresses, whose lengths and letters are others, is what segno makes of its own."""
    chance = random.Random(18)
    urls = [f"https://a.example/{'~é%0-z'[number % 7 :]}{chance.randrange(10 ** (number % 12 + 1))}/" for number in range(400)]
    encoder = QrEncoder()
    made = [draw_code(url, encoder) for url in urls]
    assert made[::9] == [draw_code(url, QrEncoder()) for url in urls[::9]]
    assert sum(len(one) for one in encoder.sums.values()) < len(urls) / 2, "most are sums"
