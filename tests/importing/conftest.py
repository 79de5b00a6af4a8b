"""Old sites, imported into a folder of their own and built."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jisr.build.build import build_site
from jisr.build.options import Options
from jisr.cli.commands import check, run_with_new_text
from jisr.importing.import_command import ImportOptions, run_import

ROOT = Path(__file__).resolve().parents[2]
collect_ignore_glob = ["cases/*"]  # settings of old sites are modules, and no tests
CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Moved:
    """A folder with what was imported, and the report of the last run."""

    folder: Path
    code: int = 0

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.folder / "content"

    @property
    def report(self) -> Any:
        """The report for programs."""
        return json.loads((self.folder / "report.json").read_text("utf-8"))

    @property
    def files(self) -> dict[str, str]:
        """The text files of the content folder."""
        files = (one for one in sorted(self.content.rglob("*")) if one.suffix in (".md", ".yaml"))
        return {one.relative_to(self.content).as_posix(): one.read_text("utf-8") for one in files}

    def options(self) -> Options:
        """Return the options of every command."""
        return Options(str(self.folder / "network.py"), str(self.content), str(self.folder / "output"))

    def check(self, capsys: pytest.CaptureFixture[str]) -> list[str]:
        """Return the errors that a check says."""
        check(self.options())
        return [line for line in capsys.readouterr().err.splitlines() if ": error[" in line]

    def build(self) -> Path:
        """Build the site, and return its folder."""
        assert build_site(self.options()) == 0
        return self.folder / "output"


Mover = Callable[..., Moved]


def move_into(folder: Path, form: str, path: Path | str, settings: str = "", **options: Any) -> Moved:
    """Import an old site into a folder, in which earlier runs may have imported others."""
    if not (folder / "network.py").exists():
        (folder / "network.py").write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom tests.sites.settings import *\n{settings}"
        )
    moved = Moved(folder)
    stated: dict[str, Any] = {name: str(one) if isinstance(one, Path) else one for name, one in options.items()}
    said = ImportOptions(form, str(path), report=str(folder / "report.json"), **stated)
    return Moved(folder, run_with_new_text(moved.options(), lambda context: run_import(context, said)))


@pytest.fixture
def move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mover:
    """Return what imports an old site into the folder of a test."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return lambda form, path, **options: move_into(tmp_path, form, path, **options)


def assert_counts(report: Any) -> None:
    """Assert that what was read was written, or is named as left."""
    sorts = {"texts": "text", "topics": "topic", "replies": "reply", "files": "file", "addresses": "address"}
    read, written, unequal = report["read"], report["written"], report["unequal"]
    counts = {name: (read.get(name, 0), written.get(name, 0) + unequal.get(sort, 0)) for name, sort in sorts.items()}
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
    languages = {name for name in (*read, *written) if name.startswith("language ")}
    assert all(read[name] == written.get(name, 0) for name in languages)
    assert sum(one["read"] for one in report["kinds"].values()) <= read["texts"]
