"""What a reader reads stays where it is while a slow network brings the rest of the page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST = 0.05  # of the cumulative layout shift: https://web.dev/articles/cls
BYTES_A_SECOND = 50_000 / 8
PAGES = (
    "ckb/",
    "en/",
    "ar/conferences/",
    "ckb/statements/2012-first-bloggers-conference/",
    "en/conferences/2017-annual-conference/",
    "ckb/search/",
)
PHONE = {"width": 360, "height": 800}
WATCH = """window.shifts = []; new PerformanceObserver((found) => found.getEntries().forEach(
  (one) => one.hadRecentInput || shifts.push([one.startTime, one.value]))).observe({type: 'layout-shift', buffered: true});"""


class Silent(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server whose readers may leave before they have all of a page."""

    daemon_threads, block_on_close = True, False

    def handle_error(self, *_: object) -> None:
        """Say nothing of a reader who left."""


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Return where a server on this machine serves the site: answers of the browser itself have no speed."""
    server = Server(("127.0.0.1", 0), partial(Silent, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def worst_window(shifts: list[tuple[float, float]]) -> float:
    """Return the largest sum of shifts that follow each other within a second, in five seconds."""
    windows: list[list[float]] = []  # start, end, sum
    for at, value in shifts:
        if windows and at - windows[-1][1] < 1000 and at - windows[-1][0] < 5000:
            windows[-1][1:] = [at, windows[-1][2] + value]
        else:
            windows.append([at, at, value])
    return max((one[2] for one in windows), default=0.0)


def shift(browser: Browser, url: str) -> float:
    """Return how far a page moves on a phone while it and its fonts come."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.add_init_script(WATCH)
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": 100, **speed})
    tab.goto(url, timeout=120_000)
    tab.evaluate("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 300)))")
    found = worst_window(tab.evaluate("shifts"))
    context.close()
    return found


@pytest.mark.thorough  # each page takes ten seconds at this speed
@pytest.mark.parametrize("page", PAGES)
def test_no_page_moves_when_its_fonts_come(browser: Browser, address: str, page: str) -> None:
    """At 50 kbit/s a page of each kind shifts by less than 0.05 (cumulative layout shift)."""
    assert shift(browser, f"{address}{page}") < MOST
