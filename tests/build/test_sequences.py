"""Whatever is edited, and in whatever order: a build gives what a clean build gives, byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("JISR_SEQUENCES", "12"))
PARTS = 4

if TYPE_CHECKING:
    from tests.build.conftest import Workplace


@pytest.mark.parametrize("part", [0, 1, *(pytest.param(one, marks=pytest.mark.thorough) for one in range(2, PARTS))])
@pytest.mark.process  # each edits and builds for long, and sets clocks and settings of its own
def test_a_build_after_edits_equals_a_clean_one(tmp_path: Path, part: int) -> None:
    """After random edits (of words, fields, languages, links, members, theme, catalogues, settings, clock) no byte differs.

    ``JISR_SEQUENCES`` says how many sequences are run in all.
    """
    count = COUNT // PARTS
    command = [sys.executable, "-m", "tests.build.sequences", str(tmp_path / "sites"), str(part * count), str(count)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # it doubles their time
    environment = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_sentence_is_written_where_it_stands_and_nowhere_else(workplace: Workplace) -> None:
    """A build after words changed writes the files whose bytes change, and reads no other text."""
    workplace.command("build")
    before = {path: (workplace.output / path).stat().st_ino for path in workplace.files()}
    old = workplace.files()
    text = workplace.text("ckb")
    text.write_text(text.read_text("utf-8") + "\n\nڕستەیەکی نوێ.\n", "utf-8")

    done = workplace.command("build", JISR_DEBUG="1")

    new = workplace.files()
    changed = {path for path in new if new[path] != old.get(path)}
    assert changed == {path for path in new if (workplace.output / path).stat().st_ino != before.get(path)}
    pages = sum(path.endswith(".html") for path in changed)
    assert f"{pages} {'page' if pages == 1 else 'pages'} and" in done.stdout
    assert "ckb/feed.atom" in changed


@pytest.mark.parametrize("after", [0.05, 0.15, 0.3, 0.45, 0.6, 0.9])
@pytest.mark.process  # what is killed is a process
@pytest.mark.thorough
def test_a_build_that_is_killed_is_made_up_for(workplace: Workplace, after: float) -> None:
    """Whenever a build is killed, the next one gives what a clean build gives."""
    workplace.command("build")
    text = workplace.text("ar")
    text.write_text(text.read_text("utf-8") + "\n\nجملة جديدة.\n", "utf-8")
    command = [sys.executable, "-m", "jisr.cli", "build", "--settings", "network.py"]
    with subprocess.Popen(command, cwd=workplace.folder, env=workplace.environment(), stdout=subprocess.DEVNULL) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)

    assert workplace.command("build").returncode == 0
    found = workplace.files()
    (workplace.folder / ".cache").rename(workplace.folder / "aside")
    assert workplace.command("build").returncode == 0
    assert found == workplace.files()
