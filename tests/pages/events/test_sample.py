"""The sample network on other days: it builds with any clock, and its conference of 2017 says how things stand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pelicanconf import LANGUAGES
from tests.conftest import build, daily
from tests.pages.events.stages import DAYS, On, contents, each_day, said, table, told
from tests.pages.events.test_calendar import with_icalendar, with_vobject
from tests.site.pages import Site

CONFERENCE = "conferences/2017-annual-conference"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> On:
    """Return the sample network as it stands at noon of a day."""
    return each_day(tmp_path_factory, lambda output, clock: build(output, environment={"SOURCE_DATE_EPOCH": clock}))


ROWS = table("sample.tsv")


@pytest.mark.parametrize(("day", "tag", "sentences"), daily(ROWS, *ROWS[: len(ROWS) // 2]))
def test_the_conference_says_where_it_stands(sample: On, day: str, tag: str, sentences: list[str]) -> None:
    """On each day its page, the list and the home say the same, in the words of each language."""
    assert told(sample(day), tag, CONFERENCE) == sentences


def test_every_day_is_told_in_every_language() -> None:
    """No language is left out of what the table of sentences holds."""
    assert {(day, tag) for day, tag, *_ in table("sample.tsv")} == {(day, tag) for day in DAYS for tag in LANGUAGES}


@pytest.mark.parametrize(("before", "after"), list(pairwise(DAYS)))
def test_a_day_changes_only_what_shows_the_conference(sample: On, before: str, after: str) -> None:
    """From one day to the next the same files stand, and each that differs is the conference's page, or links it in a list."""
    site = sample(after)
    first, second = contents(sample(before)), contents(site)
    changed = {path for path in first if first[path] != second.get(path)}
    showing = {path for path, page in site.pages.items() if _shows(site, path)}

    assert first.keys() == second.keys()
    assert {f"{tag}/{path}index.html" for tag in LANGUAGES for path in (f"{CONFERENCE}/", "conferences/", "")} <= changed
    assert changed - showing == set()


def _shows(site: Site, path: str) -> bool:
    """Whether a page is that of the conference, or has it among its rows."""
    links = site.pages[path].values("main .row-title a, main .conference a", "href")
    found = {site.target(link, path) for link in links}
    return CONFERENCE in path or any(one and CONFERENCE in one for one in found)


def test_texts_that_have_not_come_are_plain_words(sample: On, language: str) -> None:
    """Before a text's day its name stands without a link, and no page or file names its address."""
    site = sample("2008-01-01")

    words = said(site.pages[f"{language}/principles/index.html"], ".prose p")
    assert "2017" in words
    assert not [link for link in site.pages[f"{language}/principles/index.html"].values("main a", "href") if "2017" in link]
    named = f"{CONFERENCE}/".encode()
    assert [path for path, data in contents(site).items() if named in data] == []


def test_two_libraries_read_the_same_instants(sample: On) -> None:
    """Every calendar of the sample, of one conference or of all, says the same times to both."""
    site = sample("2017-01-19")
    files = site.files(".ics")
    assert len(files) > len(LANGUAGES)
    for path in files:
        data = (site.folder / path).read_bytes()
        assert with_icalendar(data) == with_vobject(data) != {}, path


def test_a_link_comes_with_the_day(sample: On, language: str) -> None:
    """From the day of a text on, the same words are a link."""
    links = sample("2017-01-09").pages[f"{language}/principles/index.html"].values(".prose a", "href")
    assert f"../{CONFERENCE}/" in links
