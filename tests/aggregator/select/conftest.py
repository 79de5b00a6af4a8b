"""A desk in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.aggregator.select.blog import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty content folder and no memory."""
    return Desk(tmp_path / "content")
