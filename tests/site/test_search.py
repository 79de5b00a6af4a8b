"""The search in a browser, under the policy of the site: what is typed finds texts, by mouse, keyboard and without a script."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.site.pages import Site
from tests.site.visits import GuardedVisit

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

FIELD = "input[type=search]"
SAMPLES = [
    line.split("\t") for line in (Path(__file__).parents[1] / "outputs/search/sample.tsv").read_text("utf-8").splitlines()
]
FOREIGN = {  # words that a reader of a language types, and a text in another language that is about them
    "ar": "حقوق الانسان",
    "ckb": "مافي مروڤ",
    "kmr": "mafen mirovan",
    "fr": "droits humains",
    "en": "حقوق الإنسان",
}


@pytest.fixture
def guarded(browser: Browser, site: Site) -> Iterator[GuardedVisit]:
    """Return a tab on the sample site with our headers."""
    context = browser.new_context()
    yield GuardedVisit(context.new_page(), site)
    context.close()


def open_search(visit: GuardedVisit, language: str) -> Tab:
    """Open the page of the search of a language."""
    return visit.to(visit.site.pages[f"{language}/search/index.html"])


def search(tab: Tab, words: str) -> list[str]:
    """Type words as a person does, and return the addresses of what is found once it is said how many there are."""
    tab.locator(FIELD).fill("")
    tab.wait_for_selector("[role=status]:empty", state="attached")
    tab.locator(FIELD).press_sequentially(words)
    tab.wait_for_selector("[role=status]:not(:empty)")
    addresses: list[str] = tab.locator(".findings h3 a").evaluate_all("(links) => links.map((link) => link.href)")
    return addresses


@pytest.mark.costly
def test_what_is_typed_finds_the_text(guarded: GuardedVisit, language: str) -> None:
    """The text that was meant is among the first five; each leads to a page, and nothing breaks the policy on the way."""
    tab = open_search(guarded, language)
    for _, words, wanted in (one for one in SAMPLES if one[0] == language):
        found = search(tab, words)
        assert guarded.site.url(f"{wanted}index.html") in found[:5], (words, found)
        assert all((guarded.site.folder / (guarded.site.target(url) or "-")).is_file() for url in found)
    assert guarded.faults == []


@pytest.mark.costly
def test_an_excerpt_has_the_spelling_of_its_author(guarded: GuardedVisit, language: str) -> None:
    """What was found is marked as it stands in the text, whatever was typed; nothing is marked that was not meant."""
    tab = open_search(guarded, language)
    words = next(words for tag, words, _ in SAMPLES if tag == language)
    search(tab, words)
    tab.wait_for_selector(".row-summary mark, .row-title mark")
    marked = tab.locator(".findings mark").all_inner_texts()
    own = [page for path, page in guarded.site.pages.items() if path.startswith(f"{language}/")]
    written = " ".join(page.one("main").text() for page in own)
    assert marked
    assert all(word in written for word in marked)
    assert not set(marked) & {"", " "}


@pytest.mark.costly
def test_texts_of_other_languages_are_found_and_said_to_be(guarded: GuardedVisit, language: str) -> None:
    """By the name of its topic in the reader's language a text of another one is found, below, in its own direction."""
    tab = open_search(guarded, language)
    search(tab, FOREIGN[language])
    links = tab.locator(".findings div:not(.choices) h3 a")
    if not links.count():
        assert language == "en"  # the language in which the sample has every text about it
        return
    for link in links.all():
        assert link.get_attribute("lang") == link.get_attribute("hreflang") != language
        assert link.get_attribute("dir") in ("ltr", "rtl")
    assert tab.locator(".findings div:not(.choices) .row-line").first.inner_text()


@pytest.mark.costly
def test_choices_filter_what_is_found(guarded: GuardedVisit, language: str) -> None:
    """A kind, a year or a topic leaves those texts alone that have it; without words it shows all of them."""
    tab = open_search(guarded, language)
    for name in ("kind", "year", "topic"):
        choice = tab.locator(f"select[name={name}]")
        value = choice.locator("option").nth(1).get_attribute("value") or choice.locator("option").nth(1).inner_text()
        choice.select_option(value)
        tab.wait_for_selector("[role=status]:not(:empty)")
        assert f"{name}={value}" in tab.url
        assert tab.locator(".findings h3 a").count() > 0
        if name == "kind":
            assert all(f"/{value}/" in (one.get_attribute("href") or "") for one in tab.locator(".findings h3 a").all())
        choice.select_option("")
        tab.wait_for_selector("[role=status]:empty", state="attached")
    assert tab.locator(".all-texts").is_visible()


@pytest.mark.costly
def test_keys_lead_through_what_is_found(guarded: GuardedVisit, language: str) -> None:
    """Arrows go from the field through the results and back, Escape returns to it, and Tab leaves it."""
    tab = open_search(guarded, language)
    search(tab, next(words for tag, words, _ in SAMPLES if tag == language))
    at = "[...document.querySelectorAll('.findings h3 a')].indexOf(document.activeElement)"
    places = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "Escape", "Tab"):
        tab.keyboard.press(key)
        places.append(tab.evaluate(at) if tab.evaluate(f"!document.activeElement.matches('{FIELD}')") else "field")
    assert places[:6] == [0, 1 if tab.locator(".findings h3 a").count() > 1 else 0, 0, "field", 0, "field"]
    assert places[6] != "field"


