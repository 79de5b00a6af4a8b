"""A small site in a folder of its own, and commands run on it as an editor runs them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import running

ROOT = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).parent / "small"
WATER = "statements/2026-water/"
DECEMBER_2026 = "1796083200"
LONG_ENOUGH = 90
KILLS = int(os.environ.get("JISR_KILLS", "0"))  # at how many moments a test kills a command: 50 take minutes


def moments(count: int) -> list[float]:
    """Return moments of a command as parts of the time it takes: ``count`` of them, or as many as JISR_KILLS says."""
    chance = random.Random(f"moments {KILLS or count}")
    return [chance.uniform(0.05, 1.1) for _ in range(KILLS or count)]


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder with ``network.py`` and ``content/``, in which commands are run."""

    folder: Path

    @property
    def output(self) -> Path:
        """The folder that a build writes."""
        return self.folder / "output"

    def text(self, tag: str = "ar") -> Path:
        """Return the file of a version of the statement on water."""
        return self.folder / "content" / WATER / f"index.{tag}.md"

    def page(self, tag: str = "ar") -> str:
        """Return the built page of a version of the statement on water."""
        return (self.output / tag / WATER / "index.html").read_text("utf-8")

    def state(self, line: str) -> None:
        """Add a line to the settings."""
        file = self.folder / "network.py"
        file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")

    def own_theme(self) -> Path:
        """Return a copy of the theme that this site uses."""
        shutil.copytree(ROOT / "themes" / "jisr", self.folder / "theme")
        self.state('THEME = "theme"')
        return self.folder / "theme" / "templates"

    def environment(self, **more: str) -> dict[str, str]:
        """Return the variables that a command sees."""
        kept = {name: value for name, value in os.environ.items() if name not in ("GITHUB_ACTIONS", "JISR_DEBUG")}
        return {**kept, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": DECEMBER_2026, "PYTHONUTF8": "1", **more}

    def python(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the folder as a process of its own, and wait for its end."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=LONG_ENOUGH,
            check=False,
        )

    def engine(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command without invoke."""
        return running.engine(*words, folder=self.folder, environment=self.environment(**more))

    def command(self, name: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the site, without invoke."""
        return self.engine(name, "--settings", "network.py", *arguments, **more)

    def process(self, name: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the site, without invoke, as a process of its own."""
        return self.python("-m", "jisr.cli", name, "--settings", "network.py", *arguments, **more)

    def inv(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a task on the site."""
        words = ("--search-root", str(ROOT), *words, "--settings", "network.py")
        return running.inv(*words, folder=self.folder, environment=self.environment(**more))

    def files(self, folder: Path | None = None) -> dict[str, bytes]:
        """Return the files of the output, or of another folder, by path."""
        folder = folder or self.output
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def workplace_in() -> Callable[[Path], Workplace]:
    """Return what lays the small site out in a folder."""

    def lay_out(parent: Path) -> Workplace:
        folder = parent / "network"
        shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("__pycache__"))
        return Workplace(folder)

    return lay_out


@pytest.fixture
def workplace(tmp_path: Path, workplace_in: Callable[[Path], Workplace]) -> Workplace:
    """Return the small site in a folder of its own."""
    return workplace_in(tmp_path)
