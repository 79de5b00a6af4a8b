"""Printing with Chromium: a page of a built folder as a PDF, and the position of each of its words on paper.

A browser has no interface for the positions of words on paper, but it writes links with their positions into a PDF. So each
page is printed twice: as it is, and with a link around every word.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisr.core.frozen import dataclass
from jisr.core.urls import paths
from jisr.outputs.pdf.text_layer import PrintedWord

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab
    from playwright.sync_api import Route

PageBox = tuple[int, tuple[float, float, float, float]]  # the number of a page, and a box on it: left, top, right, bottom
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WORD_URL = "https://word.invalid/"
PDF_OPTIONS: dict[str, Any] = {"format": "A4", "prefer_css_page_size": True, "print_background": True}
SHOW_ADDRESSES_SCRIPT = """() => {
  for (const link of document.querySelectorAll('.prose a[href^="http"]')) {
    const address = document.createElement('bdi');
    address.className = 'printed-address';
    address.dir = 'ltr';
    address.textContent = link.href;
    if (link.textContent !== link.href) link.after(' (', address, ')');
    link.classList.add('told');
  }
}"""
WRAP_WORDS_SCRIPT = """address => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = [], words = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const around = node.parentElement;
    if (!around.checkVisibility() || around.closest('script, style, svg') || !node.data.trim()) continue;
    const rtl = getComputedStyle(around).direction === 'rtl', fragment = document.createDocumentFragment();
    for (const part of node.data.split(/([\\s\\u00a0\\u202f]+)/)) {
      if (!part.trim()) { fragment.append(part); continue; }
      const link = document.createElement('a');
      link.href = address + words.length;
      link.className = 'told';
      link.style.all = 'unset'; // not an attribute, which the policy of the page forbids
      link.textContent = part;
      words.push([part, rtl]);
      fragment.append(link);
    }
    node.replaceWith(fragment);
  }
  return words;
}"""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A printed page: its PDF, its words with their positions, its title and its language."""

    pdf: bytes
    words: tuple[PrintedWord, ...]
    title: str
    language: str
    rtl: bool


class NoBrowserError(Exception):
    """Raised where Chromium is not installed."""


def print_pages(folder: Path, site: str, addresses: Iterable[str]) -> Iterator[PrintedPage]:
    """Print pages of a site that was built into a folder, without network access.

    Raises NoBrowserError where there is no Chromium.
    """
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise NoBrowserError
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-background-networking"])
        tab = chromium.new_page()
        tab.route("**/*", lambda route: _serve_request(route, folder, site))
        tab.emulate_media(media="print", color_scheme="light")
        for address in addresses:
            tab.goto(f"{site}/{address}")
            tab.evaluate("document.fonts.ready.then(() => true)")
            language, direction = tab.evaluate("[document.documentElement.lang, document.documentElement.dir]")
            tab.evaluate(SHOW_ADDRESSES_SCRIPT)
            yield PrintedPage(tab.pdf(**PDF_OPTIONS), tuple(_locate_words(tab)), tab.title(), language, direction == "rtl")
        chromium.close()


def _serve_request(route: Route, folder: Path, site: str) -> None:
    path = paths.output_path(route.request.url.removeprefix(f"{site}/").partition("#")[0])
    file = folder / path
    if route.request.url.startswith(f"{site}/") and file.is_file():
        route.fulfill(path=file)
    else:
        route.abort()


def _locate_words(tab: Tab) -> Iterator[PrintedWord]:
    """Return the words of a page with their positions on paper; one that is broken between lines becomes two."""
    pymupdf: Any = import_module("pymupdf")  # it has no type stubs

    words = tab.evaluate(WRAP_WORDS_SCRIPT, WORD_URL)
    boxes: dict[int, list[PageBox]] = {}
    for number, page in enumerate(pymupdf.open("pdf", tab.pdf(**PDF_OPTIONS))):
        for link in page.get_links():
            uri = link.get("uri") or ""
            if uri.startswith(WORD_URL):
                boxes.setdefault(int(uri.removeprefix(WORD_URL)), []).append((number, tuple(link["from"])))
    for number, (text, rtl) in enumerate(words):
        min_height = max((box[3] - box[1] for _, box in boxes.get(number, [])), default=0) / 2
        # A word at the end of a page may leave a sliver on the next.
        candidates = (place for place in boxes.get(number, []) if place[1][3] - place[1][1] > min_height)
        parts = sorted(candidates, key=lambda place: _reading_order_key(place, rtl))
        width, begin = sum(box[2] - box[0] for _, box in parts), 0
        for at, (page_number, box) in enumerate(parts, 1):
            end = len(text) if at == len(parts) else begin + round(len(text) * (box[2] - box[0]) / width)
            if text[begin:end]:
                yield PrintedWord(number, text[begin:end], page_number, *box, rtl)
            begin = end


def _reading_order_key(place: PageBox, rtl: bool) -> tuple[int, float, float]:
    """Return the sort key of the parts of a word: page, line, and position in the direction of the text around it."""
    page, (left, top, right, bottom) = place
    return (page, round((top + bottom) / 8), -right if rtl else left)
