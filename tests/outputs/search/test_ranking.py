"""What is meant stands first, also where a language has 2,000 texts, and a first result costs little."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import running
from tests.bench import corpus
from tests.conftest import ROOT, Once
from tests.outputs.search.test_spellings import read_pairs
from tests.site.pages import Site
from tests.site.test_search import FIELD, search
from tests.site.visits import GuardedVisit

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.process,  # a build of so many texts is shared by processes
]
LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
TEXTS = 2_000
SETTINGS = f"""import sys
sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *
PLUGINS = ["jisr.markdown", "jisr.outputs.theme.assets", "jisr.pages", "jisr.checks", "jisr.outputs.search"]
SIDE_BY_SIDE = ()
SHORT_ADDRESSES = False
"""


def write_texts(folder: Path) -> None:
    """Write the corpus, and a text for each word that stands in a pair."""
    corpus.write(TEXTS, folder)
    for number, (tag, stands) in enumerate(dict.fromkeys((tag, stands) for tag, stands, _ in read_pairs("pairs.tsv"))):
        file = folder / f"news/pair-{number:03d}/index.{tag}.md"
        file.parent.mkdir(parents=True)
        file.write_text(f'---\ntitle: "{stands}"\ndate: 2009-01-01\n---\n\n{stands}.\n', "utf-8")


@pytest.fixture(scope="module")
def large(built_once: Once) -> Site:
    """Return a site of 2,000 texts in four languages, and one for each pair."""

    def make(folder: Path) -> None:
        write_texts(folder / "content")
        (folder / "settings.py").write_text(SETTINGS, "utf-8")
        places = ("--settings", "settings.py", "--content", "content", "--output", "output")
        done = running.engine("build", *places, folder=folder, environment=running.clean_environment())
        assert done.returncode == 0, done.stderr
        for place in (folder / "output").iterdir():
            if place.is_dir() and place.name not in (*LANGUAGES, "search", "theme"):
                shutil.rmtree(place)

    folder = built_once("large", make) / "output"
    return Site(folder, "http://localhost:8000", {})


@pytest.fixture
def tab(browser: Browser, large: Site) -> Iterator[Tab]:
    """Return a tab on the large site with our headers."""
    context = browser.new_context()
    yield GuardedVisit(context.new_page(), large).tab
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_meant_is_among_the_first_five(tab: Tab, large: Site, language: str) -> None:
    """Of all spellings at least 97 of 100 bring the text with the word among the first five."""
    tab.goto(large.url(f"{language}/search/index.html"))
    places = {
        pair: number for number, pair in enumerate(dict.fromkeys((tag, stands) for tag, stands, _ in read_pairs("pairs.tsv")))
    }
    pairs = [(typed, places[tag, stands]) for tag, stands, typed in read_pairs("pairs.tsv") if tag == language]
    missed = [typed for typed, number in pairs if not any(f"/pair-{number:03d}/" in url for url in search(tab, typed)[:5])]
    assert len(missed) <= len(pairs) * 0.03, missed


def test_the_first_result_costs_little(browser: Browser, large: Site) -> None:
    """What a browser loads for a first result is at most 60 KB compressed, where the whole index is 50 times as much."""
    context = browser.new_context()
    visit = GuardedVisit(context.new_page(), large)
    visit.tab.goto(large.url("ar/search/index.html"))
    visit.tab.locator(FIELD).fill("المدونين")
    visit.tab.wait_for_selector(".findings h3 a")
    asked = {file for file in visit.files if file.startswith(("search/", "theme/search", "ar/"))}
    assert [file for file in asked if file.startswith("search/ar/w")]
    assert sum(len(gzip.compress((large.folder / file).read_bytes(), 9)) for file in asked) <= 60_000
    context.close()
