"""What a reader sees in a browser: pages that fit the screen, without an error and without a request to a stranger."""

from __future__ import annotations

import pytest

from tests.site.pages import Page, Site
from tests.site.visits import Visit, samples

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

CUT = """() => [...document.querySelectorAll('.kicker, .row-line')].flatMap((box) => {
    const edge = box.getBoundingClientRect();
    const isSeen = (text) => text.parentElement.closest('.unseen') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, isSeen);
    const found = [];
    while (walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const lines = [...range.getClientRects()].filter((line) => line.width > 1);
        if (lines.some((line) => line.left < edge.left - 1 || line.right > edge.right + 1)) found.push(range.toString());
    }
    return found;
})"""


def faults_of(visit: Visit, page: Page) -> list[str]:
    """Return what is wrong with a page at any of the widths."""
    tab = visit.to(page, WIDTHS[0])
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 740})
        if wide := tab.evaluate(TOO_WIDE):
            visit.faults.append(f"wider than {width}: {wide}")
    tab.set_viewport_size({"width": WIDTHS[0], "height": 740})
    visit.faults.extend(f"cut at the edge: {words}" for words in tab.evaluate(CUT))
    tab.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")  # as in the settings of a browser
    if wide := tab.evaluate(TOO_WIDE):
        visit.faults.append(f"wider than {WIDTHS[0]} with letters twice as large: {wide}")
    return [f"{page.path}: {fault}" for fault in visit.faults]


@pytest.mark.costly
def test_pages_of_every_kind_fit_and_load(visit: Visit, site: Site, language: str) -> None:
    """One page of each kind shows without an error, asks no other host, cuts no word, and never scrolls sideways."""
    assert [fault for page in samples(site, language) for fault in faults_of(visit, page)] == []


def test_the_first_page_fits_and_loads(visit: Visit, site: Site) -> None:
    """So do the page that asks for a language, and the one for an address that leads nowhere."""
    assert [fault for path in ("index.html", "404.html") for fault in faults_of(visit, site.pages[path])] == []


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
