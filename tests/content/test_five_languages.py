"""Whatever an editor writes into front matter, the answer is a message in their language, never a traceback."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.build.console.message_languages import available_languages, create_formatter
from jisr.content.read.front_matter import parse_front_matter
from jisr.core.diagnostics.message_formatter import MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, format_value, is_quoted
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.field_types import FieldGroup
from jisr.core.schema.kinds import DEFAULT_KINDS, Kind
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation

LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
TONGUES = build_languages(LANGUAGES)
WRONG = ("", "12 شباط", "[{a: b}]", "{naem: x}", "[[x]]", "'unclosed", "*alias", "a: b", "\tx", "-1e99", "a\u202eb", '"\\x"')
PATH = "content/statements/2012-x/index.ckb.md"


def problems(kind: Kind, front: str) -> tuple[Problem, ...]:
    """Return what is wrong with a front matter."""
    form = FrontMatterValidation(TONGUES["ckb"], TONGUES)
    try:
        validate(kind, parse_front_matter(front, PATH), form)
    except ProblemsError as error:
        return error.problems
    return tuple(form.problems)


@cache
def told() -> tuple[Problem, ...]:
    """Return what is wrong with every wrong value in every field of every kind, fields of fields too, and misspelt names."""
    fronts = [
        (kind, front)
        for kind in DEFAULT_KINDS
        for field in kind.fields
        for front in (
            *(f"title: ا\n{field.name}: {value}\n" for value in WRONG),
            f"title: ا\n{field.name[:-1]}x: 1\n",
            *(
                f"{field.name}: {{{inner.name}: {value}}}\n"
                for inner in (field.type.fields if isinstance(field.type, FieldGroup) else ())
                for value in WRONG
            ),
        )
    ]
    assert len(fronts) > 100
    return tuple(dict.fromkeys(problem for kind, front in fronts for problem in problems(kind, front)))


@cache
def speaking(tag: str) -> MessageFormatter:
    """Return the voice of a language."""
    return create_formatter(tag, SourceLocation("test"))


def is_whole(problem: Problem, speaker: MessageFormatter) -> bool:
    """Whether a line has its place, its values in quotes, and ends as a sentence."""
    line = strip_isolates(speaker.format_line(problem))
    values = [
        format_value(value, True)
        for key, value in problem.values
        if is_quoted(key, problem.text) and not isinstance(value, Phrase)
    ]
    return (
        line.startswith(f"{PATH}:{problem.place.line}:{problem.place.column}: {problem.severity}[{problem.code}]: ")
        and "\n" not in line
        and line.rstrip().endswith((".", "؟", "?"))
        and all(f'"{value}"' in line for value in values)
    )


def test_messages_are_told_in_five_languages() -> None:
    """English is what the code says; each other language of the sample site has a catalogue."""
    assert set(available_languages()) == set(LANGUAGES)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_wrong_front_matter_is_told_in_the_editors_language(tag: str) -> None:
    """Each has path, line, column, the value in quotes and a remedy, in words of the language."""
    speaker = speaking(tag)

    assert [problem for problem in told() if not is_whole(problem, speaker)] == []
    if tag != "en":
        assert [problem.text for problem in told() if strip_isolates(speaker.format_message(problem)) == problem.message] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_misspelt_field_is_answered_with_the_right_one(tag: str) -> None:
    """``authrs`` is near ``authors``, which a message proposes in every language."""
    (problem,) = problems(DEFAULT_KINDS[0], "authrs: [x]\n")
    line = speaking(tag).format_line(problem)

    assert problem.severity == "error"
    assert '"authrs"' in line
    assert '"authors"' in line


YAML = st.text(alphabet=st.sampled_from("ab:-[]{}#*&!|>'\"%@`\\,?\n\t 0٣ب\u202e\u00a0"), max_size=60)


@given(YAML)
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_answered_in_every_language(front: str) -> None:
    """No characters between the lines of front matter end in a traceback."""
    for problem in problems(DEFAULT_KINDS[0], front):
        for tag in LANGUAGES:
            assert speaking(tag).format_line(problem).startswith(f"{PATH}:{problem.place.line}:{problem.place.column}: ")
