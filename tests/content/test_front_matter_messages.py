"""More than a hundred front matters typed wrongly: each is told with place, value and remedy, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.build.console.message_languages import create_formatter
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, format_value, is_quoted
from pelicanconf import LANGUAGES
from tests import running
from tests.content.conftest import NOVEMBER_2026, SITES
from tests.content.test_hostile import KINDS, _front_matter, mapping, stated

FILE = Path(__file__).parent / "cases" / "front_matters.txt"
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
LATIN = re.compile(r"[A-Za-z]{2,}")
INNERMOST = re.compile("[\u2066\u2067]([^\u2066-\u2069]*)\u2069")
NAMES = {"YAML", "UTF"}


@dataclass(frozen=True, slots=True)
class Case:
    """A front matter, and what is told of it in English: place, code and value of each line."""

    path: str
    tag: str
    text: str
    told: tuple[str, ...]


def cases() -> Iterator[Case]:
    """Read the cases; each is a text of its own in one site."""
    for number, written in enumerate(re.split(r"^=== ", FILE.read_text("utf-8"), flags=re.MULTILINE)[1:]):
        head, _, rest = written.partition("\n")
        text, _, told = rest.partition("--- told\n")
        kind, tag = head.split()
        folder = f"{kind}/penus/case-{number}" if kind == "posts" else f"{kind}/case-{number}"
        yield Case(f"content/{folder}/index.{tag}.md", tag, text, tuple(told.split("\n")[:-1][: told.strip().count("\n") + 1]))


CASES = tuple(cases())


def put(file: Path, text: str) -> None:
    """Write a text with a front matter."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{text}---\n1. نص.\n", "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a text for each case."""
    root = tmp_path_factory.mktemp("wrong")
    put(root / "content/members/penus/index.ar.md", "title: قلم\n")
    for case in CASES:
        put(root / case.path, case.text)
        if case.tag != "ar":
            put(root / case.path.replace(f".{case.tag}.", ".ar."), "title: أصل\ndate: 2012-02-09\n")
    return root


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, list[str]]:
    """Return what a check says of all cases in each language; it ends with 1, and in no language with a traceback."""
    found = {}
    for tag in LANGUAGES:
        options = ["--settings", str(SITES / "settings.py"), "--content", "content", "--say", tag]
        environment = running.clean_environment(SOURCE_DATE_EPOCH=NOVEMBER_2026)
        done = running.engine("check", *options, folder=folder, environment=environment)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        found[tag] = done.stderr.splitlines()
    return found


def test_there_are_more_than_a_hundred() -> None:
    """Each case says something of its front matter, and no two have the same one."""
    assert len({(case.path.split("/")[1], case.text) for case in CASES}) == len(CASES) > 150
    assert [case for case in CASES if not case.told] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text.split("\n")[-2].strip())
def test_each_is_told_with_its_place_and_its_value(case: Case, told: dict[str, list[str]]) -> None:
    """Line and column, code, and the value in quotes are those of the case; what to do follows."""
    lines = [line.removeprefix(f"{case.path}:") for line in told["en"] if line.startswith(f"{case.path}:")]
    found = [re.fullmatch(r'(\d+:\d+): (\w+\[[\w-]+\]): ([^"]*(?:"(.*?)")?.*)', line) for line in lines]

    assert [f"{one[1]} {one[2]} {one[4] or ''}".rstrip() for one in found if one] == list(case.told)
    assert [one[3] for one in found if one and not has_remedy(one[3])] == []


def has_remedy(message: str) -> bool:
    """Whether more than one sentence stands in a message, the last of which is an advice."""
    return len(re.findall(r"[.?؟](?=[\s\u2069]|$)", message)) > 1


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_each_is_told_in_each_language(told: dict[str, list[str]], tag: str) -> None:
    """The places and codes are those of the English messages; of their words, none is left beside values and code."""
    english, own = ([line.split(": ", 2) for line in told[one]] for one in ("en", tag))

    assert [line[:2] for line in own] == [line[:2] for line in english]
    assert [line[2] for line in own if not has_remedy(line[2])] == []
    assert [here[2] for here, there in zip(own, english, strict=True) if here[2] == there[2]] == []
    if tag in ("ar", "ckb"):
        assert {word for line in own for word in left_in_latin(line[2])} - NAMES == set()
    else:
        sentences = {one for line in english for one in line[2].split(". ") if ENGLISH.search(one) and '"' not in one}
        assert [line[2] for line in own if any(one in line[2].split(". ") for one in sentences)] == []


def left_in_latin(message: str) -> set[str]:
    """Return Latin words of a message in Arabic script that are no value and no code; three in an isolate are a sentence."""
    inside = message[1:-1]
    found: set[str] = set()
    while match := INNERMOST.search(inside):
        if not match[1].startswith('"') and ENGLISH.search(match[1]) and "`" not in match[1]:
            found.add(match[1])
        inside = inside[: match.start()] + inside[match.end() :]
    return found | set(LATIN.findall(inside))


@pytest.mark.parametrize(("tag", "meant"), [("en", "Did you mean"), ("ar", "هل تقصد"), ("ckb", "مەبەستت")])
def test_a_misspelt_field_names_the_right_one(told: dict[str, list[str]], tag: str, meant: str) -> None:
    """``authrs`` is told in the language of whoever reads it, with the field that was meant."""
    (line,) = (one for one in told[tag] if one.startswith(f"{CASES[0].path}:4:1: error[field]: "))

    assert '"authrs"' in line
    assert '"authors"' in line
    assert meant in line


@cache
def spoken(tag: str) -> MessageFormatter:
    """Return a voice, read once."""
    return create_formatter(tag, SourceLocation("test"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_whatever_is_typed_is_told_in_each_language(kind: Any, tmp_path: Path) -> None:
    """For any values of any fields: a place inside the file, the value as it is shown, other words than the English ones."""

    @settings(max_examples=25, deadline=None)
    @given(mapping(kind.fields), st.sampled_from(LANGUAGES))
    def holds(fields: dict[str, Any], tag: str) -> None:
        text = _front_matter(fields)
        try:
            problems = stated(text, kind, tmp_path).problems
        except ProblemsError as error:
            problems = error.problems
        for problem in problems:
            assert 1 <= problem.place.line <= text.count("\n") + 1
            assert_told(problem, spoken(tag))

    holds()


def assert_told(problem: Problem, said: MessageFormatter) -> None:
    """Assert that a message has its head, its values and, in another language, other words."""
    line = said.format_line(problem)
    assert line.startswith(f"{problem.place.path}:{problem.place.line}:{problem.place.column}: ")
    assert has_remedy(problem.message)
    assert all(format_value(value, quoted=True) in line for name, value in problem.values if is_quoted(name, problem.text))
    assert said.tag == "en" or said.format_message(problem) != problem.message
