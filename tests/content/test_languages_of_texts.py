"""A text in one, a few or all languages, its original in any of them: versions, inheritance, links between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml.html import HtmlElement

Build = Callable[..., Any]


def links(page: HtmlElement, path: str = ".//main") -> list[str]:
    return [link.get("href") for link in page.find(path).iterfind(".//a")]


def alternates(page: HtmlElement) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in page.iterfind(".//link[@hreflang]")}


def test_a_site_of_one_language_has_no_other(good: Build) -> None:
    """An Arabic network needs no English, not even as a default."""
    outcome = good("arabic-only")

    page = outcome.page("ar/statements/2012-x/")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert alternates(page) == {
        "ar": "https://example.org/ar/statements/2012-x/",
        "x-default": "https://example.org/",
    }
    assert sorted(folder.name for folder in outcome.output.iterdir() if len(folder.name) < 4) == ["ar"]
    assert "ar/" in links(outcome.page(""), ".//body")


@pytest.mark.parametrize("tag", ["en", "ar", "ckb", "kmr", "fr"])
def test_every_language_has_its_home_and_its_404(good: Build, tag: str) -> None:
    """A language without a text says so in its own words; nobody is sent to another language."""
    outcome = good("two-languages")

    for address in (f"{tag}/", f"{tag}/404.html"):
        assert outcome.page(address).get("lang") == tag
        assert outcome.page(address).find(".//main//h1") is not None
    assert outcome.has(f"{tag}/feed.atom")


def test_a_link_to_a_folder_leads_to_the_readers_language_or_the_best_there_is(good: Build) -> None:
    """What is in another language is marked with it; a listing is always in the reader's own."""
    outcome = good("two-languages")

    english = outcome.page("en/statements/2012-x/").find(".//div[@class='prose']")
    assert [(link.get("href"), link.get("hreflang")) for link in english.iter("a")] == [
        ("../../../fr/statements/2011-y/", "fr"),
        ("../../../fr/statements/2011-y/#r1", "fr"),
        ("../", None),
    ]
    assert "French" in english.text_content()
    french = outcome.page("fr/statements/2012-x/").find(".//div[@class='prose']")
    assert [(link.get("href"), link.get("hreflang")) for link in french.iter("a")] == [("../2011-y/", None)]


def test_a_topic_without_a_version_in_a_language_has_its_texts_there(good: Build) -> None:
    """The topic's page in French is there for its French text, its name marked as English."""
    page = good("two-languages").page("fr/topics/women/")

    name = page.find(".//h1//*[@lang='en']")
    assert name is not None
    assert name.text_content() == "Women"
    assert "../../statements/2011-y/" in links(page)


def test_a_translation_inherits_key_by_key(good: Build) -> None:
    """A translation that states a city alone has the rest of the place, the picture, the day, the topics of its original."""
    page = good("sorani-original").page("ar/conferences/2017-slemani/")
    main = page.find(".//main")

    assert {time.get("datetime") for time in main.iter("time")} >= {"2017-01-18"}
    text = " ".join(main.text_content().split())
    assert "السليمانية" in text
    assert "250" in text
    assert "../../topics/women/" in links(page)
    assert page.find(".//figure/img").get("src") == "../../../conferences/2017-slemani/hall.jpg"


@pytest.mark.parametrize("inherited", ["هۆڵی تەواری", "هێمن"])
def test_an_inherited_text_carries_its_language(good: Build, inherited: str) -> None:
    """The Sorani name of a place on an English page is said to be Sorani."""
    page = good("sorani-original").page("en/conferences/2017-slemani/")

    found = [element for element in page.find(".//main").iter() if (element.text or "").strip() == inherited]
    assert found
    assert {(element.get("lang"), element.get("dir")) for element in found} == {("ckb", "rtl")}


def test_an_inherited_alternative_text_carries_its_language(good: Build) -> None:
    """What a screen reader says of a picture is read in the language it was written in, also on an Arabic page."""
    outcome = good("sorani-original")

    image = outcome.page("ar/conferences/2017-slemani/").find(".//figure/img")
    assert (image.get("alt"), image.get("lang"), image.get("dir")) == ("هۆڵەکە پڕە لە خەڵک", "ckb", "rtl")
    own = outcome.page("en/conferences/2017-slemani/").find(".//figure/img")
    assert (own.get("alt"), own.get("lang")) == ("The hall is full of people", None)


def test_what_is_of_one_version_alone_is_not_inherited(good: Build) -> None:
    """Summary, day of change and old addresses stay with the version that states them."""
    outcome = good("sorani-original")

    english = outcome.page("en/conferences/2017-slemani/")
    assert "کورتە" not in english.text_content()
    assert "2017-02-01" not in [time.get("datetime") for time in english.iter("time")]
    assert outcome.page("old-ckb/").get("lang") == "ckb"
    assert "../ckb/conferences/2017-slemani/" in links(outcome.page("old-ckb/"), ".//body")


def test_an_author_is_called_as_the_version_or_its_original_writes_the_name(good: Build) -> None:
    """A version without a name of its own shows the original's, not that of a third language."""
    outcome = good("sorani-original")

    author = "../../authors/behar-ehmed/"
    names = {}
    for tag in ("ckb", "ar", "en"):
        page = outcome.page(f"{tag}/conferences/2017-slemani/")
        names[tag] = [link.text_content() for link in page.find(".//main").iter("a") if link.get("href") == author]
    assert names == {"ckb": ["بەهار ئەحمەد"], "ar": ["بهار أحمد"], "en": ["بەهار ئەحمەد"]}


def test_all_versions_of_a_text_name_each_other(good: Build) -> None:
    """Original, translation and translation of the translation are equal for search engines."""
    outcome = good("sorani-original")

    expected = {tag: f"https://example.org/{tag}/conferences/2017-slemani/" for tag in ("en", "ar", "ckb")}
    for tag in expected:
        page = outcome.page(f"{tag}/conferences/2017-slemani/")
        assert alternates(page) == {**expected, "x-default": "https://example.org/"}
