"""What the page of a conference gathers, in all languages."""

from __future__ import annotations

import hashlib

import pytest
from selectolax.lexbor import LexborNode

from tests.pages.events.stages import On
from tests.site.pages import Page

PATH = "conferences/2017-annual/index.html"
SIZES = {
    "en": ["PDF, English, 120 kB", "Draft: PDF, Sorani Kurdish, 1 kB"],
    "ar": ["PDF، الإنجليزية، 120 كيلوبايت", "مسوّدة: PDF، الكردية (السورانية)، 1 كيلوبايت"],
    "ckb": ["ڕەشنووس: PDF، سۆرانی، 1 کیلۆبایت", "PDF، ئینگلیزی، 120 کیلۆبایت"],
    "kmr": ["PDF, îngilîzî, 120 KB", "Reşnivîs: PDF, soranî, 1 KB"],
    "fr": ["PDF, anglais, 120 ko", "Version provisoire : PDF, sorani, 1 ko"],
}


@pytest.fixture
def page(on: On, language: str) -> Page:
    """Return the page of the conference when all is told."""
    return on("2017-01-20").pages[f"{language}/{PATH}"]


def words(node: LexborNode) -> str:
    """Return the words of an element."""
    return " ".join(node.text().replace("\u00a0", " ").replace("\u202f", " ").split())


def test_a_document_says_its_type_language_and_size(page: Page, language: str) -> None:
    """What a reader will fetch is told in the words and the digits of their language; documents in it come first."""
    assert [words(node) for node in page.tree.css(".attachments .soft")] == SIZES[language]


def test_a_final_version_takes_the_place_of_its_draft(on: On, page: Page) -> None:
    """The draft is linked no more, and its address goes on answering."""
    site = on("2017-01-20")
    linked = [site.target(link, page.path) for link in page.values(".attachments a", "href")]

    assert sorted(filter(None, linked)) == ["conferences/2017-annual/themes-ckb.pdf", "conferences/2017-annual/themes.pdf"]
    assert (site.folder / "conferences/2017-annual/themes-draft.pdf").is_file()


def test_a_document_can_be_proved_whole(on: On, page: Page) -> None:
    """The checksum is that of the file that stands there."""
    site = on("2017-01-20")
    for item in page.tree.css(".attachments li"):
        link, code = item.css_first("a"), item.css_first("code")
        assert link is not None
        assert code is not None
        path = site.target(link.attributes.get("href") or "", page.path)
        assert path is not None
        assert code.text() == hashlib.sha256((site.folder / path).read_bytes()).hexdigest()


def test_a_programme_as_a_file_says_what_it_is(on: On) -> None:
    """A translation that takes the programme of its original says the language in which that is written."""
    facts = on("2017-01-20").pages[f"kmr/{PATH}"].one(".facts")
    assert "PDF, îngilîzî, 3 KB" in words(facts)


def test_texts_around_a_conference_are_gathered(on: On, page: Page) -> None:
    """Statement, report, posts on its topics since it began, and texts that refer to it: each once, in the version there is."""
    site = on("2017-01-20")
    links = [site.target(link, page.path) for link in page.values(".sheet-text .rows .row-title a", "href")]

    assert links == [
        "ar/statements/2017-statement/index.html",
        "ckb/news/2017-report/index.html",
        "ar/posts/dijla/walk/index.html",
        "fr/news/2016-call/index.html",
    ]


def test_what_is_in_another_language_says_so(page: Page, language: str) -> None:
    """A title of another language carries its tag and direction."""
    for link in page.tree.css(".sheet-text .rows .row-title a"):
        tag = (link.attributes.get("href") or "").removeprefix("../../../").split("/")[0]
        own = tag == ".."
        direction = None if own else "rtl" if tag in ("ar", "ckb") else "ltr"
        assert (link.attributes.get("lang"), link.attributes.get("dir")) == (None if own else tag, direction), language


def test_only_what_exists_is_shown(on: On) -> None:
    """A conference of which nothing is told has no heading over nothing."""
    page = on("2017-01-20").pages["ckb/conferences/2007-erbil/index.html"]
    assert [words(node) for node in page.tree.css(".sheet-text h2")] == []


def test_photos_are_shown_with_their_words(page: Page, language: str) -> None:
    """A photo has its description and its credit, in the language in which they were written."""
    image = page.one(".photos img")
    assert image.attributes.get("alt") == "A full hall"
    assert image.attributes.get("lang") == (None if language == "en" else "en")
    assert "Hêmin" in words(page.one(".photos figcaption"))
