"""What is wrong is said: where, what, and what to do about it. Nothing is skipped, and nothing ends in a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROKEN = ROOT / "tests" / "sites" / "broken"
CASES = sorted(case.name for case in BROKEN.iterdir() if case.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_every_problem_is_told_to_the_letter(case: str, check_site: Callable[..., Any]) -> None:
    """A check says all that is wrong in a site, each on its line, and gives 1 where any of it is an error."""
    expected = (BROKEN / case / "problems.txt").read_text("utf-8").splitlines()

    outcome = check_site(f"broken/{case}")

    assert outcome.lines == expected
    assert outcome.code == any(": error[" in line for line in expected)
    assert not outcome.output.exists()


def test_the_contract_of_messages_holds_to_the_letter(check_site: Callable[..., Any]) -> None:
    """Path, line, column, code, the value in quotes, what to do: and in a translation the remedy names inheritance."""
    outcome = check_site("broken/date-in-translation")

    assert outcome.lines == [
        'content/statements/2012-x/index.ckb.md:3:7: error[date]: "12 Feb" is not a date. Write it as 2012-02-12, '
        "or leave it out: a translation takes the date of its original."
    ]


def test_what_is_incomplete_is_a_warning_for_a_build(build_site: Callable[..., Any]) -> None:
    """A sixth language is built before its words are there; a check names what is missing."""
    outcome = build_site("broken/sixth-language")

    assert outcome.code == 0
    assert [line for line in outcome.lines if ": error[" in line] == []
    assert "translations/tr/LC_MESSAGES/messages.po:1:1: warning[catalogue]: " in "\n".join(outcome.lines)
    assert outcome.has("tr/")


@pytest.mark.parametrize("case", ["several", "template-undefined"])
def test_a_failed_build_leaves_the_output_as_it_was(case: str, build_site: Callable[..., Any], tmp_path: Path) -> None:
    """What readers see stays, when a mistake ends a build: while texts are read, or when half of the pages are written."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").write_text("before")

    outcome = build_site(f"broken/{case}")

    assert outcome.code == 1
    assert [file.name for file in outcome.output.iterdir()] == ["index.html"]
    assert (outcome.output / "index.html").read_text() == "before"
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("case", "code"), [("date-in-translation", 1), ("several", 1), ("file-unused", 0), ("content-missing", 1)]
)
@pytest.mark.process  # the command line itself: exit code and streams
def test_a_command_ends_with_its_exit_code(case: str, code: int, tmp_path: Path) -> None:
    """Run as an editor runs it, with the shipped settings, a command exits with 1 exactly where there is an error."""
    folder = shutil.copytree(BROKEN / case, tmp_path / "site")
    arguments = ["check", "--settings", str(ROOT / "pelicanconf.py"), "--content", "content"]

    ended = subprocess.run(
        [sys.executable, "-m", "jisr.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == code
    assert ended.stderr == (BROKEN / case / "problems.txt").read_text("utf-8")
