"""Front matter in one-line values is read as PyYAML reads it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jisr.content.read.file_encoding import decode
from jisr.content.read.front_matter import _parse_yaml, parse_simple_front_matter
from jisr.content.read.source_file import parse_source_file
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.schema.raw_values import RawMapping

ROOT = Path(__file__).parents[2]
PARTS = (
    *(
        "title",
        "date",
        "null",
        "a",
        "Ab",
        "\u0628\u064a\u0627\u0646",
        "\u0628\u06d5\u06cc\u0627\u0646",
        "\u00e9t\u00e9",
        "12",
        "2012-02-09",
        "7-",
        "~",
    ),
    *(":", ": ", " ", "  ", " #", "#", ",", ", ", "-", " - ", "[", "]", "{", "}", '"', "'", "\\", "\t", "\n", "\n  ", "\n- "),
    *(
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "\x85",
        "\u2028",
        "\u00a0",
        "\u200c",
        "\ufeff",
        "\x07",
        "\U0001f600",
        "...",
        "---",
    ),
)


def both(text: str) -> tuple[RawMapping | None, RawMapping | None]:
    """Return what is read plainly, and what PyYAML reads."""
    plain = parse_simple_front_matter(text, "index.ar.md", 2)
    if plain is None:
        return None, None
    try:
        return plain, _parse_yaml(text, "index.ar.md", 2)
    except ProblemsError:
        return plain, None


@pytest.mark.parametrize("folder", ["content", "tests"])
def test_files_are_read_as_yaml_reads_them(folder: str) -> None:
    """Every front matter of the sample site and of the cases that is read plainly gives the values and places of PyYAML."""
    seen = 0
    for file in sorted((ROOT / folder).rglob("index.*.md")):
        try:
            plain, whole = both(
                parse_source_file(decode(file.read_bytes(), str(file)), str(file)).front_matter.removesuffix("\n")
            )
        except ProblemsError:
            continue
        assert plain == whole, file
        seen += plain is not None
    assert seen > 20


@pytest.mark.parametrize("seed", range(8))
def test_made_up_lines_are_read_as_yaml_reads_them(seed: int) -> None:
    """Whatever signs stand in a value, it is read as PyYAML reads it, or left to that."""
    chance = random.Random(seed)
    seen = 0
    for _ in range(2500):
        lines = ["title: " + "".join(chance.choices(PARTS, k=chance.randrange(1, 6))) for _ in range(chance.randrange(1, 3))]
        shape = chance.choice(["{}", "{}", "title: [{}]", 'title: "{}"', "title: {{of: {}}}", "topics: [a, {}, b-c]"])
        text = shape.format("\n".join(lines) if shape == "{}" else lines[0][7:]).replace("\ntitle:", "\nsummary:")
        plain, whole = both(text)
        assert plain == whole, repr(text)
        seen += plain is not None
    assert seen > 100


@pytest.mark.parametrize(
    "value", ["[]", "[a]", "[a, b-c]", "[a,b]", "{of: ar}", '"One: two"', '""', "null", "~", "a  ", "2012-02-09"]
)
def test_values_of_each_shape(value: str) -> None:
    """Words, quotes, lists and pairs in one line have the values and places of PyYAML."""
    plain, whole = both(f"title: {value}\ndate: 2012-02-09")
    assert plain == whole
    assert plain is not None or value == "~"
