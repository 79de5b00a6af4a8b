"""The site looks as it did when somebody last looked at it.

Small pictures of first screens stand in ``pictures/``. After a change that is meant, ``JISR_PICTURES=renew pytest
tests/site/test_pictures.py`` takes them anew: look at each before it is committed.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.site.pages import Site
from tests.waiting import take_screenshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

PICTURES = Path(__file__).parent / "pictures"
KINDS = {
    "home": "",
    "listing": "conferences/",
    "statement": "statements/2012-first-bloggers-conference/",
    "conference": "conferences/2017-annual-conference/",
    "member": "members/insm/",
    "post": "posts/dijla-notes/workshop-notes/",
}
OTHERWISE = {("post", "ckb"): "posts/penus/neighbourhood-library/"}  # no post is in all three languages
SCREENS = {360: (740, 3), 1280: (900, 4)}  # the width of a screen, its height, and how often its picture is smaller
CASES = list(product(KINDS, ("ar", "ckb", "en"), SCREENS, ("light", "dark")))
TILES = 12  # a picture is compared in so many columns and rows
MOST = 9.0  # of 255 levels, the mean difference of a tile: a shifted line of words gives more, another smoothing less


@pytest.fixture(scope="module")
def tab(browser: Browser, site: Site) -> Iterator[Tab]:
    """Return a tab that is answered from the built site.

    The answer is set once: taken away and set again between two pages, a request still under way (the icon of the page
    before) is answered twice, and the next page waits for ever.
    """
    context = browser.new_context(reduced_motion="reduce")
    tab = context.new_page()
    tab.route("**/*", lambda route: route.fulfill(path=site.folder / (site.target(route.request.url) or "404.html")))
    yield tab
    context.close()


def taken(tab: Tab, site: Site, kind: str, language: str, width: int, scheme: str) -> Image.Image:
    """Return the first screen of a page, made smaller."""
    height, smaller = SCREENS[width]
    tab.set_viewport_size({"width": width, "height": height})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(f"{site.address}/{language}/{OTHERWISE.get((kind, language), KINDS[kind])}")
    tab.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(take_screenshot(tab))).convert("RGB")
    return picture.resize((width // smaller, height // smaller), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of the tile in which two pictures differ most, in levels of 255."""
    if one.size != other.size:
        return 255.0
    apart = ImageChops.difference(one, other)
    width, height = apart.size
    tiles = [
        apart.crop((x * width // TILES, y * height // TILES, (x + 1) * width // TILES, (y + 1) * height // TILES))
        for x, y in product(range(TILES), repeat=2)
    ]
    return max(sum(ImageStat.Stat(tile).mean) / 3 for tile in tiles)


@pytest.mark.parametrize(("kind", "language", "width", "scheme"), CASES)
def test_a_page_looks_as_it_did(tab: Tab, site: Site, kind: str, language: str, width: int, scheme: str) -> None:
    """No part of a first screen differs from its picture by more than another smoothing of letters would."""
    if os.environ.get("JISR_SITE"):
        pytest.skip("The pictures are of the sample site.")
    now = taken(tab, site, kind, language, width, scheme)
    path = PICTURES / f"{kind}-{language}-{width}-{scheme}.webp"
    if os.environ.get("JISR_PICTURES") == "renew":
        PICTURES.mkdir(exist_ok=True)
        now.save(path, quality=70, method=6)
    assert difference(now, Image.open(path).convert("RGB")) < MOST, f"Look at {path.name}: the page looks otherwise now."


@pytest.mark.thorough  # a test of tests
def test_a_change_is_seen(tab: Tab, site: Site) -> None:
    """A mirrored page, and one whose headline is a little smaller, are more than the tolerance apart."""
    whole = taken(tab, site, "statement", "ar", 1280, "light")
    tab.evaluate("document.querySelector('h1').style.fontSize = '2.6rem'")
    changed = Image.open(io.BytesIO(take_screenshot(tab))).convert("RGB").resize(whole.size, Image.Resampling.BOX)

    assert difference(whole, changed) > MOST
    assert difference(whole, taken(tab, site, "statement", "en", 1280, "light")) > MOST
