"""A file is split at its ``---`` lines in one way, and every position is that of the character as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.content.read.file_encoding import decode
from jisr.content.read.front_matter import parse_front_matter
from jisr.content.read.source_file import parse_source_file
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.raw_values import RawMapping, RawScalar

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "content").rglob("index.*.md"))
INVISIBLE = {
    "nothing": "",
    "spaces": "  ",
    "tab": "\t",
    "no-break space": "\u00a0",
    "narrow no-break space": "\u202f",
    "em space": "\u2003",
    "ideographic space": "\u3000",
    "zero width space": "\u200b",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "form feed": "\x0c",
    "line separator": "\u2028",
}
"""What may follow ``---`` and is not visible in an editor."""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("blank", INVISIBLE.values(), ids=INVISIBLE)
@pytest.mark.parametrize("behind", ["opening", "closing", "both"])
def test_what_is_invisible_behind_a_delimiter_belongs_to_it(blank: str, behind: str, newline: str) -> None:
    """White space and invisible characters behind either ``---`` change neither fields nor body."""
    opening, closing = (blank if behind in (one, "both") else "" for one in ("opening", "closing"))
    text = f"---{opening}\ntitle: ناو\n---{closing}\nدەق\n---\n".replace("\n", newline)

    for file in (parse_source_file(text, "a.md"), parse_source_file(f"\ufeff{text}", "a.md")):
        assert file.front_matter == f"title: ناو{newline}"
        assert file.body == f"دەق{newline}---{newline}"
        assert file.body_line == 4
        assert file.newline == newline
        assert file.scalars == {"title": "ناو"}


@pytest.mark.parametrize("line", ["----", "--- #", "---x", " ---", "--", "\u200f---", "\u00a0---"])
def test_other_lines_are_no_delimiters(line: str) -> None:
    """A line with anything visible behind ``---``, or anything before it, ends no front matter and begins none."""
    with pytest.raises(ProblemsError, match=r"^a\.md:[13]:1: error\[frontmatter\]: The front matter has no end\."):
        parse_source_file(f"---\ntitle: ناو\n{line}\nدەق\n", "a.md")
    with pytest.raises(ProblemsError, match=r"^a\.md:1:1: error\[frontmatter\]: The file does not begin with front matter\."):
        parse_source_file(f"{line}\ntitle: ناو\n---\nدەق\n", "a.md")


@pytest.mark.parametrize("text", ["", "---", "---\n", "---\n--", "---\n\n", "x"])
def test_a_file_without_front_matter_is_refused(text: str) -> None:
    """A file that has no two delimiters is a problem with a place."""
    with pytest.raises(ProblemsError, match=r"^a\.md:[12]:1: error\[frontmatter\]"):
        parse_source_file(text, "a.md")


def test_front_matter_may_be_empty_and_end_the_file() -> None:
    """No field is no error here, and the last delimiter may be the last characters."""
    file = parse_source_file("---\n---", "a.md")

    assert (file.front_matter, file.body, file.newline, file.scalars) == ("", "", "\n", {})


@given(st.lists(st.sampled_from(["---", "\n", "\r", "\r\n", " ", "\u00a0", "\u200f", "\ufeff", "a: ب", "-"]), max_size=14))
def test_ranges_cover_the_file(pieces: list[str]) -> None:
    """Delimiters, front matter and body are the whole text, and as many lines as an editor counts."""
    text = "".join(pieces)
    try:
        file = parse_source_file(text, "a.md")
    except ProblemsError:
        return
    between = text[file.front_matter_end : file.body_start]

    assert text[: file.front_matter_start].lstrip("\ufeff").startswith("---")
    assert between.startswith("---")
    assert text.endswith(file.body)
    assert len(file.line_starts) == text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    if between.endswith(("\r", "\n")):
        assert file.place_at(file.body_start).line == file.body_line


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_values_have_the_places_of_the_reader(file: Path, newline: str) -> None:
    """Each value that the reader of the build knows has the same text, line and column in a file as typed."""
    text = decode(file.read_bytes(), "a.md")
    fields = parse_front_matter(parse_source_file(text, "a.md").front_matter, "a.md")

    page = parse_source_file(text.replace("\n", newline), "a.md")
    nodes = {name.text: page.field(name.text) for name, _ in fields}

    for name, value in fields:
        node = nodes[name.text]
        assert node is not None
        assert page.place_at(page.span(node)[0]) == value.place
    assert {name: text.strip() for name, text in page.scalars.items()} == {name: text.strip() for name, text in scalars(fields)}


def scalars(node: RawMapping, prefix: str = "") -> list[tuple[str, str]]:
    """Return the single values of a mapping and of those in it, by dotted names."""
    pairs: list[tuple[str, str]] = []
    for name, value in node:
        if isinstance(value, RawScalar):
            pairs.append((prefix + name.text, value.text))
        elif isinstance(value, RawMapping):
            pairs += scalars(value, f"{prefix}{name.text}.")
    return pairs


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_text_values_are_where_they_are_typed(newline: str) -> None:
    """Quotes, indicators of blocks and names of fields are no part of a value's range."""
    text = """---
title: "ناو: یەک"
date: 2012-02-09
summary: >
  دوو
  سێ
event:
  start: 2012-02-09
  place: {city: هەولێر}
  supporters: [ناوی من, 'ناوی تۆ']
---
"""
    page = parse_source_file(text.replace("\n", newline), "a.md")

    kind = Kinds().get("conferences")
    assert kind is not None
    values = page.text_values(kind.fields)

    assert [(value.name, page.text[value.start : value.end].replace(newline, "\n")) for value in values] == [
        ("title", "ناو: یەک"),
        ("summary", "  دوو\n  سێ\n"),
        ("event.place.city", "هەولێر"),
        ("event.supporters", "ناوی من"),
        ("event.supporters", "ناوی تۆ"),
    ]
    assert {value.name: value.text for value in values}["summary"] == "دوو سێ\n"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("title: *a", "a value begins with"),
        ("title: [a", "not closed"),
        ("- a", "not a list of fields"),
        ("a: " + "[" * 30, "nested too deep"),
    ],
)
def test_what_is_no_front_matter_is_a_problem_with_a_place(fields: str, message: str) -> None:
    """The nodes of a file are those of the one reader, with its refusals."""
    with pytest.raises(ProblemsError, match=message):
        _ = parse_source_file(f"---\n{fields}\n---\n", "a.md").root
