"""A build depends on the site and its clock alone.

``JISR_OTHER_PYTHON=python pytest tests/site/test_reproducible.py`` asks another Python, which has the same packages, too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import running
from tests.conftest import CLOCK, ROOT

pytestmark = pytest.mark.process  # a hash seed and a locale are those of a process; so is the Python that runs
SITE = ("content", "plugins", "themes", "translations", "pelicanconf.py")
HERE = {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
ELSEWHERE = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Baghdad", "COVERAGE_PROCESS_CONFIG": ""}  # a copy counts not


def build(output: Path, root: Path = ROOT, environment: Mapping[str, str] | None = None, python: str = sys.executable) -> None:
    """Build the sample site of a folder as a process, with a fixed clock."""
    subprocess.run(
        [python, "-m", "jisr.cli", "build", "--output", str(output)],
        cwd=root,
        env={**running.clean_environment(SOURCE_DATE_EPOCH=CLOCK), **(environment or {})},
        timeout=300,
        check=True,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Return everything in a folder by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def assert_equal(folder: Path) -> None:
    """Hold the sites that were built as first and second against each other."""
    first, second = files(folder / "first"), files(folder / "second")
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_two_builds_are_byte_equal(tmp_path: Path) -> None:
    """Another folder, hash seed, locale, timezone and number of processes give the same site to the byte."""
    moved = tmp_path / "another place"
    for name in (*SITE, *(one.name for one in ROOT.glob(".editor"))):  # the program of the web editor, where it was fetched
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, moved / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, moved / name)
    with (moved / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nPROCESSES = 3\n")

    build(tmp_path / "first", environment=HERE)
    build(tmp_path / "second", root=moved, environment=ELSEWHERE)

    assert_equal(tmp_path)


def test_another_python_builds_the_same(tmp_path: Path) -> None:
    """Another version of Python gives the same site to the byte."""
    python = os.environ.get("JISR_OTHER_PYTHON")
    if not python:
        pytest.skip("JISR_OTHER_PYTHON names no other Python with our packages: this was not tested.")
    build(tmp_path / "first")
    build(tmp_path / "second", environment={"COVERAGE_PROCESS_CONFIG": ""}, python=python)

    assert_equal(tmp_path)
