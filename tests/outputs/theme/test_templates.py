"""The templates: their messages, their macros, and what a page never has."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jisr.content.catalogs.extraction import extract_ui_strings

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "themes" / "jisr" / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))
MARKS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _name(file: Path) -> str:
    return file.relative_to(TEMPLATES).as_posix()


def test_every_message_tells_translators_where_it_stands() -> None:
    """Who translates a word without seeing the page needs a sentence about it."""
    found = [message for message in extract_ui_strings(ROOT) if message.id]

    assert [message.id for message in found if not message.auto_comments] == []
    assert found


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_catalogue_is_complete(path: Path) -> None:
    """No reader of a language meets a word of the interface in English."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    found = {message.id for message in catalogue if message.id and _translated(message.string)}

    assert sorted(str(message.id) for message in extract_ui_strings(ROOT) if message.id and message.id not in found) == []


def _translated(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(string) and all((string,) if isinstance(string, str) else string or ())


@pytest.mark.parametrize("file", COMPONENTS, ids=_name)
def test_a_component_is_one_macro_of_its_name(file: Path) -> None:
    """Who reads the name of a macro knows its file."""
    assert re.findall(r"{% macro (\w+)\(", file.read_text()) == [file.stem]


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_macros_know_the_page(file: Path) -> None:
    """A macro that is imported without context speaks English on every page."""
    imports = re.findall(r"{% from .*? %}", file.read_text())

    assert [line for line in imports if not line.endswith(" with context %}")] == []


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_no_template_has_styles_or_scripts_of_its_own(file: Path) -> None:
    """Pages work where scripts are off, and under a strict policy: there is data for machines, and the file that searches."""
    text = file.read_text().replace('<script type="application/ld+json">', "").replace('<script src="{{ page.script }}">', "")

    assert re.findall(r'\sstyle="|<style|<script|\son[a-z]+=|javascript:', text) == []


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_direction_is_marked_by_elements(file: Path) -> None:
    """Direction is set by elements, never by invisible characters, which nobody would find."""
    assert MARKS.findall(file.read_text()) == []


@pytest.mark.parametrize("file", [file for file in FILES if file.name != "when.html"], ids=_name)
def test_days_are_written_in_one_place(file: Path) -> None:
    """A day is a time element with its date; only the block with the big number is set by hand."""
    assert file.name == "date_block.html" or "<time" not in file.read_text()
