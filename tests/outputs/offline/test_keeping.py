"""What a browser keeps: nothing unasked, and what was asked for opens without a network, each page with its own release."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jisr.publishing.server_config.headers import headers_for
from tests.site.pages import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BASE = "/a/base/"
BLOGGERS = "statements/2012-first-bloggers-conference/"
RIVERS = "statements/2026-river-day/"  # in every language
LONG_ENOUGH = 30
KEPT = """async () => {
    const texts = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) texts[request.url] = await (await cache.match(request)).text();
    }
    return [texts, (await navigator.serviceWorker.getRegistrations()).length];
}"""


class ReleaseHandler(SimpleHTTPRequestHandler):
    """Serves a folder below a base path; every page and style says which release it is of."""

    release = "first"
    switches_after = -1  # requests, after which the release is another one

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file with the mark of its release."""
        kind = type(self)
        kind.switches_after -= 1
        if kind.switches_after == 0:
            kind.release = "second"
        path = self.path.partition("?")[0].removeprefix(BASE)
        file = Path(self.directory) / (f"{path}index.html" if path.endswith("/") or not path else path)
        if not self.path.startswith(BASE) or not file.is_file():
            self.send_error(404)
            return
        data, media = file.read_bytes(), self.guess_type(str(file))
        if media in ("text/html", "text/css"):
            data += (f"<!--{kind.release}-->" if media == "text/html" else f"/*{kind.release}*/").encode()
        self.send_response(200)
        for name, value in headers_for(f"/{path}").items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{media}; charset=utf-8" if media.startswith("text/") else media)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Place:
    """A site on the loopback address, whose network can be cut."""

    def __init__(self, folder: Path) -> None:

        class Handler(ReleaseHandler):
            pass

        self.handler = Handler
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(self.handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_port}{BASE}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def cut(self) -> None:
        """Let nothing be reached any more."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def place(site: Site) -> Iterator[Place]:
    """Return the sample site as it is served."""
    place = Place(site.folder)
    yield place
    place.cut()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser that knows nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(LONG_ENOUGH * 1000)
    yield page
    context.close()


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LONG_ENOUGH
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def press_keep(page: Page) -> None:
    """Press the button that keeps, and wait for its end."""
    busy, say = page.locator(".keeper").get_attribute("data-busy"), page.locator(".keeper [role=status]")
    page.locator(".keeper form button").click()
    wait_for(lambda: say.inner_text() not in ("", busy))
    assert say.inner_text() == page.locator(".keeper").get_attribute("data-done")


@pytest.mark.costly
def test_what_was_asked_for_opens_without_a_network(site: Site, place: Place, page: Page, language: str) -> None:
    """A visit keeps nothing; then what was asked for opens in its language, any other page says that it is not kept."""
    for path in ("", BLOGGERS, "offline/"):
        page.goto(f"{place.url}{language}/{path}")
    assert page.evaluate(KEPT) == [{}, 0]
    press_keep(page)
    kept, _ = page.evaluate(KEPT)
    listed = [one.get_attribute("href") or "" for one in page.locator(".kept a").all()]
    newest = site.pages[f"{language}/offline/index.html"].values(".newest input", "value")
    assert listed == [place.url + one for one in (f"{language}/offline/", f"{language}/", *newest)]
    pages = {one for one in kept if one.startswith(f"{place.url}{language}/")}
    assert pages == set(listed)
    place.cut()
    for address in listed:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 1
    for other in ("ar", "fr", language):
        page.goto(f"{place.url}{other}/about/")
        assert page.locator("html").get_attribute("lang") == other
        assert page.locator("li a").count() == len(listed)
    page.goto(f"{place.url}{language}/offline/")
    page.locator(".kept-all button").click()
    wait_for(lambda: page.evaluate(KEPT) == [{}, 0])


@pytest.mark.costly
def test_no_page_mixes_two_releases(place: Place, page: Page, language: str) -> None:
    """What is kept while the site changes is of one release; a changed page lets everything that is kept be fetched anew."""
    page.goto(f"{place.url}{language}/offline/")
    place.handler.switches_after = 6
    press_keep(page)
    assert place.handler.release == "second"
    kept, _ = page.evaluate(KEPT)
    marks = {url: text[-20:] for url, text in kept.items() if url.endswith(("/", ".css"))}
    assert {url.rpartition(".")[2] == "css" for url in marks} == {True, False}
    assert all("second" in one for one in marks.values())
    place.handler.release = "third"
    page.goto(f"{place.url}{language}/")
    page.reload()  # the browser's own cache has it for five minutes
    wait_for(lambda: all("third" in text[-20:] for url, text in page.evaluate(KEPT)[0].items() if url.endswith(("/", ".css"))))


@pytest.mark.costly
def test_a_chosen_text_is_kept_alone(place: Place, page: Page, language: str) -> None:
    """The link of a text leads to the choice of it; that text and the offline page are kept, and can be taken out again."""
    page.goto(f"{place.url}{language}/{RIVERS}")
    page.locator('.take-away a[href*="#keep="]').click()
    wait_for(lambda: page.locator(".chosen").is_visible())
    press_keep(page)
    addresses = [one.get_attribute("href") for one in page.locator(".kept a").all()]
    assert set(addresses) == {f"{place.url}{language}/offline/", f"{place.url}{language}/{RIVERS}"}
    page.locator(".kept button").click()
    wait_for(lambda: page.locator(".kept a").count() == 1)
    assert f"{place.url}{language}/{RIVERS}" not in page.evaluate(KEPT)[0]


def test_without_its_script_the_page_says_so(site: Site, language: str) -> None:
    """The buttons are hidden until the script shows them, and a sentence says what they need."""
    page = site.pages[f"{language}/offline/index.html"]
    assert "hidden" in page.one(".keeper").attributes
    assert page.one(".keeper-note").text().strip()
    assert page.values("script[src]", "src")[0].startswith("../../theme/offline.")
    policy = page.values('meta[http-equiv="Content-Security-Policy"]', "content")[0]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
