"""The first page over a line of the second generation: 50 kbit/s, and 400 ms until the first answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.compressed_server import serve
from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
USABLE = 5_000  # milliseconds
SHOWN = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """Return the address of the sample site."""
    with serve(site.folder) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.mark.thorough
def test_the_home_can_be_used_in_five_seconds(browser: Browser, served: str, language: str) -> None:
    """Its words are shown and its links are there, before fonts have come; none of it waits for a script."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"{served}{language}/", wait_until="domcontentloaded", timeout=30_000)
    while (shown := page.evaluate(SHOWN)) is None:
        page.wait_for_timeout(50)
    ready = page.evaluate("() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert 0 < shown < USABLE
    assert 0 < ready < USABLE
    assert page.locator("main a").count() > 3
    context.close()
