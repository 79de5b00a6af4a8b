"""The site whose conferences are tested, built on several days."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.events.stages import On, each_day

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="package")
def on(tmp_path_factory: pytest.TempPathFactory) -> On:
    """Give the site as it is at noon of a day."""
    return each_day(tmp_path_factory, _build)


def _build(output: Path, clock: str) -> None:
    command = [sys.executable, "-m", "jisr.cli", "build", "--settings", str(HERE / "settings.py")]
    subprocess.run(
        [*command, "--content", str(HERE / "network"), "--output", str(output)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": clock},
        check=True,
        timeout=120,
    )
