"""Visits to a built site in a browser: which pages stand for all others, and a tab that notes what goes wrong."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from jisr.publishing.server_config.headers import headers_for
from tests.site.pages import Page, Site

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab
    from playwright.sync_api import Route

ABOVE = ("index.html", "404.html", "status/index.html", "styleguide/index.html")  # the pages of no language
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def shape(page: Page) -> str:
    """Return what kind of page this is: its path below the language, with a star for each id."""
    parts = PurePosixPath(page.path).parts[1:]
    return "/".join(part if depth == 0 or part.endswith(".html") else "*" for depth, part in enumerate(parts))


def samples(site: Site, language: str) -> list[Page]:
    """Return the longest page of each kind in a language."""
    own = [page for path, page in site.pages.items() if path.startswith(f"{language}/") and not page.is_redirect]
    longest = {shape(page): page for page in sorted(own, key=lambda page: len(page.tree.html or ""))}
    return list(longest.values())


def above(site: Site) -> list[Page]:
    """Return the pages that belong to no language, as far as the site has them."""
    return [site.pages[path] for path in ABOVE if path in site.pages]


class Visit:
    """A tab on the built site, which answers for the site's address from its folder and notes what else is asked for."""

    def __init__(self, tab: Tab, site: Site) -> None:
        self.tab = tab
        self.site = site
        self.faults: list[str] = []
        self.files: list[str] = []
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
            self.files.append(path)
            route.fulfill(path=file)
        elif path == "favicon.ico":
            route.fulfill(status=204)
        else:
            self.faults.append(f"asks for what is not there: {path}")
            route.fulfill(status=404, body="")

    def to(self, page: Page, width: int = 1280) -> Tab:
        """Open a page on a screen so many pixels wide, and give its tab once its fonts are there."""
        self.faults.clear()
        self.files.clear()
        self.tab.set_viewport_size({"width": width, "height": 740})
        self.tab.goto(self.site.url(page.path) if page.path.endswith("index.html") else f"{self.site.address}/{page.path}")
        self.tab.evaluate("document.fonts.ready.then(() => true)")
        return self.tab


class GuardedVisit(Visit):
    """A tab on the built site, which is served with our headers."""

    def answer(self, route: Route) -> None:
        """Answer a request from the folder with the headers for its path, or refuse it."""
        path = self.site.target(route.request.url)
        file = self.site.folder / (path or "-")
        if path is None or not file.is_file():
            super().answer(route)
        else:
            self.files.append(path)
            said = {**headers_for(f"/{path}"), "Content-Type": TYPES.get(file.suffix, "application/octet-stream")}
            route.fulfill(body=file.read_bytes(), headers=said)
