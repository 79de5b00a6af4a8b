"""Each field says how long its value may be, and a longer one is a message with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.field_types import LONGEST_VALUE, Field, Kind, ListOf, Text
from jisr.core.schema.kinds import DEFAULT_KINDS
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation

LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
PLACE = SourceLocation("content/statements/2012-x/index.ckb.md", 3, 7)
FIELDS = {one.name: one for kind in DEFAULT_KINDS for one in kind.fields}
WORDS = {name: one.type.longest for name, one in FIELDS.items() if isinstance(one.type, Text)}
LISTS = {name: one.type.most for name, one in FIELDS.items() if isinstance(one.type, ListOf)}


def problems(field: Field, node: RawNode) -> list[str]:
    """Return what is said of a value of a field."""
    form = FrontMatterValidation(LANGUAGES["ckb"], LANGUAGES)
    key = RawScalar(field.name, PLACE)
    validate(Kind("statements", (field,), "Report"), RawMapping(((key, node),), PLACE), form)
    return [str(one) for one in form.problems if one.severity == "error"]


def test_titles_and_summaries_have_limits() -> None:
    """A title is shorter than a summary, and no value is longer than a page can show."""
    assert (WORDS["title"], WORDS["summary"], max(WORDS.values())) == (500, 2000, LONGEST_VALUE)
    assert max(LISTS.values()) == LISTS["signatories"] == 10_000


@pytest.mark.parametrize("name", WORDS)
def test_words_may_be_as_long_as_their_field_says(name: str) -> None:
    """The longest value has no message; one letter more is an error, which shows how the value begins, not all of it."""
    most = WORDS[name]
    assert problems(FIELDS[name], RawScalar("ێ" * most, PLACE)) == []
    (message,) = problems(FIELDS[name], RawScalar("ێ" * (most + 1), PLACE))
    assert message.startswith(f'{PLACE.path}:3:7: error[length]: "{"ێ" * 40} …" is {most + 1} characters long.')
    assert message.endswith(f'Write "{name}" in at most {most}.')


@pytest.mark.parametrize("name", LISTS)
def test_lists_may_be_as_long_as_their_field_says(name: str) -> None:
    """A list of more items is one error, whatever its items are: none of them is read."""
    most = LISTS[name]
    (message,) = problems(FIELDS[name], RawList((RawScalar("\u202e", PLACE),) * (most + 1), PLACE))
    assert message == f'{PLACE.path}:3:7: error[length]: "{name}" is a list of {most + 1}. Write at most {most}.'
    short = replace(FIELDS[name], type=ListOf(Text(), most=2))
    assert problems(short, RawList((RawScalar("a", PLACE),) * 2, PLACE)) == []


@pytest.mark.parametrize("name", ["authors", "place", "guid", "feed", "site", "licence", "date", "member", "status", "menu"])
def test_any_value_has_a_limit(name: str) -> None:
    """A value that no field limits is limited all the same, before its characters are looked at one by one."""
    endless = RawScalar("\u202e" * 1_000_000, PLACE)
    is_list = isinstance(FIELDS[name].type, ListOf)
    (message,) = problems(FIELDS[name], RawList((endless,), PLACE) if is_list else endless)
    assert "error[length]" in message
    assert len(message) < 500
