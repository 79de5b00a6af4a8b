"""Printing with Chromium: a page of a built folder as a PDF, and where each of its words stands on paper.

A browser tells no program where it puts words on paper, but it does write links into a PDF with their places. So a page is
printed twice: as it is, and with a link around every word.
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

PageBox = tuple[int, tuple[float, float, float, float]]  # a page, and a box on it: left, top, right, bottom
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WORD_URL = "https://word.invalid/"
PDF_OPTIONS: dict[str, Any] = {"format": "A4", "prefer_css_page_size": True, "print_background": True}
SHOW_ADDRESSES_SCRIPT = """() => {
  for (const link of document.querySelectorAll('.prose a[href^="http"]')) {
    const said = document.createElement('bdi');
    said.className = 'printed-address';
    said.dir = 'ltr';
    said.textContent = link.href;
    if (link.textContent !== link.href) link.after(' (', said, ')');
    link.classList.add('told');
  }
}"""
WRAP_WORDS_SCRIPT = """address => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), nodes = [], words = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const around = node.parentElement;
    if (!around.checkVisibility() || around.closest('script, style, svg') || !node.data.trim()) continue;
    const rtl = getComputedStyle(around).direction === 'rtl', made = document.createDocumentFragment();
    for (const part of node.data.split(/([\\s\\u00a0\\u202f]+)/)) {
      if (!part.trim()) { made.append(part); continue; }
      const link = document.createElement('a');
      link.href = address + words.length;
      link.className = 'told';
      link.setAttribute('style', 'all: unset');
      link.textContent = part;
      words.push([part, rtl]);
      made.append(link);
    }
    node.replaceWith(made);
  }
  return words;
}"""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as it was printed, its words with their places, its title and its language."""

    pdf: bytes
    words: tuple[PrintedWord, ...]
    title: str
    language: str
    rtl: bool


class NoBrowserError(Exception):
    """Chromium, or what speaks to it, is not installed."""


def print_pages(folder: Path, site: str, wanted: Iterable[str]) -> Iterator[PrintedPage]:
    """Print the pages at addresses of a site that was built into a folder; nothing is asked of any host.

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
        for address in wanted:
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
    """Return the words of a page where they stand on paper; one that goes on in the next line is cut there."""
    pymupdf: Any = import_module("pymupdf")  # it states no types

    stated = tab.evaluate(WRAP_WORDS_SCRIPT, WORD_URL)
    places: dict[int, list[PageBox]] = {}
    for number, page in enumerate(pymupdf.open("pdf", tab.pdf(**PDF_OPTIONS))):
        for link in page.get_links():
            uri = link.get("uri") or ""
            if uri.startswith(WORD_URL):
                places.setdefault(int(uri.removeprefix(WORD_URL)), []).append((number, tuple(link["from"])))
    for number, (text, rtl) in enumerate(stated):
        high = max((box[3] - box[1] for _, box in places.get(number, [])), default=0) / 2
        whole_ones = (place for place in places.get(number, []) if place[1][3] - place[1][1] > high)  # no edge of another page
        found = sorted(whole_ones, key=lambda place: _reading_order_key(place, rtl))
        whole, begin = sum(box[2] - box[0] for _, box in found), 0
        for at, (page_number, box) in enumerate(found, 1):
            end = len(text) if at == len(found) else begin + round(len(text) * (box[2] - box[0]) / whole)
            if text[begin:end]:
                yield PrintedWord(number, text[begin:end], page_number, *box, rtl)
            begin = end


def _reading_order_key(place: PageBox, rtl: bool) -> tuple[int, float, float]:
    """Return what the places of one word are sorted by: page, line, and then the way the text around it reads."""
    page, (left, top, right, bottom) = place
    return (page, round((top + bottom) / 8), -right if rtl else left)
