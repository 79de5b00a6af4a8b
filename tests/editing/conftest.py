"""The small site of the engine's tests, and the commands of an editor run on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests import running
from tests.build.conftest import DECEMBER_2026, ROOT, Workplace, workplace_in

TASKS = ROOT if "def translate" in (ROOT / "tasks.py").read_text("utf-8") else Path(__file__).parent
WATER = "statements/2026-water"
__all__ = ["workplace_in"]


@dataclass(frozen=True, slots=True)
class Office:
    """A site in a folder of its own, where an editor works."""

    place: Workplace

    def inv(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a task as an editor does."""
        command = ("--search-root", str(TASKS), *words, "--settings", "network.py")
        return running.inv(*command, folder=self.place.folder, environment=self.place.environment(**more))

    def done(self, *words: str) -> str:
        """Run a task that ends well and has nothing to complain of; give what it prints."""
        done = self.inv(*words)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout

    def refused(self, *words: str) -> str:
        """Run a task that is refused; give what it says, which is no traceback."""
        done = self.inv(*words)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    def standing(self) -> dict[str, Any]:
        """Return the standings of the statement on water, as programs see them."""
        texts = json.loads(self.inv("status", "--json").stdout)["texts"]
        (found,) = (one for one in texts if f"{one['kind']}/{one['id']}" == WATER)
        versions: dict[str, Any] = found["versions"]
        return versions

    def check(self) -> None:
        """Check the site: it has nothing wrong but what catalogues may lack while others write them."""
        found = self.place.command("check")
        assert [line for line in found.stderr.splitlines() if "[catalogue]" not in line] == []

    def file(self, path: str) -> Path:
        """Return a file below content/."""
        return self.place.folder / "content" / path

    def page(self, tag: str, path: str = WATER) -> LexborHTMLParser:
        """Build the site, and give a page of it as a tree."""
        built = self.place.command("build")
        assert built.returncode == 0, built.stderr
        return LexborHTMLParser((self.place.output / tag / path / "index.html").read_text("utf-8"))


@pytest.fixture
def office(tmp_path: Path, workplace_in: Callable[[Path], Workplace], monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return the small site in a folder of its own, which is the working folder."""
    place = workplace_in(tmp_path)
    for name in ("GITHUB_ACTIONS", "JISR_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DECEMBER_2026)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(place.folder)
    return Office(place)


def change(file: Path, old: str, new: str) -> None:
    """Write a file with some of its words changed, which it must have."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