def test_two_letters_find_the_words_that_begin_so(guarded: GuardedVisit) -> None:
    """From the second letter on, what is found has all that more letters find."""
    tab = open_search(guarded, "ckb")
    assert 0 < len(search(tab, "هەولێر")) <= len(search(tab, "هەو")) <= len(search(tab, "هە"))


def test_a_word_that_is_nowhere_is_said_to_be(guarded: GuardedVisit) -> None:
    """Where nothing is found the page says so, in words that a screen reader hears."""
    tab = open_search(guarded, "ckb")
    assert search(tab, "qqqqxx") == []
    assert tab.get_attribute(".findings [role=status]", "aria-live") in (None, "polite")
    assert tab.inner_text(".findings [role=status]") == tab.get_attribute(".findings", "data-nothing")


def test_an_address_with_words_shows_what_they_find(guarded: GuardedVisit) -> None:
    """The field of any page leads to the search with its words, which are found at once and stay in the address."""
    tab = guarded.to(guarded.site.pages["ckb/index.html"])
    tab.locator(FIELD).fill("ههولێر")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".findings h3 a")
    assert "/ckb/search/?q=" in tab.url
    assert tab.locator(FIELD).input_value() == "ههولێر"
    assert guarded.faults == []


def test_without_a_script_the_field_leads_to_the_index(browser: Browser, site: Site) -> None:
    """Where no script runs, the same field leads to all texts by letter, with a link to all by year."""
    context = browser.new_context(java_script_enabled=False)
    visit = GuardedVisit(context.new_page(), site)
    visit.tab.goto(f"{site.address}/ar/")
    visit.tab.locator(FIELD).fill("سلام")
    visit.tab.keyboard.press("Enter")
    visit.tab.wait_for_url("**/ar/search/?q=*")
    assert visit.tab.locator(".all-texts h4 a").count() > 20
    assert visit.tab.locator(".all-texts a[href$='timeline/']").count() == 1
    assert visit.tab.locator("noscript").inner_text()
    assert not visit.tab.locator(".findings").is_visible()
    context.close()


def test_a_first_result_comes_before_the_fonts(guarded: GuardedVisit) -> None:
    """With nothing kept an address with words shows its first result for 25 KB at most; fonts are loaded behind it."""
    tab, site = guarded.tab, guarded.site
    with tab.expect_request_finished(lambda request: request.url.endswith(".woff2")):
        tab.goto(f"{site.url('ckb/search/index.html')}?q={quote('بلوگنوس')}")
    assert tab.locator(".findings h3 a").count()
    needed = guarded.files[: 1 + next(number for number, file in enumerate(guarded.files) if file.startswith("search/ckb/0-"))]
    assert not [file for file in needed if file.endswith(".woff2")]
    assert sum(len(gzip.compress((site.folder / file).read_bytes(), 9)) for file in needed) <= 25_000, needed
    assert guarded.faults == []


def test_a_copy_on_a_disk_searches(browser: Browser, site: Site) -> None:
    """Opened from a folder, without any server, the same page finds the same."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{(site.folder / 'ckb/search/index.html').as_uri()}?q=بلوگنوس")
    tab.wait_for_selector(".findings h3 a")
    assert tab.locator(".findings mark").count() > 0
    context.close()


def test_every_page_has_a_field(site: Site, language: str) -> None:
    """The header of each page has one field, in its language, whose form leads to the search of that language."""
    for path, page in site.pages.items():
        if path.startswith(f"{language}/") and not page.is_redirect:
            (form,) = page.tree.css("header form[role=search]")
            assert site.target(form.attributes["action"] or "", path) == f"{language}/search/index.html", path
            (field,) = page.tree.css(FIELD)
            assert field.attributes["name"] == "q"
            assert field.attributes["aria-label"]


def test_the_search_runs_one_script(site: Site) -> None:
    """The page of the search of each language names one script, a file of the theme; its other pages name none."""
    for tag in site.languages:
        (script,) = site.pages[f"{tag}/search/index.html"].values("script[src]", "src")
        assert (site.target(script, f"{tag}/search/index.html") or "").startswith("theme/search.")
    later = [page for path, page in site.pages.items() if "/search/page/" in path]
    assert not [page.path for page in later if page.tree.css('script:not([type="application/ld+json"])')]


def test_the_script_is_small(site: Site) -> None:
    """The whole interface has at most 4 KB on the wire, and a page of the search at most 20 KB."""
    (script,) = (site.folder / "theme").glob("search.*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= 4096
    for tag in site.languages:
        assert len(gzip.compress((site.folder / tag / "search/index.html").read_bytes(), 9)) <= 20_000
