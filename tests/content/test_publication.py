"""What is for readers stands where they look for it; what is not is nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.content.conftest import NOVEMBER_2026

Build = Callable[..., Any]

JANUARY_2013 = "1356998400"


def words(page: HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.iterfind(path)]


def links(page: HtmlElement, path: str = ".//main") -> list[str]:
    return [link.get("href") for link in page.find(path).iterfind(".//a")]


def alternates(page: HtmlElement) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in page.iterfind(".//link[@hreflang]")}


def written(text: str) -> set[str]:
    """Return the addresses that a sitemap or feed names."""
    return set(re.findall(r"https://example\.org/[^\"<]*", text))


def test_a_hidden_text_is_a_page_and_nowhere_else(good: Build) -> None:
    """It stands at its address, is not indexed, and no listing, feed or sitemap names it."""
    outcome = good("unlisted")

    page = outcome.page("en/statements/hidden/")
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert alternates(page) == {}
    assert page.find(".//h1").text_content() == "Hidden away"
    for file in ("sitemap.xml", "en/feed.atom", "en/statements/feed.atom", "feed.atom"):
        assert not [url for url in written((outcome.output / file).read_text("utf-8")) if "hidden" in url]
    for address in ("en/", "en/statements/", "en/timeline/", "en/search/"):
        assert "Hidden away" not in outcome.page(address).text_content()
    assert not outcome.has("ar/statements/feed.atom")


@pytest.mark.parametrize(
    ("address", "name"),
    [("kmr/statements/seen/", "Veşartî"), ("fr/statements/unseen/", "Texte caché"), ("en/topics/quiet/", "Quiet topic")],
)
def test_a_hidden_version_is_named_by_no_list(good: Build, address: str, name: str) -> None:
    """Where another version is published, lists, homes and lists of feeds name that one alone; a topic likewise."""
    outcome = good("unlisted")
    own = {address.partition("/")[2], "statements/seen/"}  # the pages of the text, and of one that states the topic

    assert outcome.has(address)
    for file in sorted(outcome.output.rglob("*")):
        path = file.relative_to(outcome.output).as_posix()
        if file.suffix in (".html", ".opml", ".xml") and not any(one in path for one in own):
            said = file.read_text("utf-8")
            assert f'{address}"' not in said, path
            assert name not in said, path


@pytest.mark.parametrize("address", ["en/statements/draft/", "ar/statements/half/", "en/statements/future/"])
def test_what_is_not_for_readers_yet_is_not_built(good: Build, address: str) -> None:
    """A draft, a draft of a translation and a text of tomorrow are no pages, and nothing leads to them."""
    outcome = good("unlisted")

    assert not outcome.has(address)
    for file in sorted(outcome.output.rglob("*.html")):
        assert address not in file.read_text("utf-8")


def test_a_day_that_has_come_is_published(good: Build) -> None:
    """SOURCE_DATE_EPOCH is the clock, and a day begins where the network is."""
    assert good("unlisted").has("en/statements/yesterday/")


def test_a_link_to_what_has_come_since_is_words_on_an_earlier_day(build_site: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that is built as it stood on a stated day says what it leaves out, and readers see the words."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", JANUARY_2013)
    outcome = build_site("good/since")

    assert outcome.code == 0
    assert outcome.lines[-1] == (
        'content/statements/2012-x/index.en.md:5:8: warning[link]: "../2014-y/" leads to a text whose day has not come. '
        "Until then readers see these words without a link."
    )
    prose = outcome.page("en/statements/2012-x/").find_class("prose")[0]
    assert (prose.text_content().strip(), list(prose.iter("a"))) == ("Soon", [])


@pytest.mark.parametrize("stated", [JANUARY_2013, NOVEMBER_2026, ""])
def test_a_link_to_what_has_not_come_is_an_error(build_site: Build, monkeypatch: pytest.MonkeyPatch, stated: str) -> None:
    """Who writes it is told, whatever day the site is built for."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stated)
    outcome = build_site("broken/link-future")

    assert outcome.code == 1
    assert 'error[link]: "../2199-y/" leads to a text that appears on 2199-01-01' in outcome.lines[-1]


def test_a_preview_shows_drafts(build_site: Build) -> None:
    """An editor sees what readers don't see yet."""
    outcome = build_site("good/unlisted", drafts=True)

    assert outcome.code == 0
    assert outcome.has("en/statements/draft/")
    assert outcome.has("en/statements/future/")
    assert outcome.has("ar/statements/half/")


def test_a_listing_is_paged(good: Build) -> None:
    """Newest first; other pages are numbered from the oldest, are no alternates of anything and stand in no sitemap."""
    outcome = good("listings")

    titles = [words(outcome.page(address), ".//main//h3") for address in ("en/news/", "en/news/page/2/")]
    assert titles == [["Item 5", "Item 4", "Item 3"], ["Item 2", "Item 1"]]
    assert not outcome.has("en/news/page/3/")
    second = outcome.page("en/news/page/2/")
    assert alternates(second) == {}
    assert "../../" in links(second)
    assert "page/2/" in links(outcome.page("en/news/"))
    assert not [url for url in written((outcome.output / "sitemap.xml").read_text("utf-8")) if "/page/" in url]


def test_a_listing_offers_what_exists_in_other_languages(good: Build) -> None:
    """Apart from its own texts stand the newest that it lacks, marked with their language, up to the number set."""
    outcome = good("listings")

    page = outcome.page("ar/news/")
    foreign = [link for link in page.find(".//main").iter("a") if link.get("hreflang") and link.getparent().tag == "h3"]
    assert [(link.text_content(), link.get("lang"), link.get("dir")) for link in foreign] == [
        ("Item 4", "en", "ltr"),
        ("Item 3", "en", "ltr"),
    ]
    assert words(page, ".//main//h3")[0] == "خبر"
    assert len([link for link in outcome.page("kmr/news/").find(".//main").iter("a") if link.get("lang")]) >= 2
