"""Hundreds of hostile texts as feeds, fetched, built and opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest

from tests.aggregator.fetch.blogs import Blogs, answer
from tests.aggregator.fetch.sites import Network, count
from tests.ingest.sanitize.guarding import VECTORS, vectors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

ALL = [vector for file in sorted(VECTORS.glob("*.txt")) for vector in vectors(file.name)]
T = TypeVar("T")
LINKS = (
    "javascript:alert(1)",
    " java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    'https://x.example.org/"onmouseover="alert(1)',
    "https://x.example.org/'><script>alert(1)</script>",
    "//user:word@evil.example.org/\\..\\",
)
_UNWRITTEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))  # what XML cannot hold
TEXT = "We met at the river and counted all the boats that were there on that day, and we wrote it down. {}."
PAGES_OPENED = 60


def feed(entries: list[tuple[str, str, str]], host: str) -> bytes:
    """Return a feed of titles, links and bodies, as strangers write them."""
    items = "".join(
        f"<item><title>{_xml(title)}</title><link>{_xml(link)}</link><guid isPermaLink='false'>{host}-{number}</guid>"
        f"<pubDate>{number % 28 + 1:02d} Sep 2026 08:00:00 GMT</pubDate><dc:creator>{_xml(title)}</dc:creator>"
        f"<category>{_xml(title)}</category><description>{_xml(body)}</description></item>"
        for number, (title, link, body) in enumerate(entries)
    )
    head = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>en</language>'
    )
    return f"{head}<title>{host}</title>{items}</channel></rss>".encode("utf-8", "replace")


def _xml(text: str) -> str:
    return escape(text.translate(_UNWRITTEN))


def groups(items: Sequence[T], size: int) -> list[list[T]]:
    """Return items in lists of a size."""
    return [[*items[at : at + size]] for at in range(0, len(items), size)]


def lay(network: Network, blogs: Blogs) -> None:
    """Let members join whose feeds hold every vector: as title and name, in a body, and hostile links."""
    titles = [(vector, f"https://t.example.org/{at}", TEXT.format(at)) for at, vector in enumerate(ALL)]
    bodies = [
        (f"Bodies {at}", f"https://b.example.org/{at}", TEXT.format(at) + "".join(f"<div>{one}</div>" for one in group))
        for at, group in enumerate(groups(ALL, 16))
    ]
    links = [(f"Links {at}", link, TEXT.format(at)) for at, link in enumerate(LINKS)]
    feeds = [*groups(titles, 170), bodies, links]
    for number, entries in enumerate(feeds):
        blogs.at[f"/{number}"] = answer(feed(entries, f"h{number}"))
        network.join(f"m{number}", f"/{number}", languages="[en]")


WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch'])
  window[name] = (...said) => { window.ran.push(name + ': ' + said.join()); };
"""
PROVOKE = """() => { for (const one of document.querySelectorAll('*'))
  for (const name of ['mouseover', 'focus', 'mouseenter', 'toggle', 'error', 'load', 'animationstart'])
    one.dispatchEvent(new Event(name)); }"""


class Opened:
    """A tab on a built site that notes what runs and what is asked for elsewhere."""

    def __init__(self, tab: Page, output: Path) -> None:
        self.tab, self.output = tab, output
        self.ran: list[str] = []
        self.asked: list[str] = []
        tab.on("dialog", self._dialog)
        tab.add_init_script(WATCH)
        tab.route("**/*", self._answer)

    def _dialog(self, dialog: Dialog) -> None:
        self.ran.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        file = self.output / parts.path.lstrip("/")
        if parts.netloc == "example.org" and (file if file.is_file() else file / "index.html").is_file():
            route.fulfill(path=file if file.is_file() else file / "index.html")
        else:
            self.asked += [] if route.request.url.endswith("/favicon.ico") else [route.request.url]
            route.abort()

    def visit(self, path: str) -> None:
        """Open a page, and do what a hand could do on it."""
        self.tab.goto(f"https://example.org/{path}", wait_until="load", timeout=60_000)
        self.tab.evaluate(PROVOKE)
        ran: list[str] = self.tab.evaluate("window.ran")
        self.ran += [f"{path}: {one}" for one in ran]


@pytest.fixture
def opened(browser: Browser, network: Network) -> Iterator[Opened]:
    """Return a tab on the output of the network."""
    context = browser.new_context()
    yield Opened(context.new_page(), network.root / "output")
    context.close()


@pytest.mark.thorough  # a hostile run in a browser
def test_no_script_runs_and_no_request_leaves(network: Network, blogs: Blogs, opened: Opened) -> None:
    """Every vector as a title and in a body goes through feed, files and pages; the browser finds nothing to run."""
    lay(network, blogs)
    told = network.fetch()
    site = network.build()
    listings = [path for path in site if path.startswith("en/posts/page/") or path in ("en/index.html", "en/posts/index.html")]
    shelves = [path for path in site if path.startswith(("en/members/", "en/authors/")) and path.endswith("/index.html")]
    posts = [path for path in site if path.startswith("en/posts/m") and path.count("/") == 4 and path.endswith("/index.html")]
    bodies = [path for path in posts if path.startswith("en/posts/m4/")]
    for path in [
        *listings,
        *bodies,
        *shelves[:PAGES_OPENED],
        *posts[:: max(1, len(posts) // PAGES_OPENED)],
        "en/search/index.html",
    ]:
        opened.visit(path)

    assert len(ALL) >= 300
    assert sum(count(site, f"en/posts/m{number}/") for number in range(4)) > 500
    assert len(bodies) >= len(ALL) // 16
    assert (opened.ran, opened.asked) == ([], [])
    assert [one for one in told if "confuses" in one or "Traceback" in one] == []
    schemes = {link.split(":")[0] for path in posts for link in _links(site[path]) if ":" in link.split("/")[0]}
    assert schemes <= {"http", "https", "mailto", "tel"}


def _links(page: bytes) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    return [node.attributes.get("href") or "" for node in LexborHTMLParser(page).css("a[href]")]
