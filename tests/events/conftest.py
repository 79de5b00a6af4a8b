"""The site whose conferences are tested, built on several days."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from tests.site.pages import Site

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
On = Callable[[str], Site]


@pytest.fixture(scope="package")
def on(tmp_path_factory: pytest.TempPathFactory) -> On:
    """Give the site as it is at noon of a day; each day is built once."""

    @cache
    def built(day: str) -> Site:
        output = tmp_path_factory.mktemp("events") / "output"
        clock = int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp())
        _build(output, clock)
        return Site.read(output)

    return built


def _build(output: Path, clock: int) -> None:
    command = [sys.executable, "-m", "plugins.engine", "build", "--settings", str(HERE / "settings.py")]
    subprocess.run(
        [*command, "--content", str(HERE / "network"), "--output", str(output)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(clock)},
        check=True,
        timeout=120,
    )
