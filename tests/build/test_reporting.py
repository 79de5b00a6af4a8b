"""Problems on the screen, and beside their lines in a workflow."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jisr.build.console import problem_report
from jisr.build.console.problem_report import format_annotation, report
from jisr.build.guarded_run import run_with_settings
from jisr.build.options import Options
from jisr.core.diagnostics.problems import Problem, SourceLocation
from tests.build.conftest import ROOT, Workplace

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


@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_says_what_its_output_weighs(tmp_path: Path, workplace_in: Callable[[Path], Workplace], processes: int) -> None:
    """The last line has the megabytes of all files, those taken over from the last output included."""
    place = workplace_in(tmp_path)
    place.state(f"PROCESSES = {processes}")
    for title in ("title: ", "title: نوێ ", "title: تر "):  # written, compared, and linked from the last output
        place.text("ckb").write_text(place.text("ckb").read_text("utf-8").replace("title: ", title), "utf-8")
        done = place.command("build")
        size = sum(map(len, place.files().values()))
        assert done.stdout.splitlines()[-1].endswith(f" in output/: {size / 1_000_000:.1f} MB in all"), done


def test_a_build_warns_before_hosts_refuse_it(
    tmp_path: Path, workplace_in: Callable[[Path], Workplace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An output that comes near to the limit of hosts of git pages is a warning, which stays as long as it is built."""
    place = workplace_in(tmp_path)
    assert "warning[size]" not in place.command("build").stderr
    monkeypatch.setattr(problem_report, "WARNED_SIZE", 100_000)
    place.state('SITENAME = "Another"')
    for _ in ("built", "unchanged"):
        done = place.command("build")
        assert done.returncode == 0
        assert 'network.py:1:1: warning[size]: "output/" has ' in done.stderr
        assert " MB, and hosts of git pages take 1000 MB at most. Name fewer feeds in ARCHIVED_FEEDS" in done.stderr


def test_a_reader_who_leaves_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the output goes to a program that ends, as ``inv status | head``, nothing is said of a fault of the program."""

    def left(_settings: dict[str, Any]) -> int:
        raise BrokenPipeError

    assert run_with_settings(Options(str(tmp_path / "none.py")), None, left) == 1
    assert "fault" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["code/pyproject.toml"], "Install it (pip install -e '.[images]'), or not."),
        (
            ["site/vendor/jisr-1.0.0-py3-none-any.whl"],
            "Install it (pip install './vendor/jisr-1.0.0-py3-none-any.whl[images]'), or not.",
        ),
        ([], "Install it (pip install './jisr-….whl[images]'), or not."),
    ],
)
def test_a_site_is_told_to_install_an_extra_from_its_wheel(tmp_path: Path, files: list[str], expected: str) -> None:
    """The command of a message that installs an extra works where it is read: in a checkout, or in a site with a wheel."""
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()

    line = "Install it (pip install -e '.[images]'), or not."
    assert problem_report.name_wheel(line, tmp_path / "code", tmp_path / "site") == expected


EXTRAS = "PIL aiohttp brotli cryptography deflate feedparser hijridate libzim nh3 playwright py3langid pymupdf zstandard"


@pytest.mark.process  # what was imported before would hide what a command needs
def test_a_command_begins_without_extras() -> None:
    """What each command imports to begin with is there without any extra: a missing one is a message, and no traceback."""
    tasks = ast.walk(ast.parse((ROOT / "plugins/jisr/cli/site_tasks.py").read_text("utf-8")))
    lines = sorted({f"import {node.module}" for node in tasks if isinstance(node, ast.ImportFrom)})
    code = "\n".join([f"import sys; sys.modules.update(dict.fromkeys({EXTRAS.split()!r}))", *lines])
    path = os.pathsep.join([str(ROOT / "plugins"), *(one for one in sys.path if one.endswith("-packages"))])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(lines) > 20
