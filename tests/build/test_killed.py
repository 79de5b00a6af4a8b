"""``kill -9`` at any moment of a build: the output is a whole one, and the next build completes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jisr.build.files.atomic_swap import STALE_AFTER, make_staging_dir
from tests.build.conftest import Workplace, moments

TITLES = ("الماء حقّ", "النهر حقّ")


def entitled(place: Workplace, title: str) -> None:
    """Return the statement a title, which many pages show."""
    text = place.text().read_text("utf-8")
    for other in TITLES:
        text = text.replace(f"title: {other}", f"title: {title}")
    place.text().write_text(text, "utf-8")


@pytest.mark.process  # what is killed is a process
@pytest.mark.thorough
def test_a_killed_build_leaves_a_whole_site(workplace: Workplace) -> None:
    """Killed at random moments (50 with JISR_KILLS=50), a build leaves the output of before or the new one, never a mixture."""
    whole = {}
    for title in TITLES:
        entitled(workplace, title)
        started = time.monotonic()
        assert workplace.command("build").returncode == 0
        took = time.monotonic() - started
        whole[title] = workplace.files()
    assert whole[TITLES[0]] != whole[TITLES[1]]

    command = [sys.executable, "-m", "jisr.cli", "build", "--settings", "network.py"]
    environment = {name: said for name, said in workplace.environment().items() if not name.startswith("COVERAGE")}
    for number, moment in enumerate(moments(5)):
        entitled(workplace, TITLES[number % 2])
        process = subprocess.Popen(command, cwd=workplace.folder, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(took * moment)
        process.kill()
        process.wait(timeout=60)
        assert workplace.files() in whole.values(), f"killed after {moment:.3f} of {took:.2f} s"

    for left in workplace.folder.glob(".output.*"):
        os.utime(left, (0, 0))
    assert workplace.command("build").returncode == 0
    assert workplace.files() == whole[TITLES[number % 2]]
    entitled(workplace, TITLES[(number + 1) % 2])
    assert workplace.command("build").returncode == 0
    assert workplace.files() == whole[TITLES[(number + 1) % 2]]
    assert list(workplace.folder.glob(".output.*")) == []


@pytest.mark.process  # another process works in the folder
def test_a_folder_that_somebody_works_in_is_left_alone(tmp_path: Path) -> None:
    """What a living build fills stays, however old; what nobody holds goes after a while; a site of another name is none."""
    target = tmp_path / "output"
    held = make_staging_dir(target)
    left, fresh, other = (tmp_path / name for name in (".output.left", ".output.fresh", ".outputs"))
    for folder in (left, fresh, other):
        (folder / "ckb").mkdir(parents=True)
    for folder in (held, left, other):
        os.utime(folder, (time.time() - STALE_AFTER - 5,) * 2)
    code = """
import pathlib, sys
from jisr.build.files.atomic_swap import make_staging_dir
print(make_staging_dir(pathlib.Path(sys.argv[1])))
"""
    done = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, timeout=60, check=True)
    assert sorted(tmp_path.iterdir()) == sorted([held, fresh, other, Path(done.stdout.strip())])
