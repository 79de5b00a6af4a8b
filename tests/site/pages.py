"""A built site as its tests ask it: pages by their path, links by where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.urls.paths import ADMIN

RTL_SCRIPT = ("\u0590", "\u08ff")  # Hebrew to Arabic Extended-A: the letters that go from right to left here
UNREAD = {"script", "style", "template", "title", "svg"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML, by its path below the output folder."""

    path: str
    tree: LexborHTMLParser

    @property
    def language(self) -> str:
        """The tag that the page states."""
        return self.root.attributes.get("lang") or ""

    @property
    def root(self) -> LexborNode:
        """The element of the whole page."""
        return self.one("html")

    @property
    def is_missing(self) -> bool:
        """Whether this is what a reader sees where there is no page: served at any depth."""
        return self.path.rpartition("/")[2] == "404.html"

    @property
    def is_redirect(self) -> bool:
        """Whether this page only leads to another."""
        return bool(self.tree.css('meta[http-equiv="refresh"]'))

    @property
    def is_noindex(self) -> bool:
        """Whether search engines are asked to leave this page out."""
        return any("noindex" in (node.attributes.get("content") or "") for node in self.tree.css('meta[name="robots"]'))

    def one(self, selector: str) -> LexborNode:
        """Return the first element of this kind, which must be there."""
        node = self.tree.css_first(selector)
        assert node is not None, f"{self.path} has no {selector}"
        return node

    def values(self, selector: str, name: str) -> list[str]:
        """Return the values of an attribute, of all elements of a kind that state it."""
        found = (node.attributes.get(name) for node in self.tree.css(selector))
        return [value for value in found if value is not None]

    def texts(self, within: str = "body") -> Iterator[tuple[str, LexborNode]]:
        """Return each run of text that is shown, with the element it stands in."""
        for node in self.one(within).traverse(include_text=True):
            text = " ".join((node.text_content or "").split()) if node.tag == "-text" else ""
            if text and node.parent and not any(above.tag in UNREAD for above in ancestors(node)):
                yield text, node.parent


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: its folder, its address without the closing slash, and its pages by path."""

    folder: Path
    address: str
    pages: dict[str, Page]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read all pages of a folder; the address is the one that the first page states as its own.

        The web editor, where it was built, is a program of others that is asked for itself alone (test_editor.py).
        """
        files = sorted(file for file in folder.rglob("*.html") if not file.is_relative_to(folder / ADMIN))
        parsed = [(file.relative_to(folder).as_posix(), LexborHTMLParser(file.read_text("utf-8"))) for file in files]
        pages = {path: Page(path, tree) for path, tree in parsed}
        address = pages["index.html"].values('link[rel="canonical"]', "href")[0]
        return cls(folder, address.rstrip("/"), pages)

    @property
    def languages(self) -> list[str]:
        """The tags of the languages that have a home."""
        found = ((path.removesuffix("/index.html"), page) for path, page in self.pages.items())
        return sorted(name for name, page in found if "/" not in name and page.language == name)

    @property
    def read_pages(self) -> list[Page]:
        """The pages that are read: neither redirects nor what stands in for a missing page."""
        return [page for page in self.pages.values() if not page.is_redirect and not page.is_missing]

    @property
    def listed(self) -> list[Page]:
        """The pages that alternates and the sitemap speak of."""
        return [page for page in self.read_pages if not page.is_noindex and "/page/" not in page.path]

    def files(self, *endings: str) -> list[str]:
        """Return the paths of the files that end so."""
        found = (file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file())
        return sorted(path for path in found if path.endswith(endings))

    def url(self, path: str) -> str:
        """Return the absolute address of a page or file."""
        return f"{self.address}/{path.removesuffix('index.html')}"

    def target(self, link: str, path: str = "") -> str | None:
        """Return the path of the file to which a link of a page leads, or nothing where it leaves the site."""
        absolute = urldefrag(urljoin(self.url(path), link)).url
        if absolute != self.address and not absolute.startswith(f"{self.address}/"):
            return None
        below = unquote(urlsplit(absolute.removeprefix(self.address)).path).lstrip("/")
        return f"{below}index.html" if not below or below.endswith("/") else below


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Return the elements that a node stands in, the nearest first."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def nearest(node: LexborNode, name: str) -> str:
    """Return the attribute of an element, or of the nearest one around it that states it."""
    for one in (node, *ancestors(node)):
        if value := one.attributes.get(name):
            return value
    return ""


def direction(text: str) -> str | None:
    """Return the direction in which most letters of a text go, or nothing where none or both do.

    >>> direction("شبكة INSM للمدونين"), direction("Tor û torevan"), direction("2012-02-09")
    ('rtl', 'ltr', None)
    """
    letters = [RTL_SCRIPT[0] <= letter <= RTL_SCRIPT[1] for letter in text if letter.isalpha()]
    backward = sum(letters)
    if 2 * backward == len(letters):
        return None
    return "rtl" if 2 * backward > len(letters) else "ltr"
