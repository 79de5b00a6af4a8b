"""The small site of the engine's tests, with cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.conftest import Workplace, workplace_in

__all__ = ["workplace_in"]


@pytest.fixture
def place(tmp_path: Path, workplace_in: Callable[[Path], Workplace]) -> Workplace:
    """Return the small site in a folder of its own, whose statements have cards."""
    made = workplace_in(tmp_path)
    made.state('CARDS = ("statements",)')
    return made
