"""Resolutions are followed up; names lead to those they mean; places, workgroups and contacts have their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml.html import HtmlElement

Build = Callable[..., Any]
STANDING = {
    "r1": ("Kept", ["Later"]),
    "r2": ("Kept", ["Later", "Much later"]),
    "r3": ("Overdue", []),
    "r4": ("Open", []),  # due on the day of the build, which counts
    "r5": ("Overdue", ["Later"]),  # what a text says was not kept stays due
    "r2-1": ("Open", []),
}


def said(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def links(page: HtmlElement, path: str) -> dict[str, str]:
    return {said(link): link.get("href") for link in page.iterfind(path)}


def test_a_commitment_is_kept_open_or_overdue(good: Build) -> None:
    """By the last text that answers it, else by its day, which counts as a whole; said in a word, not by colour alone."""
    page = good("records").page("en/commitments/")

    found = {one.get("id").removeprefix("2012-first-"): one for one in page.find_class("commitments")[0].iterfind("li")}
    assert {
        anchor: (said(item.find_class("commitment-state")[0]), [said(link) for link in item.iterfind(".//p/span/a")])
        for anchor, item in found.items()
    } == STANDING


def test_promise_and_answer_lead_to_each_other(good: Build) -> None:
    """The statement names the texts that answer it beside the resolution, and these name the resolution."""
    outcome = good("records")
    statement, later = outcome.page("ar/statements/2012-first/"), outcome.page("en/news/2013-later/")

    item = statement.get_element_by_id("r1")
    assert links(item, ".//p//a")["Later"] == "../../../en/news/2013-later/"
    assert "../../commitments/#2012-first-r1" in links(item, ".//p//a").values()
    answers = [link.get("href") for link in later.find_class("answers")[0].iterfind(".//a")]
    assert "../../../ar/statements/2012-first/#r1" in answers


@pytest.mark.parametrize("tag", ["ar", "fr"])
def test_a_resolution_has_one_anchor_and_a_citation_in_every_language(good: Build, tag: str) -> None:
    """Lists keep their numbers, sub-points take none away, and each resolution has a whole address to copy."""
    page = good("records").page(f"{tag}/statements/2012-first/")

    anchors = [item.get("id") for item in page.iterfind(".//li[@id]") if item.get("id").startswith("r")]
    cited = [said(code) for code in page.find_class("copied")]
    assert anchors == ["r1", "r2", "r3", "r4", "r5", "r2-1"]
    assert cited == [f"https://example.org/{tag}/statements/2012-first/#{anchor}" for anchor in anchors]
    assert "2012" in said(page.find_class("citations")[0].find(".//li/p"))
    assert said(page.find_class("citations")[0].findall(".//li")[-1].find("p/bdi")) == "2.1"


def test_a_note_ends_its_own_resolution(good: Build) -> None:
    """How a resolution stands comes after its sub-points, within its item."""
    page = good("records").page("fr/statements/2012-first/")

    assert [child.tag for child in page.get_element_by_id("r2-1")] == ["a", "ol", "p"]


def test_all_resolutions_stand_in_every_language(good: Build, language: str) -> None:
    """Where a statement does not exist in a language, its resolutions stand in another, marked with it."""
    page = good("records").page(f"{language}/resolutions/")

    section = page.get_element_by_id("2012-first")
    shown = section.find(".//ol/li/div")
    assert len(section.findall(".//ol[@class='resolutions']/li")) == 6
    assert shown.get("lang") == (None if language in ("ar", "fr") else "ar")


def test_a_name_leads_to_its_record_however_it_is_spelled(good: Build) -> None:
    """Supporters, speakers, signatories, authors and translators link by id or by any name; who has no record stays plain."""
    outcome = good("records")

    supporters = outcome.page("en/conferences/2017-annual/").find_class("supporters")[0]
    assert links(supporters, ".//a") == {"KARIBU – foundation": "../../organisations/karibu/"}
    assert "Nobody Known" in said(supporters)
    programme = outcome.page("en/conferences/2017-annual/").find_class("programme")[0]
    assert links(programme, ".//a") == {"TAMKINAT MIRZA": "../../people/mirza/"}
    assert "Nobody Known" in said(programme)
    statement = outcome.page("ar/statements/2012-first/")
    assert links(statement, ".//main//header//a")["تمكينات ميرزا"] == "../../people/mirza/"
    assert list(links(statement.find_class("signatories")[0], ".//a").values()) == ["../../organisations/karibu/"]
    translators = links(outcome.page("fr/statements/2012-first/").find_class("credits")[0], ".//a")
    assert translators["Tamkinat Mirza"] == "../../people/mirza/"


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("en/organisations/karibu/", ["Annual conference", "Tamkinat Mirza"]),
        ("ar/organisations/karibu/", ["البيان الأول", "تمكينات ميرزا"]),
        ("ar/people/mirza/", ["البيان الأول"]),
        ("en/people/mirza/", ["Annual conference"]),  # spoke there
        ("fr/people/mirza/", ["Première déclaration", "Première déclaration"]),  # written, and translated
        ("ar/workgroups/peace/", ["البيان الأول"]),
    ],
)
def test_a_record_lists_where_it_appears(good: Build, address: str, texts: list[str]) -> None:
    """In each language in which it appears, its page names the texts of that language."""
    page = good("records").page(address)

    rows = page.findall(".//article//li[@class='row']//h3")
    assert [said(row) for row in rows] == texts


def test_a_workgroup_has_a_feed_and_a_person_has_none(good: Build) -> None:
    """Feeds stand beside workgroups as beside topics; organisations and people have a page alone."""
    outcome = good("records")

    assert outcome.has("ar/workgroups/peace/feed.atom")
    assert not outcome.has("ar/people/mirza/feed.atom")
    assert not outcome.has("en/organisations/karibu/feed.atom")
    assert outcome.has("ar/authors/mirza/feed.atom")


def test_what_a_contact_lacks_is_not_shown(good: Build) -> None:
    """A contact has a line for what is known, and its address keeps its direction."""
    page = good("records").page("ar/organisations/karibu/")

    link = page.find(".//aside//a[@href='mailto:post@example.org']")
    assert (link.find("bdi").get("dir"), said(link)) == ("ltr", "post@example.org")
    assert len(page.findall(".//aside//dt")) == 1


def test_a_city_is_one_place_in_whatever_language_it_is_written(good: Build) -> None:
    """Conferences at one point stand together, under the name that the page's language has for it."""
    outcome = good("records")

    names = {tag: [said(one) for one in outcome.page(f"{tag}/places/").iterfind(".//main//h2")] for tag in ("en", "ckb")}
    assert names == {"en": ["Sulaymaniyah"], "ckb": ["سلێمانی"]}
    assert len(outcome.page("en/places/").findall(".//main//li[@class='row']")) == 2


def test_a_site_without_such_things_has_no_such_pages(good: Build) -> None:
    """No page is empty: without commitments, places or records nothing leads to them."""
    outcome = good("two-languages")

    assert not any(outcome.has(f"ar/{name}/") for name in ("commitments", "places", "organisations", "people", "workgroups"))
