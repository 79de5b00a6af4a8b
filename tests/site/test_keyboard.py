"""Who has no mouse gets everywhere: in the order of reading, seeing where they are, and held nowhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.pages import Page, Site
from tests.site.visits import Visit, above, samples

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

LINES = (".languages", ".menu", ".breadcrumb")  # where one goes from link to link along a line
LONGEST = 4  # the longest pages: lines and places of the others are the same
PLACES = ".skip, .languages, .masthead, .breadcrumb, main, footer"
REACHABLE = """() => {
  const all = [...document.body.querySelectorAll('*')];
  const scrolls = (one) => one.scrollWidth > one.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  window.reachable = all.filter((one) => one.tabIndex >= 0 && one.checkVisibility() && !one.disabled || scrolls(one));
  return window.reachable.map((one) => one.outerHTML.slice(0, 120));
}"""
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const seen = one.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && box.width > 2 && box.height > 2 && style.clipPath === 'none' && box.top < innerHeight && box.bottom > 0;
  return {at: window.reachable.indexOf(one), seen};
}"""
# Notes where one is as soon as a key is let go: to ask each time takes twice as long.
FOLLOWED = f"""() => {{
  window.way = [];
  const focused = {FOCUSED};
  document.addEventListener('keyup', () => window.way.push(focused()), true);
}}"""
FIRST_OF_TEXT = """() => {
  const after = Node.DOCUMENT_POSITION_FOLLOWING, main = document.querySelector('main');
  return document.activeElement === window.reachable.find((one) => main.compareDocumentPosition(one) & after);
}"""
MOVING = """() => {
  const still = (style) => style.animationName === 'none' && style.scrollBehavior === 'auto'
    && style.transitionDuration.split(', ').every((one) => parseFloat(one) === 0);
  return [document.documentElement, ...document.body.querySelectorAll('*')]
    .filter((one) => !['', '::before', '::after'].every((part) => still(getComputedStyle(one, part || null))))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


def walk(tab: Tab) -> list[str]:
    """Go through a page by the key Tab, and give what is wrong with the way."""
    reachable: list[str] = tab.evaluate(REACHABLE)
    tab.evaluate(FOLLOWED)
    for _ in reachable:
        tab.keyboard.press("Tab")
    way: list[dict[str, Any]] = tab.evaluate("window.way")
    wrong: list[str] = []
    for at, element in enumerate(reachable):
        focused = way[at] if at < len(way) else {"at": -1}
        if focused["at"] != at:
            return [*wrong, f"in place of {element} comes {reachable[focused['at']] if focused['at'] >= 0 else 'nothing'}"]
        if not focused["seen"]:
            wrong.append(f"one does not see that one is at {element}")
    tab.keyboard.press("Tab")
    return [*wrong, *(["one does not get out of the page"] if tab.evaluate(FOCUSED)["at"] == len(reachable) - 1 else [])]


def ways(visit: Visit, page: Page) -> list[str]:
    """Return what is wrong with the way through a page."""
    return [f"{page.path}: {one}" for one in walk(visit.to(page))]


@pytest.mark.thorough  # long in a browser
def test_one_goes_through_a_page_in_its_order(visit: Visit, site: Site, language: str) -> None:
    """The key Tab visits every link and field once, in the order of the text, outlines each, and then leaves the page."""
    assert [one for page in samples(site, language) for one in ways(visit, page)] == []


@pytest.mark.thorough  # long
def test_one_goes_through_the_pages_of_no_language(visit: Visit, site: Site) -> None:
    """So it does where one chooses a language, and where an address leads nowhere."""
    pages = [page for page in above(site) if not page.path.startswith("styleguide/")]  # a thousand links, all seen elsewhere
    assert [one for page in pages for one in ways(visit, page)] == []


@pytest.mark.thorough  # a test of tests
def test_a_trap_and_an_unseen_place_are_seen(visit: Visit, site: Site) -> None:
    """A link that the way leaves out, and one without an outline, are each told."""
    tab = visit.to(site.pages["ar/index.html"])
    tab.evaluate(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('.menu a { outline: none !important }');"
        "document.adoptedStyleSheets.push(sheet)"
    )
    assert [one for one in walk(tab) if one.startswith("one does not see")]

    tab = visit.to(site.pages["ar/index.html"])
    tab.evaluate("document.querySelector('main h2 a').tabIndex = 3")
    assert [one for one in walk(tab) if one.startswith("in place of")]


@pytest.mark.thorough  # long in a browser
def test_the_first_key_offers_the_text(visit: Visit, site: Site, language: str) -> None:
    """The first Tab shows the link that leads past the head; after Enter, the next Tab is in the text."""
    for page in samples(site, language):
        tab = visit.to(page)
        tab.evaluate(REACHABLE)
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.matches('.skip[href=\"#main\"]')"), page.path
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate(FIRST_OF_TEXT), page.path


@pytest.mark.costly
@pytest.mark.parametrize("width", [360, 1280])
def test_one_goes_along_a_line_as_one_reads(visit: Visit, site: Site, language: str, width: int) -> None:
    """From link to link of a line one goes as the language reads, to the left in RTL, and from line to line downwards."""
    for page in samples(site, language)[-LONGEST:]:
        tab = visit.to(page, width)
        forward = -1 if page.root.attributes.get("dir") == "rtl" else 1
        for line in LINES:
            steps: list[tuple[float, float]] = tab.evaluate(
                """(line) => [...document.querySelectorAll(`${line} :is(a, strong)`)].map((one) => {
                  const box = one.getBoundingClientRect();
                  return [box.left + box.width / 2, box.top];
                })""",
                line,
            )
            wrong = [(here, next_) for here, next_ in pairwise(steps) if not _follows(here, next_, forward)]
            assert wrong == [], f"{page.path}: {line}"


def _follows(here: tuple[float, float], further: tuple[float, float], forward: int) -> bool:
    """Whether one place of a line is read after another: further along, or on a lower line."""
    lower = further[1] - here[1]
    return lower > 10 or (abs(lower) <= 10 and (further[0] - here[0]) * forward > 0)


def test_the_places_of_a_page_follow_each_other_downwards(visit: Visit, site: Site, language: str) -> None:
    """Languages, head, way, text and foot of a page stand below each other in the order in which one reaches them."""
    for page in samples(site, language)[-LONGEST:]:
        tops: list[float] = visit.to(page).evaluate(
            "(places) => [...document.querySelectorAll(places)].map((one) => one.getBoundingClientRect().top)", PLACES
        )
        assert tops == sorted(tops), page.path


@pytest.mark.thorough  # long in a browser
def test_nothing_moves_for_whom_movement_hurts(visit: Visit, site: Site, language: str) -> None:
    """Where a reader asks for less motion, nothing is animated, faded or scrolled smoothly."""
    visit.tab.emulate_media(reduced_motion="reduce")
    moving = [f"{page.path}: {one}" for page in samples(site, language) for one in visit.to(page).evaluate(MOVING)]
    assert moving == []
