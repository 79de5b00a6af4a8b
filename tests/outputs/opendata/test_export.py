"""The content as data: it follows its schema, and is what the pages are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.site.pages import Site


@pytest.fixture
def data(site: Site, language: str) -> dict[str, Any]:
    """Return the data of a language."""
    given: dict[str, Any] = json.loads((site.folder / "data" / f"{language}.json").read_text("utf-8"))
    return given


@pytest.fixture
def schema(site: Site) -> dict[str, Any]:
    """Return the schema that is published with the data."""
    given: dict[str, Any] = json.loads((site.folder / "data" / "schema.json").read_text("utf-8"))
    return given


def test_the_data_follow_their_schema(data: dict[str, Any], schema: dict[str, Any]) -> None:
    """The schema is one, names no key in vain, and accepts the data of every language."""
    Draft202012Validator.check_schema(schema)

    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


def test_the_schema_refuses_what_it_does_not_know(data: dict[str, Any], schema: dict[str, Any]) -> None:
    """A key that nobody described and a day that is none are no data of ours."""
    first = data["texts"][0]

    for wrong in ({**first, "colour": "red"}, {**first, "date": "12 Feb"}):
        assert not Draft202012Validator(schema).is_valid({**data, "texts": [wrong]})


def test_every_page_of_a_text_is_in_the_data_and_no_other(site: Site, data: dict[str, Any], language: str) -> None:
    """As many texts as pages that show one, each at the address that its page states as its own."""
    pages = [page for path, page in site.pages.items() if path.startswith(f"{language}/") and not page.is_noindex]
    shown = [page for page in pages if page.tree.css("article.sheet .prose")]
    own = [page.values('link[rel="canonical"]', "href")[0] for page in shown]

    assert sorted(text["url"] for text in data["texts"]) == sorted(own)


def test_every_address_of_the_data_answers(site: Site, data: dict[str, Any]) -> None:
    """The address of a text, event, resolution or entity is a page with its anchor."""
    parts = ("texts", "events", "resolutions", "members", "organisations", "people")
    for url in (one["url"] for part in parts for one in data[part]):
        path, _, anchor = url.removeprefix(f"{site.address}/").partition("#")
        page = site.pages[f"{path}index.html"]
        assert not anchor or page.tree.css(f'[id="{anchor}"]'), url


def test_resolutions_are_the_same_in_every_language(site: Site, data: dict[str, Any], language: str) -> None:
    """The number of a resolution is the same in all languages."""
    other = json.loads((site.folder / "data" / "en.json").read_text("utf-8"))["resolutions"]  # English has them all
    own = {(one["statement"], one["anchor"], one["number"], one.get("state", "")) for one in data["resolutions"]}
    all_ = {(one["statement"], one["anchor"], one["number"], one.get("state", "")) for one in other}

    assert own == {one for one in all_ if one[0] in {text["id"] for text in data["texts"]}}


def test_readers_find_the_data(site: Site, language: str) -> None:
    """The Subscribe page of a language leads to its data and to their schema."""
    hrefs = site.pages[f"{language}/subscribe/index.html"].values("main a", "href")

    assert {f"../../data/{language}.json", "../../data/schema.json"} <= set(hrefs)
