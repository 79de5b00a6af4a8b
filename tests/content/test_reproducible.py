"""Two builds of one site are equal, byte by byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process  # a hash seed and a locale are those of a process

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "tests" / "sites"


def built(site: Path, output: Path, environment: dict[str, str]) -> dict[str, bytes]:
    arguments = ["build", "--settings", str(SITES / "settings.py"), "--content", str(site), "--output", str(output)]
    inherited = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED")}
    ended = subprocess.run(
        [sys.executable, "-m", "jisr.cli", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in output.rglob("*") if file.is_file()}


@pytest.mark.parametrize("name", ["sorani-original", "addresses"])
def test_nothing_but_the_texts_decides_the_output(name: str, tmp_path: Path) -> None:
    """Another hash seed, clock, time zone and locale of the machine, and another order of files, change no byte."""
    site = SITES / "good" / name / "content"
    copied = tmp_path / "copied"
    for file in sorted((path for path in site.rglob("*") if path.is_file()), reverse=True):
        target = copied / file.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)

    first = built(site, tmp_path / "first", {"PYTHONHASHSEED": "1", "TZ": "UTC"})
    second = built(
        copied,
        tmp_path / "second",
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1793491200"},
    )

    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
