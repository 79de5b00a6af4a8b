"""The site whose conferences are tested, built on several days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import running
from tests.pages.events.stages import On, each_day

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="package")
def on(tmp_path_factory: pytest.TempPathFactory) -> On:
    """Return the site as it is at noon of a day."""
    return each_day(tmp_path_factory, _build)


def _build(output: Path, clock: str) -> None:
    stated = ("--settings", str(HERE / "settings.py"), "--content", str(HERE / "network"), "--output", str(output))
    environment = running.clean_environment(SOURCE_DATE_EPOCH=clock)
    running.engine("build", *stated, folder=ROOT, environment=environment).check_returncode()
