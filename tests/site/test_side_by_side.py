"""Pages that show two versions of a text side by side."""

from __future__ import annotations

import re

import pytest

from jisr.pages.document.side_by_side import _split_body
from pelicanconf import SIDE_BY_SIDE
from tests.conftest import ROOT
from tests.site.pages import Page, Site, direction
from tests.site.visits import Visit

BLOGGERS = "statements/2012-first-bloggers-conference"


def facing(site: Site) -> list[Page]:
    """Return the pages that show two versions."""
    return [page for path, page in site.pages.items() if "/with/" in path]


def versions(site: Site) -> dict[str, list[str]]:
    """Return the languages of each text of the kinds that are shown side by side."""
    found: dict[str, list[str]] = {}
    for path in site.pages:
        tag, *way = path.split("/")
        if len(way) == 3 and way[0] in SIDE_BY_SIDE and way[1] not in ("page", "feed"):
            found.setdefault("/".join(way[:2]), []).append(tag)
    return found


def translations(site: Site) -> dict[str, list[tuple[str, str]]]:
    """Return the languages of each translation, and of what it was translated from, of the texts that are shown so."""
    found: dict[str, list[tuple[str, str]]] = {}
    for text, tags in versions(site).items():
        for tag in tags:
            stated = re.search(
                r"^translation:[^#]*?\bof: *(\w+)", (ROOT / f"content/{text}/index.{tag}.md").read_text("utf-8"), re.M
            )
            if stated and stated[1] in tags:
                found.setdefault(text, []).append((tag, stated[1]))
    return found


def test_every_translation_has_a_page_beside_its_source(site: Site) -> None:
    """A translation can be read beside what it was translated from and that beside it; the text links all of these pages."""
    expected = {
        f"{one}/{text}/with/{other}/index.html"
        for text, pairs in translations(site).items()
        for pair in pairs
        for one, other in (pair, pair[::-1])
    }
    linked = {
        site.target(link, f"{tag}/{text}/index.html")
        for text, tags in versions(site).items()
        for tag in tags
        for link in site.pages[f"{tag}/{text}/index.html"].values(".beside a", "href")
    }

    assert {page.path for page in facing(site)} == expected == linked
    assert expected


def test_no_machine_is_led_to_these_pages(site: Site) -> None:
    """They are not indexed, name no other languages to machines, and stand in no sitemap and no feed."""
    for page in facing(site):
        assert page.is_noindex
        assert page.tree.css("link[hreflang], link[rel=canonical]") == []
    for path in site.files(".xml", ".atom", ".rss", ".json", ".opml"):
        assert "/with/" not in (site.folder / path).read_text("utf-8"), path


def test_each_side_has_its_language_and_direction(site: Site) -> None:
    """Of each pair, the sides are in the two languages of the page in the same order, each in the direction of its letters."""
    for page in facing(site):
        tag, _, _, _, other, _ = page.path.split("/")
        titles = [one.attributes.get("lang") or tag for one in page.tree.css(".pair-titles > div")]
        assert sorted(titles) == sorted([tag, other])
        for pair in page.tree.css(".pair:not(.pair-titles)"):
            sides = pair.css(".pair > .prose")
            assert [one.attributes.get("lang") for one in sides] == [one for one in titles if pair.css(f'[lang="{one}"].prose')]
            for side in sides:
                assert direction(side.text()) in (side.attributes.get("dir"), None)


def test_a_pair_has_the_anchors_that_the_text_has(site: Site) -> None:
    """What is cited as ``#r5`` or ``#p2`` on the page of a text has that anchor here, and every id stands once."""
    for page in facing(site):
        tag, kind, name, *_ = page.path.split("/")
        ids = page.values("[id]", "id")
        assert len(ids) == len(set(ids))
        of_text = site.pages[f"{tag}/{kind}/{name}/index.html"].values('.prose li[id^="r"], .prose p[id^="p"]', "id")
        assert of_text
        assert set(of_text) <= set(page.values(".pair", "id"))


def test_all_is_shown_and_numbers_agree(site: Site, language: str) -> None:
    """Each side shows all words of its version, and a resolution stands beside the one of its number."""
    for page in facing(site):
        tag, kind, name, _, other, _ = page.path.split("/")
        for one in (tag, other):
            if one == language:
                shown = "".join(side.text() for side in page.tree.css(f'.pair > .prose[lang="{one}"]'))
                numerals = site.pages[f"{one}/{kind}/{name}/index.html"]
                for added in numerals.tree.css(".prose .numeral, .prose .commitment"):
                    added.decompose()
                whole = numerals.one(".prose").text()
                assert "".join(shown.split()) == "".join(whole.split())
        for pair in page.tree.css('.pair[id^="r"]'):
            starts = [item.attributes.get("start", "1") for item in pair.css(".prose > ol")]
            assert len(set(starts)) == 1


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1280, 2)])
def test_pairs_stand_stacked_or_in_columns(site: Site, visit: Visit, width: int, columns: int) -> None:
    """On a phone the original stands above its translation; on a wide screen beside it, at the side where the page begins."""
    for tag, other in (("ckb", "ar"), ("en", "ar"), ("ar", "en")):
        visit.to(site.pages[f"{tag}/{BLOGGERS}/with/{other}/index.html"], width)
        boxes = visit.tab.locator(".pair#r1 > .prose")
        first, second = (boxes.nth(number).bounding_box() for number in range(2))
        assert first
        assert second
        assert boxes.first.get_attribute("lang") == "ar"
        if columns == 1:
            assert first["y"] + first["height"] <= second["y"]
        else:
            assert first["y"] == second["y"]
            assert (first["x"] > second["x"]) == (tag != "en")
        assert visit.tab.evaluate("document.documentElement.scrollWidth") <= width


def test_an_item_keeps_its_number_where_it_stands_alone() -> None:
    """Each part of a body is an item in a list of its own, with the number that it has on the page of its text."""
    html = '<ol start="3"><li id="r3">a</li><li value="7" id="r7">b</li><li id="r8">c</li></ol>'

    assert re.findall(r'<ol start="(\d+)">', "".join(part for _, part in _split_body(html))) == ["3", "7", "8"]
