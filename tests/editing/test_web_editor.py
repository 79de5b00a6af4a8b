"""The setting of the web editor, and when it is part of a site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.schema.field_types import Text
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.editing.web import install
from jisr.editing.web.configuration import build_configuration
from jisr.editing.web.forms import shorthand_fields
from tests.build.conftest import Workplace
from tests.core.test_site import site

WRONG = [
    ('"github"', 'EDITOR is "github". Write it as {"name": "github", "repo": "owner/name"}.'),
    ('{"name": "githab"}', 'EDITOR has the name "githab". It may be "github", "gitlab", "gitea", "test-repo".'),
    ('{"name": "github"}', 'EDITOR has the repo "". Write whose it is and what it is called, as "owner/name".'),
    ('{"name": "gitea", "repo": "tora malperê"}', 'EDITOR has the repo "tora malperê".'),
]


@pytest.fixture
def place(tmp_path: Path, workplace_in: object) -> Workplace:
    """Return the small site in a folder of its own."""
    assert callable(workplace_in)
    made: Workplace = workplace_in(tmp_path)
    return made


@pytest.mark.parametrize(("stated", "said"), WRONG, ids=[stated for stated, _ in WRONG])
def test_a_wrong_setting_is_told(place: Workplace, stated: str, said: str) -> None:
    """What EDITOR cannot be is an error of the check, with what to write."""
    place.state(f"EDITOR = {stated}")
    done = place.command("check")
    assert done.returncode == 1
    assert f"network.py:1:1: error[setting]: {said}" in done.stderr


def test_a_site_builds_without_the_editor(place: Workplace) -> None:
    """Where EDITOR says nothing, there is no /admin/, whatever was fetched."""
    place.state("EDITOR = None")
    assert place.command("build").returncode == 0
    assert not (place.output / "admin").exists()


def test_the_program_is_that_of_its_sources(tmp_path: Path) -> None:
    """What was built from other sources is not taken, and every package is pinned by the hash of what is in it."""
    assert install.find_program(tmp_path) is None
    (tmp_path / "0123456789ab").mkdir()
    assert install.find_program(tmp_path) is None
    lock = (install.PROGRAM_SOURCES / "package-lock.json").read_text("utf-8")
    packages = re.findall(r'"node_modules/[^"]+": \{\n\s+"version": "[\d.]+",\n\s+"(\w+)": "(sha512-)?', lock)
    assert len(packages) > 30
    assert {found for found in packages if found != ("integrity", "sha512-")} == set()


def test_a_bare_value_has_one_meaning() -> None:
    """A path at which a bare value stands for a group is the same in every kind: a form knows the path alone."""
    found: dict[str, str] = {}
    for kind in DEFAULT_KINDS:
        for path, name in shorthand_fields(kind.fields).items():
            assert found.setdefault(path, name) == name
    assert found == {"signatories": "name", "answers": "resolution", "event.programme": "title", "hide": "post"}


@pytest.mark.parametrize("tag", ["en", "ar", "ckb"])
def test_a_form_has_every_field_of_a_kind(tag: str) -> None:
    """Each declared field has a widget in every language; a text of several lines has one of several lines."""
    network = site()
    configuration = build_configuration(network, network.languages[tag], {"name": "github", "repo": "tora/malper"})
    collections = {one["name"]: one for one in configuration["config"]["collections"]}
    for kind in (one for one in DEFAULT_KINDS if one.name != "posts"):
        forms = {one["name"]: one for one in collections[kind.name]["fields"]}
        assert forms.keys() - {"_tag", "_source", "body"} == {field.name for field in kind.fields}
        texts = {field.name: field.type for field in kind.fields if isinstance(field.type, Text)}
        widgets = {name: "text" if type_.multiline else "string" for name, type_ in texts.items()}
        assert {name: forms[name]["widget"] for name in texts} == widgets
    assert json.loads(json.dumps(configuration)) == configuration


def test_hints_read_rightly_from_right_to_left() -> None:
    """Code in a hint is an isolate of its own direction; an address is not turned round, and no word becomes a link."""
    network = site()
    configuration = build_configuration(network, network.languages["ar"], {"name": "github", "repo": "tora/malper"})
    collection = next(one for one in configuration["config"]["collections"] if one["name"] == "statements")
    body = next(one for one in collection["fields"] if one["name"] == "body")

    assert "\u20662026-water\u2069" in collection["slug"]["hint"]
    assert "\u20660-9\u2069" in collection["slug"]["hint"]
    assert "`" not in collection["slug"]["hint"] + collection["slug"]["pattern"][1]
    assert "`\u2067[كلمات](عنوان)\u2069`" in body["hint"]
    assert "`\u2066##\u2069`" in body["hint"]


def test_an_original_needs_what_the_model_needs() -> None:
    """What only an original needs is a list of all languages, which the program takes for that; a title is needed always."""
    network = site()
    configuration = build_configuration(network, network.languages["ar"], {"name": "github", "repo": "tora/malper"})
    collection = next(one for one in configuration["config"]["collections"] if one["name"] == "statements")
    forms = {one["name"]: one for one in collection["fields"]}
    cover, attachments = ({one["name"]: one["required"] for one in forms[name]["fields"]} for name in ("cover", "attachments"))

    tags = list(network.languages.tags)
    assert (forms["title"]["required"], forms["date"]["required"], forms["summary"]["required"]) == (True, tags, False)
    assert (cover["file"], cover["alt"], cover["credit"]) == (tags, tags, False)
    assert (attachments["file"], attachments["title"]) == (True, tags)


def test_npm_is_asked_for_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without npm the command says what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ProblemsError) as error:
        install.build_program(tmp_path)
    (problem,) = error.value.problems
    assert str(problem).startswith("npm:1:1: error[editor]: The web editor is fetched and built by npm, which is not here.")
