"""The first page over a line of the second generation: 50 kbit/s, and 400 ms until the first answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
USABLE = 5_000  # milliseconds
SHOWN = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


class CompressedHandler(SimpleHTTPRequestHandler):
    """Serves a folder, texts compressed as a server sends what PRECOMPRESSED writes."""

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file."""
        import brotli

        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        media = self.guess_type(str(file))
        data = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{media}; charset=utf-8" if media.startswith("text/") else media)
        if media.startswith("text/"):
            data = brotli.compress(data)
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """Return the address of the sample site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(CompressedHandler, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


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
