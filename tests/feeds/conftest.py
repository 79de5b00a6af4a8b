"""The site whose feeds are tested, built once as an editor builds it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def built(output: Path, seed: str, *options: str) -> Path:
    """Build the site of ``network/`` and give its output."""
    command = [sys.executable, "-m", "jisr.cli", "build", "--settings", str(HERE / "settings.py")]
    subprocess.run(
        [*command, "--content", str(HERE / "network"), "--output", str(output), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1793491200"},
        check=True,
        timeout=120,
    )
    return output


@pytest.fixture(scope="package")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("feeds") / "output", "1")


@pytest.fixture(scope="package")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same site at another address, from another run."""
    return built(tmp_path_factory.mktemp("moved") / "output", "2", "--siteurl", "https://elsewhere.example.net")
