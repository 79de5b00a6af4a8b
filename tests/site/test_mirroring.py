"""A page from right to left is the mirror of one from left to right: the same boxes, from the other side.

A Sorani and a Kurmanji page cannot be compared word by word: their texts differ in length, and so do their lines. So each page
of Sorani is compared with itself: laid out as it is, and once more with nothing changed but the ``dir`` of its root. All texts
then have the same measures twice, and what differs is the theme's. Boxes within a line of text are left out: their order
is the order of the words, which other tests read; so are those within a side of a pair or a resolution of another language,
which keep their own direction, and those within a drawing: no map is mirrored, nor a time line. The pages as they are in both
languages are compared by their landmarks, whose edges hang on no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.pages import Site
from tests.site.visits import Visit, samples

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

WIDTHS = (360, pytest.param(1280, marks=pytest.mark.thorough))
NEAR = 1.0  # pixels: what the rounding of positions may give
FROM_RIGHT, FROM_LEFT = "ckb", "kmr"
BOXES = """([direction, selector]) => {
  const root = document.documentElement, found = [];
  if (direction) root.dir = direction;
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility() || element.closest('.skip, .unseen, .pair [dir] *, .resolutions [dir] *, svg *')) continue;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (['inline', 'inline-block', 'contents'].includes(style.display)) continue;
    found.push({
      name: [element.localName, ...element.classList].join('.'),
      start: root.dir === 'rtl' ? root.clientWidth - box.right : box.left,
      inset: parseFloat(style.paddingInlineStart), above: box.top, width: box.width, height: box.height,
    });
  }
  return found;
}"""
LANDMARKS = ".languages, .masthead, .breadcrumb, main, .text-header, .sheet-text, aside, footer"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a page: how far it is from the side where lines begin, how far from the top, and its size, in pixels."""

    name: str
    start: float
    inset: float
    above: float
    width: float
    height: float

    def is_at(self, other: Box) -> bool:
        """Whether this box and one of another layout are in one place and equally large."""
        return self.stands_as(other) and abs(self.above - other.above) <= NEAR and abs(self.height - other.height) <= NEAR

    def stands_as(self, other: Box) -> bool:
        """Whether they begin and end on the same vertical lines, whatever is in them."""
        return self.name == other.name and all(
            abs(here - there) <= NEAR
            for here, there in ((self.start, other.start), (self.width, other.width), (self.inset, other.inset))
        )


def boxes(tab: Tab, direction: str = "", selector: str = "body *") -> list[Box]:
    """Return the boxes of a page, laid out in a direction or as it is."""
    found: list[dict[str, Any]] = tab.evaluate(BOXES, [direction, selector])
    return [Box(**one) for one in found]


@pytest.mark.thorough  # long in a browser
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_mirrors_to_the_pixel(visit: Visit, site: Site, width: int) -> None:
    """On a page of every kind, each box is as far from the right in RTL as it is from the left in LTR."""
    wrong = []
    for page in samples(site, FROM_RIGHT):
        tab = visit.to(page, width)
        pairs = zip(boxes(tab), boxes(tab, "ltr"), strict=True)
        wrong += [f"{page.path}: {one} and {other}" for one, other in pairs if not one.is_at(other)]
    assert wrong == []


@pytest.mark.thorough  # long
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_two_languages_mirror(visit: Visit, site: Site, width: int) -> None:
    """The landmarks of a Sorani page stand where those of the same page in Kurmanji do, from the other side."""
    compared, wrong = 0, []
    for page in samples(site, FROM_RIGHT):
        twin = site.pages.get(page.path.replace(FROM_RIGHT, FROM_LEFT, 1))
        if twin is None or twin.is_redirect:
            continue
        one, other = (
            {box.name: box for box in boxes(visit.to(version, width), selector=LANDMARKS)} for version in (page, twin)
        )
        compared += 1
        wrong += [
            f"{page.path}: {one[name]} and {other[name]}"
            for name in one
            if name in other and not one[name].stands_as(other[name])
        ]
    assert compared > 8
    assert wrong == []


@pytest.mark.thorough  # a test of tests
def test_a_box_that_stays_is_seen(visit: Visit, site: Site) -> None:
    """A margin on a side of the screen, in place of a side of the line, is told."""
    tab = visit.to(site.pages[f"{FROM_RIGHT}/index.html"])
    tab.evaluate("document.querySelector('main h1').style.marginLeft = '40px'")
    pairs = zip(boxes(tab), boxes(tab, "ltr"), strict=True)

    assert "h1" in {one.name for one, other in pairs if not one.is_at(other)}
