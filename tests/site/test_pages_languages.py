"""Every page says truly which language it is in, and so does every run of another language."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jisr.core.i18n.languages import build_languages
from tests.site.pages import Page, Site, direction, nearest

CATALOGUE = Path(__file__).resolve().parents[2] / "translations" / "messages.pot"
SAME_WORD = {"Blog"}  # a Kurmanji word, too


def way(tag: str) -> str:
    """Return the direction of a language, as the registry of languages has it."""
    return build_languages((tag,))[tag].direction


def of_language(site: Site, language: str) -> list[Page]:
    """Return the pages below the home of a language."""
    return [page for path, page in site.pages.items() if path.startswith(f"{language}/")]


def test_a_page_states_its_language_and_direction(site: Site, language: str) -> None:
    """The whole page has the language of its address, and its direction."""
    stated = {(page.language, page.root.attributes.get("dir")) for page in of_language(site, language)}
    assert stated == {(language, way(language))}


def test_pages_above_the_languages_state_one(site: Site) -> None:
    """The pages that belong to no language still state the language of their chrome, and its direction."""
    above = [page for path, page in site.pages.items() if "/" not in path]
    stated = {(page.language, page.root.attributes.get("dir")) for page in above}
    assert stated == {(tag, way(tag)) for tag, _ in stated}


def test_a_page_is_written_in_the_script_of_its_language(site: Site, language: str) -> None:
    """Most letters of a page that are not marked as another language go the way of the page's language."""
    wrong = []
    for page in of_language(site, language):
        own = " ".join(text for text, node in page.texts("main") if nearest(node, "lang") == language)
        if direction(own) not in (None, way(language)):
            wrong.append(page.path)
    assert wrong == []


def test_runs_of_the_other_direction_are_isolated(site: Site) -> None:
    """A run of text whose letters go against the page stands in an element that goes its way."""
    wrong = {
        f"{page.path}: {text}"
        for page in site.pages.values()
        for text, node in page.texts()
        if direction(text) not in (None, nearest(node, "dir"))
    }
    assert sorted(wrong) == []


def test_an_element_of_another_language_has_its_direction(site: Site) -> None:
    """Where an element states a language that goes another way than its surroundings, it states the direction, too."""
    wrong = {
        f"{page.path}: {(node.html or '')[:100]}"
        for page in site.pages.values()
        for node in page.tree.css("body [lang]")
        if (tag := node.attributes.get("lang") or "und") in site.languages
        and (node.attributes.get("direction") or nearest(node, "dir")) != way(tag)  # SVG has an attribute of its own
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize("tag", ["ckb", "kmr"])
def test_the_interface_is_translated(site: Site, tag: str) -> None:
    """No word of the interface is shown in English on a Kurdish page, but where it is marked as English."""
    with CATALOGUE.open("rb") as file:
        words = {str(message.id if isinstance(message.id, str) else message.id[0]) for message in read_po(file)} - {""}
    shown = {
        f"{page.path}: {text}"
        for page in of_language(site, tag)
        for text, node in page.texts()
        if text in words - SAME_WORD and nearest(node, "lang") != "en"
    }
    assert sorted(shown) == []
