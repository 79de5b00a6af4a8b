"""What a reader sees in a browser: pages that fit the screen, without an error and without a request to a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from tests.site.pages import Page, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route
    from playwright.sync_api import Page as Tab

WIDTHS = (360, 768, 1280)  # a small phone, a tablet, a laptop
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return '';
    const far = [...document.body.querySelectorAll('*')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width && (box.right > width + 1 || box.left < -1);
    });
    return far.slice(-1).map((element) => element.outerHTML.slice(0, 120))[0] || 'the page';
}"""


def shape(page: Page) -> str:
    """Give what kind of page this is: its path below the language, with a star for each id."""
    parts = PurePosixPath(page.path).parts[1:]
    return "/".join(part if depth == 0 or part.endswith(".html") else "*" for depth, part in enumerate(parts))


def samples(site: Site, language: str) -> list[Page]:
    """Give the longest page of each kind in a language."""
    own = [page for path, page in site.pages.items() if path.startswith(f"{language}/") and not page.is_redirect]
    longest = {shape(page): page for page in sorted(own, key=lambda page: len(page.tree.html or ""))}
    return list(longest.values())


class Visit:
    """A tab on the built site, which answers for the site's address from its folder and notes what else is asked for."""

    def __init__(self, tab: Tab, site: Site) -> None:
        self.tab = tab
        self.site = site
        self.faults: list[str] = []
        tab.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        """Answer a request from the folder, or refuse it."""
        path = self.site.target(route.request.url)
        file = self.site.folder / (path or "")
        if path is None:
            self.faults.append(f"asks another host: {route.request.url}")
            route.abort()
        elif file.is_file():
            route.fulfill(path=file)
        elif path == "favicon.ico":
            route.fulfill(status=204)
        else:
            self.faults.append(f"asks for what is not there: {path}")
            route.fulfill(status=404, body="")

    def faults_of(self, page: Page) -> list[str]:
        """Give what is wrong with a page at any of the widths."""
        self.faults.clear()
        self.tab.set_viewport_size({"width": WIDTHS[0], "height": 740})
        self.tab.goto(self.site.url(page.path) if page.path.endswith("index.html") else f"{self.site.address}/{page.path}")
        for width in WIDTHS:
            self.tab.set_viewport_size({"width": width, "height": 740})
            if wide := self.tab.evaluate(TOO_WIDE):
                self.faults.append(f"wider than {width}: {wide}")
        return [f"{page.path}: {fault}" for fault in self.faults]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Give a tab of its own."""
    context = browser.new_context()
    yield Visit(context.new_page(), site)
    context.close()


def test_pages_of_every_kind_fit_and_load(visit: Visit, site: Site, language: str) -> None:
    """One page of each kind shows without an error, asks no other host, and never scrolls sideways."""
    assert [fault for page in samples(site, language) for fault in visit.faults_of(page)] == []


def test_the_first_page_fits_and_loads(visit: Visit, site: Site) -> None:
    """So do the page that asks for a language, and the one for an address that leads nowhere."""
    assert [fault for path in ("index.html", "404.html") for fault in visit.faults_of(site.pages[path])] == []


@pytest.mark.parametrize("path", ["ar/statements/2012-first-bloggers-conference/", "ar/contact/", "ckb/contact/"])
def test_a_phone_number_is_drawn_in_its_order(visit: Visit, site: Site, path: str) -> None:
    """The groups of digits of a phone number stand from left to right inside Arabic and Sorani text."""
    visit.tab.goto(f"{site.address}/{path}")
    places = visit.tab.evaluate(
        """() => {
          const found = [...document.querySelectorAll("main bdi")].find((one) => one.textContent.startsWith("00 964"));
          const words = found.firstChild;
          let at = 0;
          return words.data.split(" ").map((group) => {
            const range = document.createRange();
            range.setStart(words, at);
            range.setEnd(words, at + group.length);
            at += group.length + 1;
            return range.getBoundingClientRect().left;
          });
        }"""
    )

    assert len(places) == 6
    assert places == sorted(places)
