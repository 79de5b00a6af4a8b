"""The published schemas agree with the validation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.site.pages import Site

CONTENT = Path(__file__).parents[3] / "content"
KINDS = ("statements", "conferences", "news", "posts", "pages", "members", "topics", "workgroups", "organisations", "people")


class Guessing(yaml.SafeLoader):
    """Reads YAML 1.2 as programs of editors do: numbers and flags are such, and a day is a string."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (as its parent declares it)
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def front_matter(path: Path, loader: type[yaml.BaseLoader | yaml.SafeLoader] = yaml.BaseLoader) -> dict[str, Any]:
    """Return the fields of a text; as they were typed, unless another loader guesses what they are."""
    fields: dict[str, Any] = yaml.load(path.read_text("utf-8").split("---")[1], Loader=loader)
    return fields


@pytest.fixture(params=KINDS)
def schema(request: pytest.FixtureRequest, site: Site) -> dict[str, Any]:
    """The schema of a kind, as it is published."""
    published: dict[str, Any] = json.loads((site.folder / "data" / "schema" / f"{request.param}.json").read_text("utf-8"))
    return published


def test_a_schema_is_one(schema: dict[str, Any]) -> None:
    """Every kind has a valid JSON Schema."""
    Draft7Validator.check_schema(schema)


def test_every_sample_text_follows_its_schema(schema: dict[str, Any]) -> None:
    """What the site builds from, the schema accepts: as typed, where nothing guesses types, and as programs read YAML."""
    texts = sorted((CONTENT / schema["title"]).rglob("index.*.md"))
    typed, guessed = Draft7Validator(_with_numbers_as_typed(schema)), Draft7Validator(schema)

    assert texts
    assert [(path, error.message) for path in texts for error in typed.iter_errors(front_matter(path))] == []
    assert [(path, error.message) for path in texts for error in guessed.iter_errors(front_matter(path, Guessing))] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2012-02-09"},
        {"title": "بيان"},
        {"title": "بيان", "date": "12 Feb"},
        {"title": "بيان", "date": "2012-02-09", "authrs": ["x"]},
        {"title": "بيان", "date": "2012-02-09", "status": "hiden"},
        {"title": "بيان", "translation": {"of": "ku"}},
    ],
)
def test_what_the_check_refuses_the_schema_refuses(site: Site, fields: dict[str, Any]) -> None:
    """A missing title or date, a day that is none, unknown fields, states and languages."""
    schema = json.loads((site.folder / "data" / "schema" / "statements.json").read_text("utf-8"))

    assert not Draft7Validator(schema).is_valid(fields)


def _with_numbers_as_typed(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") in ("number", "integer", "boolean"):
            return {"type": "string"}
        return {key: _with_numbers_as_typed(item) for key, item in value.items()}
    return [_with_numbers_as_typed(item) for item in value] if isinstance(value, list) else value
