"""Whatever is in a file, reading it ends in a document or in problems: never in a traceback, never in another file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.content.assemble.cross_checks import event_problems
from jisr.content.assemble.inheritance import build_document, inherit_values, missing_nested_fields
from jisr.content.read.discovery import Bundle, VersionFile
from jisr.content.read.file_encoding import decode
from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.source_file import parse_source_file
from jisr.content.read.version_parser import ParsedVersion, parse_version
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.i18n.languages import build_languages
from jisr.core.model.body import Body, MarkdownSource
from jisr.core.schema import field_types, kinds

TONGUES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
KINDS = list(kinds.DEFAULT_KINDS)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
PIECES = st.sampled_from(
    ["---", "\n", "title", ": ", "- ", "[", "]", "{", "}", '"', "'", "*a", "&a ", "!!x ", "|", ">", "#", "\t", "  ", "?", "ب"]
)
WORDS = st.one_of(
    st.sampled_from(
        ["2012-02-09", "2012-02-09T10:00", "2012-02-30", "9999-12-31", "en", "ku", "published", "12", "-1", "1e9", "nan", "~"]
    ),
    st.sampled_from(
        ["https://example.org/", "//x", "http://[", "/old/", "/../x", "photo.jpg", "Asia/Baghdad", "../x", "", " "]
    ),
    st.text(LETTERS, max_size=12),
)


def plain(source: MarkdownSource) -> Body:
    return Body(source.text)


def stated(text: str, kind: field_types.Kind, folder: Path, tag: str = "ar") -> ParsedVersion:
    file = folder / f"index.{tag}.md"
    file.write_text(text, "utf-8", newline="")
    version = VersionFile(TONGUES[tag], str(file), f"content/x/index.{tag}.md")
    return parse_version(Bundle(kind, "x", "content/x", (version,), {}), version, TONGUES, plain)


def values(type_: field_types.FieldType) -> st.SearchStrategy[Any]:
    """Return values that a field may have, mostly of the shape it takes."""
    if isinstance(type_, field_types.FieldGroup):
        return mapping(type_.fields) | WORDS
    if isinstance(type_, field_types.ListOf):
        return st.lists(values(type_.item), max_size=3) | WORDS
    if isinstance(type_, field_types.Either):
        return values(type_.scalar) | values(type_.structured)
    return WORDS | st.lists(WORDS, max_size=2)


def mapping(fields: tuple[field_types.Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={one.name: values(one.type) for one in fields} | {"unknown": WORDS})


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    """A file of another program is refused with its path."""
    try:
        assert "\0" not in decode(data, "content/x/index.ar.md")
    except ProblemsError as error:
        assert {problem.place.path for problem in error.problems} == {"content/x/index.ar.md"}


@given(st.lists(PIECES | st.text(LETTERS, max_size=3), max_size=30).map("".join))
def test_any_front_matter_is_fields_or_a_problem(text: str) -> None:
    """Whatever stands between the lines, its problem is placed inside the file."""
    try:
        file = parse_source_file(f"---\n{text}\n---\nText.\n", "a.md")
        parse_front_matter(file.front_matter, "a.md")
    except ProblemsError as error:
        assert all(1 <= problem.place.line <= text.count("\n") + 4 for problem in error.problems)
        assert all(problem.message for problem in error.problems)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_any_value_of_any_field_is_a_document_or_a_problem(kind: field_types.Kind, tmp_path: Path) -> None:
    """Fields with wrong values, and what inherits from them, never break a run."""

    @settings(max_examples=60, deadline=None)
    @given(mapping(kind.fields), mapping(kind.fields))
    def holds(original: dict[str, Any], translation: dict[str, Any]) -> None:
        first, second = (_front_matter(one) for one in (original, translation))
        try:
            versions = [stated(first, kind, tmp_path), stated(second, kind, tmp_path, "ckb")]
        except ProblemsError as error:
            assert all(problem.message for problem in error.problems)
            return
        for version in versions:
            merged = inherit_values(version, versions[0])
            document = build_document(version, merged)
            found = [*version.problems, *missing_nested_fields(kind, version, merged)]
            found += event_problems(document, ZoneInfo("Asia/Baghdad"))
            assert all(problem.message and problem.place.path == version.path for problem in found)

    holds()


def _front_matter(fields: dict[str, Any]) -> str:
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{lines}---\nText.\n"


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 10_000,
        "- " * 50_000,
        "? " * 20_000,
        "a: " + "x" * 1_000_000,
        "\n".join(f"a{number}: x" for number in range(20_000)),
        "a: &a [x]\n" + "\n".join(f"b{number}: [*a, *a]" for number in range(1000)),
        "a: !!python/object/apply:os.system [ls]",
        'a: "' + "\\" * 100_000,
        "a: |\n" + "  x\n" * 20_000,
    ],
    ids=["brackets", "braces", "lists", "keys", "long", "many", "aliases", "object", "escapes", "lines"],
)
def test_front_matter_that_could_cost_much_costs_little(text: str) -> None:
    """Deep, long and wide front matter is read or refused in a few seconds."""
    try:
        parse_front_matter(text, "a.md")
    except ProblemsError as error:
        assert all(problem.place.path == "a.md" for problem in error.problems)
