"""``python -m tests.bench.first_text``: when a page shows its first words at 50 kbit/s, and what the line carries."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.slow_line import BYTES_A_SECOND, LATENCY, open_line
from tests.compressed_server import serve
from tests.conftest import BROWSERS, QUIET

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 360, "height": 800}
PAGES = (  # the home, lists, texts without and with a cover
    "ar/",
    "ckb/news/",
    "ar/statements/2012-first-bloggers-conference/",
    "ar/statements/2026-river-day/",
    "en/conferences/2030-rivers-conference/",
    "fr/news/2024-evening-school/",
)
_CADDYFILE = """{{
	admin off
	skip_install_trust
	auto_https disable_redirects
	storage file_system {folder}/certificates
	http_port {spare}
	servers {{
		protocols h1 h2
	}}
}}
https://localhost:{port} {{
	tls internal
	root * {site}
	encode gzip
	file_server
}}
"""


@contextmanager
def _serve_by_caddy(site: Path) -> Iterator[int]:
    """Serve a folder over HTTP/2 with the certificate of its own that Caddy makes, and give the port."""
    port = 18_443
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "Caddyfile")
        config.write_text(_CADDYFILE.format(folder=folder, site=site, port=port, spare=port + 1))
        command = ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"]
        own = {**os.environ, "HOME": folder}
        process = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(3)
        try:
            yield port
        finally:
            process.terminate()
            process.wait()


class _Timeline:
    """What a tab asked for: when, how urgently, when answers began and ended, and their bytes."""

    def __init__(self, session: Any) -> None:
        self.requests: dict[str, dict[str, Any]] = {}
        session.on("Network.requestWillBeSent", self._note_request)
        session.on("Network.responseReceived", lambda event: self._note(event, begun=event["timestamp"]))
        session.on(
            "Network.loadingFinished",
            lambda event: self._note(event, ended=event["timestamp"], size=event["encodedDataLength"]),
        )

    def _note_request(self, event: dict[str, Any]) -> None:
        asked = event["request"]
        self.requests[event["requestId"]] = {
            "url": asked["url"],
            "at": event["timestamp"],
            "priority": asked["initialPriority"],
        }

    def _note(self, event: dict[str, Any], **facts: object) -> None:
        self.requests.get(event["requestId"], {}).update(facts)

    def format_lines(self) -> Iterator[str]:
        """Return a line for each file: asked, begun and ended in seconds, bytes, priority, name."""
        begin = min(one["at"] for one in self.requests.values())
        for one in sorted(self.requests.values(), key=lambda one: float(one["at"])):
            seconds = (f"{one[name] - begin:6.2f}" if name in one else "     -" for name in ("at", "begun", "ended"))
            print_name = "/".join(one["url"].split("/")[3:])
            yield f"  {' '.join(seconds)} {one.get('size', 0):7.0f} B {one['priority']:8} {print_name}"


def measure_page(browser: Any, url: str, limits: Mapping[str, object] | None) -> tuple[float, list[str]]:
    """Return after how many seconds a phone shows the first words of a page, and its timeline."""
    context = browser.new_context(viewport=PHONE, ignore_https_errors=True)
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    if limits:
        session.send("Network.emulateNetworkConditions", limits)
    timeline = _Timeline(session)
    tab.goto(url, wait_until="networkidle", timeout=120_000)
    shown = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return shown / 1000, list(timeline.format_lines())


def main() -> None:
    """Measure pages of a built site, and print a table."""
    from playwright.sync_api import sync_playwright

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="*", default=PAGES, help="addresses in the site")
    asked.add_argument("--folder", type=Path, default=ROOT / "output", help="the built site")
    lines = "browser: HTTP/1.1 and the line that Chromium plays; http1: a real connection; http2: Caddy, TLS"
    asked.add_argument("--line", choices=("browser", "http1", "http2"), default="browser", help=lines)
    given = asked.parse_args()
    serve_site = _serve_by_caddy if given.line == "http2" else serve
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    limits = {"offline": False, "latency": LATENCY * 1000, **speed} if given.line == "browser" else None
    with serve_site(given.folder.resolve()) as port, sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, "--ignore-certificate-errors"])
        scheme, host = ("https", "localhost") if given.line == "http2" else ("http", "127.0.0.1")
        for page in given.pages:
            with open_line(port, is_free=given.line == "browser") as at:
                shown, timeline = measure_page(browser, f"{scheme}://{host}:{at}/{page}", limits)
            print(f"{shown:.2f} s to the first words of /{page}", *timeline, sep="\n")
        browser.close()


if __name__ == "__main__":
    main()
