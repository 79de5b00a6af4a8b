"""What is made from the content model is up to date, whole in every language, and says what the check accepts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from jisr.content.read.front_matter import parse_front_matter
from jisr.core.build.resources import PACKAGE
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation
from jisr.editing.model.field_tables import flatten_fields
from jisr.editing.model.vocabulary import VOCABULARY_FOLDER
from pelicanconf import KINDS, LANGUAGES
from tests import running
from tests.build.conftest import ROOT
from tests.editing.conftest import Office

FIELD_WORDS_FOLDER = PACKAGE / "content" / "catalogs" / "words"
VARIABLES = {"${CURRENT_YEAR}": "2026", "${CURRENT_MONTH}": "11", "${CURRENT_DATE}": "21"}


def flat(stated: dict[str, Any], above: str = "") -> dict[str, str]:
    """Return what a file of words says, by the way to it."""
    found: dict[str, str] = {}
    for name, value in stated.items():
        found |= flat(value, f"{above}{name}/") if isinstance(value, dict) else {f"{above}{name}": str(value)}
    return found


def words(tag: str) -> dict[str, str]:
    """Return the words of a language."""
    files = (folder / f"{tag}.yaml" for folder in (FIELD_WORDS_FOLDER, VOCABULARY_FOLDER))
    return {name: word for file in files for name, word in flat(yaml.safe_load(file.read_text("utf-8"))).items()}


def kept(tag: str) -> dict[str, Any]:
    """Return the snippets of a language that the repository holds."""
    found: dict[str, Any] = json.loads((ROOT / ".vscode" / "jisr.code-snippets").read_text("utf-8"))
    return {name: snippet for name, snippet in found.items() if name.endswith(f" ({tag})")}


def used(snippet: dict[str, Any], said: str = "واژە") -> str:
    """Return what a snippet writes where the same words are filled in everywhere."""
    text = "\n".join(snippet["body"])
    for variable, value in VARIABLES.items():
        text = text.replace(variable, value)
    text = re.sub(r"\$\{\d+\|(\w+)[^|]*\|\}", r"\1", text)
    return re.sub(r"\$\{\d+:([^}]*)\}", said, text).replace("$0", "دەق")


def test_what_is_made_from_the_model_is_up_to_date(office: Office) -> None:
    """inv model has nothing to write in this repository, and writes all of it where it is missing."""
    office.done("model")
    made = {*(office.place.folder / ".vscode").iterdir(), *office.place.folder.glob("content/FIELDS.*.md")}
    assert len(made) == len(LANGUAGES) + 1

    files = [*ROOT.glob("content/FIELDS.*"), *ROOT.glob(".vscode/*"), ROOT / ".remarkrc.json"]
    before = {file: file.read_bytes() for file in files}
    done = running.inv("model", folder=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert before == {file: file.read_bytes() for file in before}


def test_the_files_of_the_handbooks_are_no_texts(office: Office) -> None:
    """Tables of fields lie among the texts in every language, and the check takes none for a text."""
    office.done("model")
    office.check()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_words_of_the_model_are_complete(tag: str) -> None:
    """Each language says all that English says, and every field has a name."""
    assert words(tag).keys() == words("en").keys()
    named = {name.partition("/")[2] for name in words(tag) if name.startswith("fields/")}
    paths = {path for kind in DEFAULT_KINDS for path, _ in flatten_fields(kind.fields)}
    assert {path for path in paths if not {path, path.rpartition(".")[2]} & named} == set()
    assert {name.rpartition(".")[2] for name in named} == {path.rpartition(".")[2] for path in paths}
    assert {f"kinds/{kind}" for kind in KINDS} == {name for name in words(tag) if name.startswith("kinds/")}


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_no_english_is_left_in_the_words_of_the_model(tag: str) -> None:
    """Latin letters stand in gaps and in examples alone."""
    said = [word for name, word in words(tag).items() if not name.startswith("help/")]  # which names values of fields
    told = " ".join(re.sub(r"\{\w+\}|a-z|2026-water", "", word) for word in said)
    assert re.findall(r"[A-Za-z]+", told) == []


@pytest.mark.parametrize("tag", ["kmr", "fr"])
def test_no_sentence_of_the_model_is_left_in_english(tag: str) -> None:
    """A sentence is nowhere the same in two languages."""
    english = words("en")
    assert [name for name, said in words(tag).items() if said == english[name] and said.count(" ") > 1] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_tables_name_every_field(tag: str) -> None:
    """In each language the table has a row for every field of every kind, and no other."""
    table = (ROOT / "content" / f"FIELDS.{tag}.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w.]+)` \| [^|]+ \| [^|]+ \|", table, re.MULTILINE)
    assert set(rows) == {path for kind in DEFAULT_KINDS for path, _ in flatten_fields(kind.fields)}
    assert table.startswith(f'<div lang="{tag}" dir="{build_languages([tag])[tag].direction}">\n\n# ')


def test_the_snippet_of_every_kind_passes_the_check(office: Office) -> None:
    """A text of each kind, and a translation, as the snippets of each language write them are whole."""
    office.done("new", "member", "dijla", "--lang", "ar")
    for tag in LANGUAGES:
        for kind in DEFAULT_KINDS:
            snippet = kept(tag)[f"new {kind.singular} ({tag})"]
            folder = office.file(f"{kind.name}/{'dijla/' if kind.name == 'posts' else ''}snippet-{tag}")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"index.{tag}.md").write_text(used(snippet, f"{kind.name} {tag}"), "utf-8")
        translated = used(kept(tag)[f"translation ({tag})"], "news")
        source = re.findall(r"of: (\w+)", translated)[0]
        translation = office.file(f"news/snippet-{source}/index.{tag}.md")
        translation.parent.mkdir(parents=True, exist_ok=True)
        translation.write_text(translated, "utf-8")

    office.check()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_snippet_is_found_by_its_name_in_the_language(tag: str) -> None:
    """What is typed to get one is its name here with the language, or its name in that language."""
    assert all(len(one["prefix"]) == 2 and one["prefix"][0].endswith(f"-{tag}") for one in kept(tag).values())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_snippet_of_every_field_says_what_could_stand_there(tag: str) -> None:
    """Whatever fields of a kind are taken, their snippets are front matter that has nothing wrong."""
    snippets = kept(tag)
    tongues = build_languages(LANGUAGES)
    for kind in DEFAULT_KINDS:
        lines = [used(snippets[f"{name} ({tag})"]) for name in kind.names if name not in ("title", "translation")]
        form = FrontMatterValidation(tongues[tag], tongues)
        validate(kind, parse_front_matter("\n".join(["title: x", *lines]) + "\n", "x"), form)
        assert [str(problem) for problem in form.problems] == []
        assert set(form.values) == set(kind.names) - {"translation"}
