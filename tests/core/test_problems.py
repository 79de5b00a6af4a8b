"""Problems: formatting of values, order, and counts."""

from __future__ import annotations

import pytest

from jisr.core.diagnostics.problems import Problem, Problems, SourceLocation, sort_problems

TEXT = '"{value}" is wrong. It has: {words}.'


def test_what_was_typed_is_cut_and_our_own_words_are_not() -> None:
    """A value in quotes may be a whole file; a list of what is possible is needed to its end."""
    words = ", ".join(f"word-{number}" for number in range(40))

    message = Problem.error(SourceLocation("a.md"), "x", TEXT, value="ب" * 500, words=words).message

    assert f'"{"ب" * 79}…"' in message
    assert words in message


@pytest.mark.parametrize("character", ["\n", "\t", "\u202e", "\u200f", "\0", "\u2066", "\x1b", "\ud800"])
def test_nothing_invisible_stands_in_a_message(character: str) -> None:
    """Neither a value nor a file's name can break, reorder or colour the lines of a log."""
    problem = Problem.error(SourceLocation(f"a{character}b.md"), "x", TEXT, value=f"a{character}b", words="")

    assert character not in str(problem)
    assert str(problem).startswith(f"aU+{ord(character):04X}b.md:1:1: error[x]: ")


def test_joiners_that_kurdish_and_persian_need_stay() -> None:
    """A zero width non-joiner is a letter's neighbour, no control."""
    assert "می\u200cخواهیم" in Problem.error(SourceLocation("a.md"), "x", TEXT, value="می\u200cخواهیم", words="").message


def test_braces_of_a_value_are_no_gaps() -> None:
    """An editor may write {value} or %s, and reads it again."""
    assert Problem.error(SourceLocation("a.md"), "x", TEXT, value="{words} %s {0}", words="").message.startswith(
        '"{words} %s {0}"'
    )


def test_problems_are_told_once_in_the_order_of_their_places() -> None:
    """Path, line and column decide, numbers as numbers; warnings count as no errors."""
    problems = [
        Problem.error(SourceLocation("b.md"), "x", "B."),
        Problem.error(SourceLocation("a.md", 10, 1), "x", "Ten."),
        Problem.error(SourceLocation("a.md", 9, 12), "x", "Nine, twelve."),
        Problem.warning(SourceLocation("a.md", 9, 2), "x", "Nine, two."),
        Problem.error(SourceLocation("b.md"), "x", "B."),
    ]
    collected = Problems()
    collected.add(*problems)

    assert [problem.text for problem in collected] == ["Nine, two.", "Nine, twelve.", "Ten.", "B."]
    assert list(collected) == sort_problems(problems)
    assert collected.error_count == 3
