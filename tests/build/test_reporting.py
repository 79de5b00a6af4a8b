"""Problems on the screen, and beside their lines in a workflow."""

import pytest

from jisr.build.console.problem_report import format_annotation, report
from jisr.core.diagnostics.problems import Problem, SourceLocation

DATE = Problem.error(SourceLocation("content/x/index.ckb.md", 3, 7), "date", '"{value}" is not a date.', value="12 شباط")


def test_problems_are_sorted_by_place_and_each_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Path, line and column decide the order, whatever order they were found in."""
    first = Problem.warning(SourceLocation("content/a.md", 2, 1), "file", "Not used.")

    report([DATE, first, DATE])

    assert capsys.readouterr().err.splitlines() == [
        "content/a.md:2:1: warning[file]: Not used.",
        'content/x/index.ckb.md:3:7: error[date]: "12 شباط" is not a date.',
    ]


def test_a_workflow_gets_annotations_besides(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Under GITHUB_ACTIONS each problem is also a workflow command."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    report([DATE])

    assert capsys.readouterr().err.splitlines()[1] == format_annotation(DATE)


def test_an_annotation_cannot_be_broken_out_of() -> None:
    """Line ends, percent signs and the separators of a command are escaped."""
    problem = Problem.error(SourceLocation("a:b,c.md"), "x", "100 %\nsecond ::error::")

    assert format_annotation(problem) == "::error file=a%3Ab%2Cc.md,line=1,col=1,title=x::100 %25%0Asecond ::error::"


def test_a_message_shows_no_invisible_characters() -> None:
    """An override in a value would reorder the message itself, so its number is shown."""
    problem = Problem.error(SourceLocation("a.md"), "bidi", '"{value}"', value="a\u202eb")

    assert problem.message == '"aU+202Eb"'
