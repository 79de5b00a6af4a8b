"""Home and lists: what stands first, and in which language a reader is offered it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from jisr.core.i18n.languages import build_languages

STATEMENT = {"en": "Statement", "kmr": "Daxuyanî", "fr": "Déclaration"}


def titles(part: html.HtmlElement) -> list[str]:
    """Return the titles of the rows in a part of a page."""
    return [one.text_content() for one in part.find_class("row-title")]


def words(part: html.HtmlElement) -> str:
    """Return the words of a part of a page."""
    return " ".join(part.text_content().split())


@pytest.mark.parametrize(("tag", "language"), [("en", None), ("kmr", "en"), ("fr", "en")])
def test_a_pinned_statement_leads_and_is_not_called_the_latest(
    good: Callable[..., Any], tag: str, language: str | None
) -> None:
    """What an editor pins stands first in every language, says its language where it is another, and is no newest text."""
    (lead,) = good("front").page(f"{tag}/").find_class("lead")
    (link,) = lead.find_class("lead-title")[0].iter("a")

    assert (words(link), link.get("lang")) == ("Old and pinned", language)
    assert words(lead.find_class("kicker")[0]) == STATEMENT[tag]


@pytest.mark.parametrize(("tag", "news"), [("kmr", ["News of the bridge", "Nûçeya me"]), ("ckb", ["خبر الجسر", "Nûçeya me"])])
def test_the_home_has_the_newest_of_all_languages(good: Callable[..., Any], tag: str, news: list[str]) -> None:
    """News are by date whatever their language, each in the first language of FALLBACKS that has it, else the original."""
    (part,) = good("front").page(f"{tag}/").find_class("thirds")

    assert titles(part)[:2] == news


def test_a_listing_begins_with_what_is_pinned(good: Callable[..., Any]) -> None:
    """A pinned text stands in a group of its own above the years, and not once more below."""
    groups = good("front").page("en/statements/").find_class("year")

    assert [words(one.find("h2")) for one in groups] == ["Highlighted", "In other languages"]
    assert [titles(one) for one in groups] == [["Old and pinned"], ["بەیاننامەی نوێ", "La nôtre"]]


def test_a_row_says_something_of_its_text(good: Callable[..., Any]) -> None:
    """A statement has its place and the number of its resolutions, a member its city, in lists."""
    lists = (good("front").page(address) for address in ("en/statements/", "en/members/"))

    assert [words(one.find_class("row-line")[0]) for one in lists] == ["Basra 2 resolutions", "Basra"]


def test_conferences_stand_in_one_list_with_their_state(good: Callable[..., Any]) -> None:
    """The home names every conference once, with its year, its city by the name that other texts have, and its state."""
    (stations,) = good("front").page("en/").find_class("stations")

    assert [words(one) for one in stations.iter("li")] == ["2024 Mosul · ended", "2040 Mosul · coming up"]


@pytest.mark.parametrize("tag", ["en", "ckb", "kmr"])
def test_every_invitation_names_its_text(good: Callable[..., Any], tag: str) -> None:
    """A text invites, in each language that it lacks, to the place of that text on the page of translators of the language."""
    page = good("front").page
    links = {one.get("hreflang"): one.get("href") for one in page("fr/statements/2023-own/").find_class("invitation")}

    assert links[tag] == f"../../../{tag}/translate/#statements-2023-own"
    (waiting,) = page(f"{tag}/translate/").xpath('//*[@id="statements-2023-own"]')
    assert titles(waiting) == ["La nôtre"]


def test_a_listing_invites_to_the_texts_that_it_lacks(good: Callable[..., Any]) -> None:
    """What a listing offers from other languages leads to its place on the page of translators."""
    links = {one.get("href") for one in good("front").page("en/statements/").find_class("elsewhere")[0].iter("a")}

    assert {"../translate/#statements-2026-new", "../translate/#statements-2023-own"} <= links


def test_what_waits_is_listed_by_date_with_its_length(good: Callable[..., Any]) -> None:
    """The page of translators has every text that the language lacks, newest first, each with its number of words."""
    rows = good("front").page("fr/translate/").xpath("//li[@id]")

    assert [one.get("id") for one in rows] == [
        "conferences-2040-ahead",
        "news-2026-bridge",
        "statements-2026-new",
        "news-2026-own",
        "conferences-2024-past",
        "statements-2020-old",
        "members-dijla",
    ]
    assert words(rows[1].find_class("row-line")[0]) == "Actualité en anglais 1er juin 2026 fichier PO 5 mots"


def test_a_site_of_one_language_has_nothing_to_choose(good: Callable[..., Any]) -> None:
    """Its front door leads to its home without a script, and no page has a bar of languages."""
    page = good("arabic-only").page

    assert page("").find(".//meta[@http-equiv='refresh']").get("content") == "0; url=ar/"
    assert page("ar/").find_class("languages") == []
    assert not good("arabic-only").has("ar/translate/")


def test_an_author_with_a_page_as_a_person_leads_to_it(good: Callable[..., Any]) -> None:
    """The address of an author goes on, and leads to all that the person did."""
    refresh = good("records").page("ar/authors/mirza/").find(".//meta[@http-equiv='refresh']")

    assert refresh.get("content") == "0; url=../../people/mirza/"


def test_what_has_nothing_in_it_is_not_in_the_menu(good: Callable[..., Any]) -> None:
    """A site of news alone has no link to resolutions or statements in any menu."""
    links = {one.get("href") for one in good("listings").page("en/").iter("a")}

    assert links.isdisjoint({"resolutions/", "statements/"})
    assert "news/" in links


def test_a_text_links_its_pdf(good: Callable[..., Any]) -> None:
    """A PDF that `inv pdf` wrote beside a text is published, and linked from the version that it is of."""
    links = [one.get("href") for one in good("front").page("fr/statements/2023-own/").find_class("take-away")[0].iter("a")]

    assert "../../../statements/2023-own/2023-own.fr.pdf" in links
    assert good("front").has("statements/2023-own/2023-own.fr.pdf")


def test_fallbacks_that_a_site_lacks_are_passed_over() -> None:
    """A site without one of the languages that stand in for another takes the next; a language never stands in for itself."""
    languages = build_languages(("fr", "ar"), fallbacks={"fr": ("en", "fr", "ar"), "de": ("ar",)})

    assert [one.fallbacks for one in languages] == [("ar",), ()]
