"""The pictures of the history on the built site: they say what the lists and pages say, and nothing of them is cut off."""

from __future__ import annotations

import pytest

from tests.site.pages import Page, Site
from tests.site.visits import Visit

# What stands in a picture, as boxes on the screen: names, numbers, marks.
BOXES = """figure => [...figure.querySelectorAll('text, circle, path:not(.land path)')].map(one => {
  const box = one.getBoundingClientRect();
  return [one.tagName, one.textContent.trim(), box.left, box.right, box.top, box.bottom];
})"""


def words(page: Page, selector: str) -> list[str]:
    """Return the words of elements."""
    return [" ".join(node.text().split()) for node in page.tree.css(selector)]


@pytest.fixture
def timeline(site: Site, language: str) -> Page:
    """Return the timeline of a language."""
    return site.pages[f"{language}/timeline/index.html"]


@pytest.fixture
def places(site: Site, language: str) -> Page:
    """Return the places of a language."""
    return site.pages[f"{language}/places/index.html"]


def test_the_line_shows_what_the_list_names(timeline: Page) -> None:
    """Each row of the list has its mark, and what the page's language lacks is hollow."""
    rows = timeline.tree.css("main .year .row")
    foreign = timeline.tree.css("main .year .row-title a[hreflang]")
    hollow = timeline.tree.css(".history .drawn .hollow")
    counts = [int(said.rpartition(" ")[2]) for said in words(timeline, ".history .lane")]

    assert sum(counts) == len(rows)
    assert len(hollow) == len(foreign)


def test_cities_of_conferences_are_on_the_line(timeline: Page, places: Page) -> None:
    """Every name on the line is that of a city of the list of places."""
    named = set(words(timeline, ".history .drawn text[dx][direction]"))
    assert named
    assert named <= set(words(places, ".place > h2"))


def test_the_map_shows_the_cities_of_the_list(places: Page) -> None:
    """Each city that says where it lies has its mark, and the sample's have their names."""
    cities = set(words(places, ".place > h2"))
    assert set(words(places, ".city-map text")) == cities
    assert len(places.tree.css(".city-map svg > circle, .city-map svg > svg:not(.land)")) == len(cities)


def test_numbers_of_participants_are_those_of_the_conferences(site: Site, timeline: Page) -> None:
    """The table has what the facts of each conference say, counted or about, and leads there."""
    rows = timeline.tree.css(".attendance tr")
    assert len(rows) == 3
    for row in rows:
        link, said = row.css_first("a"), row.css("td")[-1]
        assert link is not None
        path = site.target(link.attributes["href"] or "", timeline.path) or ""
        facts = words(site.pages[path], ".facts dd")
        digits = "".join(filter(str.isdigit, said.text()))
        assert any("".join(filter(str.isdigit, fact)) == digits for fact in facts), path
        assert (" ".join(said.text().split()) in facts) or path.split("/")[0] != timeline.language


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["timeline", "places"])
def test_nothing_of_a_picture_is_cut_off_or_covered(visit: Visit, language: str, kind: str, width: int) -> None:
    """Names and marks stay within the page, and no name covers another."""
    tab = visit.to(visit.site.pages[f"{language}/{kind}/index.html"], width)
    boxes = [one for figure in tab.query_selector_all("main figure") for one in figure.evaluate(BOXES)]
    names = [one for one in boxes if one[0] == "text"]

    assert len(boxes) > len(names) > 0
    assert [one for one in boxes if one[2] < 0 or one[3] > width] == []
    covering = [
        (one[1], other[1])
        for number, one in enumerate(names)
        for other in names[:number]
        if one[2] < other[3] - 1 and other[2] < one[3] - 1 and one[4] + 5 < other[5] - 5 and other[4] + 5 < one[5] - 5
    ]
    assert covering == []


def test_years_of_the_timeline_can_be_gone_to(timeline: Page) -> None:
    """Every year has its place, newest first, and the list above leads to each."""
    places = [f"#{node.attributes.get('id')}" for node in timeline.tree.css("main section.year")]
    assert timeline.values(".years a", "href") == places
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize("kind", ["conferences", "timeline", "places", "people", "workgroups"])
def test_one_can_browse_in_every_language(site: Site, language: str, kind: str) -> None:
    """By event, year, place, person and workgroup there is a page in each language, and none is empty."""
    assert site.pages[f"{language}/{kind}/index.html"].tree.css("main .row .row-title a")
