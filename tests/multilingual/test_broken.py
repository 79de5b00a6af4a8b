"""What is wrong is said: where, what, and what to do about it. Nothing is skipped, and nothing ends in a traceback."""

from __future__ import annotations

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
