"""What may be odd is accepted, and shown as typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.conftest import daily

Build = Callable[..., Any]


def words(page: HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.iterfind(path)]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("en/statements/html/", 'The <b>bold</b> & "quoted" one'),
        ("en/statements/template/", "{{ x }} and {% if %} and {x} and %s"),
        ("ar/statements/bom/", "بيان"),
        ("fr/statements/crlf/", "Une déclaration"),
        ("en/statements/no-break/", "A statement of ours"),
        ("en/statements/words/", "no"),
    ],
)
def test_a_title_is_shown_as_typed(good: Build, address: str, title: str) -> None:
    """No markup, no template and no type is read into a title; marks and spaces that nobody typed are gone."""
    page = good("as-typed").page(address)

    assert page.find(".//h1").text_content() == title
    assert page.find(".//title").text_content().startswith(title)
    assert page.find(".//meta[@property='og:title']").get("content") == title


def test_french_punctuation_gets_its_spaces(good: Build) -> None:
    """A space before ; ! ? : and inside « » does not break, whatever the editor typed."""
    page = good("as-typed").page("fr/statements/no-break/")

    assert page.find(".//h1").text_content() == "Pourquoi\u202f? «\u00a0Ici\u00a0»\u00a0: voilà\u202f!"


def test_windows_line_ends_change_nothing(good: Build) -> None:
    """A file from another editor has its paragraphs and its numbered list."""
    prose = good("as-typed").page("fr/statements/crlf/").find(".//div[@class='prose']")

    assert [element.tag for element in prose] == ["p", "p", "ol"]
    assert [item.get("id") for item in prose.iter("li")] == ["r1", "r2"]


@pytest.mark.parametrize("address", ["ar/statements/digits/", "ckb/statements/time/"])
def test_a_day_may_be_written_with_other_digits_or_a_time(good: Build, address: str) -> None:
    """Arabic-Indic digits are digits, and a time without an offset is meant where the network is."""
    times = [time.get("datetime") for time in good("as-typed").page(address).find(".//main").iter("time")]

    assert {time[:10] for time in times} == {"2012-02-09"}


def test_names_that_yaml_takes_for_something_else_stay_names(good: Build) -> None:
    """An author may be called 123 or "yes"."""
    outcome = good("as-typed")

    assert words(outcome.page("en/authors/"), ".//main//li")
    assert [outcome.has(f"en/authors/{author}/") for author in ("123", "yes", "null-island")] == [True, True, True]


@pytest.mark.parametrize("character", daily(["[", "(", "*", "`", "<", "&", "!["], "[", "*", "<"))
def test_twenty_thousand_of_a_character_are_shown(character: str, build_site: Build, tmp_path: Any) -> None:
    """What hangs other readers of Markdown is read in time and stays."""
    folder = tmp_path / "site" / "content" / "statements" / "many"
    folder.mkdir(parents=True)
    text = f"---\ntitle: Many\ndate: 2012-02-09\n---\nBefore {character * 20_000} after.\n"
    (folder / "index.en.md").write_text(text, "utf-8")

    outcome = build_site("good/two-languages")

    assert outcome.code == 0
    prose = outcome.page("en/statements/many/").find(".//div[@class='prose']").text_content()
    assert prose.strip() == f"Before {character * 20_000} after."
