"""The small site of the engine's tests, and what publishing it once wrote."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.build.conftest import Workplace, workplace_in

__all__ = ["workplace_in"]
TO_A_FOLDER = 'PUBLISH = {"target": "folder", "folder": "www", "keep": 3}'
UNCHECKED = "CHECK_HTML = False  # Java takes its time; one test asks the checker"
ADDRESS = "https://network.example"
PUBLIC = f'SITEURL = "{ADDRESS}"\nSHORT_ADDRESSES = True\n{UNCHECKED}'  # what the site says that is published once for all


@dataclass(frozen=True, slots=True)
class Office:
    """The small site in a folder of its own, from which it is published to a folder ``www``."""

    place: Workplace

    @property
    def served(self) -> Path:
        """Where a web server looks."""
        return self.place.folder / "www" / "current"

    @property
    def ledger(self) -> Path:
        """The addresses that were ever published."""
        return self.place.folder / "published.txt"

    def inv(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a task."""
        return self.place.inv(*words, **more)

    def done(self, *words: str, **more: str) -> str:
        """Run a task that must succeed without messages; return its output."""
        done = self.inv(*words, **more)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout

    def refused(self, *words: str, **more: str) -> str:
        """Run a task that must be refused; return its messages, which are no traceback."""
        done = self.inv(*words, **more)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr


def unmeasured(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what measures coverage: a process that is killed would leave half of its data."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE")}


@pytest.fixture
def office(tmp_path: Path, workplace_in: Callable[[Path], Workplace]) -> Office:
    """Return the small site, to be published to a folder."""
    place = workplace_in(tmp_path)
    place.state(f"{TO_A_FOLDER}\n{UNCHECKED}")
    return Office(place)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, workplace_in: Callable[[Path], Workplace]) -> Path:
    """Return the output of the small site as publishing leaves it, for a host to take."""
    office = Office(workplace_in(tmp_path_factory.mktemp("published")))
    office.place.state(PUBLIC)
    office.done("publish")
    return office.place.output
