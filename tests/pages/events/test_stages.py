"""What a conference says of itself from its announcement to its report, by its dates and the day of the build alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pelicanconf import LANGUAGES
from tests.pages.events.stages import DAYS, On, contents, table, told

CONFERENCE = "conferences/2017-annual"
PAGE = f"{CONFERENCE}/index.html"
SHOWN = {
    PAGE,
    "conferences/index.html",
    "index.html",
    "timeline/index.html",
    "search/index.html",
    "topics/water/index.html",
    "places/index.html",
}


@pytest.mark.parametrize(("day", "tag", "sentences"), table("stages.tsv"))
def test_a_conference_says_where_it_stands(on: On, day: str, tag: str, sentences: list[str]) -> None:
    """On each day the page, the list and the home say the same, in the words of each language."""
    assert told(on(day), tag, CONFERENCE) == sentences


def test_who_cannot_use_the_form_can_write(on: On, language: str) -> None:
    """While one can register there is the form, and the address beside it in its own direction; after that, neither."""
    notice = on("2017-01-09").pages[f"{language}/{PAGE}"].one(".sheet-text > .notice")
    links = [link.attributes.get("href") for link in notice.css("a")]
    assert links == ["https://example.org/register", "mailto:2017@example.org"]
    assert [one.attributes.get("dir") for one in notice.css("bdi")] == ["ltr"]

    closed = on("2017-01-11").pages[f"{language}/{PAGE}"].one(".sheet-text > .notice")
    assert closed.css("a") == []


def test_every_day_is_told_in_every_language() -> None:
    """No language is left out of what the table of sentences holds."""
    assert {(day, tag) for day, tag, *_ in table("stages.tsv")} >= {(day, tag) for day in DAYS for tag in LANGUAGES}


@pytest.mark.parametrize(("before", "after"), list(pairwise(DAYS)))
def test_a_day_changes_only_what_shows_the_conference(on: On, before: str, after: str) -> None:
    """From one stage to the next the same files stand, and none differs but the pages on which the conference is."""
    first, second = contents(on(before)), contents(on(after))
    changed = {path for path in first if first[path] != second.get(path)}

    assert first.keys() == second.keys()
    assert {f"{tag}/{path}" for tag in LANGUAGES for path in (PAGE, "conferences/index.html", "index.html")} <= changed
    assert changed <= {f"{tag}/{path}" for tag in LANGUAGES for path in SHOWN}


def test_what_came_of_it_is_linked_from_its_day_on(on: On, language: str) -> None:
    """The report and the statement appear by themselves, each marked with its language and direction."""
    links = on("2017-01-20").pages[f"{language}/{PAGE}"].one(".sheet-text > .notice").css("a")
    before = on("2017-01-19").pages[f"{language}/{PAGE}"].one(".sheet-text > .notice").css("a")
    stated = [(link.attributes.get("href"), link.attributes.get("lang"), link.attributes.get("dir")) for link in links]
    report = ("../../news/2017-report/", None, None) if language == "ckb" else ("../../../ckb/news/2017-report/", "ckb", "rtl")
    own = language == "ar"
    statement = (
        ("../../statements/2017-statement/", None, None) if own else ("../../../ar/statements/2017-statement/", "ar", "rtl")
    )

    assert before == []
    assert stated == [report, statement]
