"""The site whose feeds are tested, built once as an editor builds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import running
from tests.conftest import Once

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


STATED = ("build", "--settings", str(HERE / "settings.py"), "--content", str(HERE / "network"))
CLOCK = "1793491200"


def built(output: Path, *options: str) -> Path:
    """Build the site of ``network/`` and return its output."""
    environment = running.clean_environment(SOURCE_DATE_EPOCH=CLOCK)
    done = running.engine(*STATED, "--output", str(output), *options, folder=ROOT, environment=environment)
    done.check_returncode()
    return output


@pytest.fixture(scope="package")
def output(built_once: Once) -> Path:
    return built_once("feeds", lambda folder: built(folder / "output")) / "output"


@pytest.fixture(scope="package")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same site at another address, from a process of its own: the order of sets is another one there."""
    output = tmp_path_factory.mktemp("moved") / "output"
    command = [sys.executable, "-m", "jisr.cli", *STATED, "--output", str(output)]
    environment = {**running.clean_environment(SOURCE_DATE_EPOCH=CLOCK), "PYTHONHASHSEED": "2"}
    subprocess.run([*command, "--siteurl", "https://elsewhere.example.net"], cwd=ROOT, env=environment, check=True, timeout=120)
    return output
