"""Small sites: laid out from their folders under tests/sites, checked and built as an editor does it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from jisr.build.build import build_site as build
from jisr.build.options import Options
from jisr.cli.commands import check

ROOT = Path(__file__).resolve().parents[2]
SITES = ROOT / "tests" / "sites"
NOVEMBER_2026 = "1793491200"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: its exit code, what it said, and the output folder."""

    code: int
    lines: list[str]
    output: Path

    def page(self, address: str) -> html.HtmlElement:
        """Return a page of the output as a tree."""
        file = self.output / (address + "index.html" if address == "" or address.endswith("/") else address)
        return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))

    def has(self, address: str) -> bool:
        """Whether something was written for an address."""
        return (self.output / (address + "index.html" if address.endswith("/") else address)).is_file()


def lay_out(case: Path, folder: Path) -> None:
    """Copy a site of tests/sites into a folder.

    Its ``setup.txt`` makes first what git keeps badly (``link PATH TARGET``, ``folder PATH``, ``file PATH``,
    ``large PATH``) or what is one of ours (``copy FROM PATH``). A name that ends in ``.escaped`` is text with escapes, one
    in ``.bytes`` is bytes: so nothing invisible, no broken encoding and no broken module lies in the repository.
    """
    setup = case / "setup.txt"
    for line in setup.read_text("utf-8").splitlines() if setup.exists() else ():
        verb, path, *target = _unescaped(line).split()
        if verb != "copy":
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if verb == "link":
            (folder / path).symlink_to(target[0])
        elif verb == "folder":
            (folder / path).mkdir(parents=True)
        elif verb == "file":
            is_photo = path.endswith(".jpg")
            (folder / path).write_bytes((ROOT / "tests/sites/photo.jpg").read_bytes() if is_photo else b"%PDF-1.4\n")
        elif verb == "large":
            (folder / path).write_bytes(b"x" * 2_000_001)
        elif verb == "copy":
            shutil.copytree(ROOT / path, folder / target[0])
    for file in sorted(path for path in case.rglob("*") if path.is_file()):
        target_file = folder / file.relative_to(case)
        target_file.parent.mkdir(parents=True, exist_ok=True)
        _copy(file, target_file)


def _unescaped(text: str) -> str:
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


def _copy(file: Path, target: Path) -> None:
    if file.suffix == ".escaped":
        target.with_suffix("").write_text(_unescaped(file.read_text("utf-8")), "utf-8", newline="")
    elif file.suffix == ".bytes":
        target.with_suffix("").write_bytes(_unescaped(file.read_text("utf-8")).encode("latin-1"))
    else:
        shutil.copyfile(file, target)


def stated(folder: Path) -> dict[str, str]:
    """Return what a command is told about a site: its own network.py, and what its arguments.txt says."""
    own = folder / "network.py"
    arguments = {"settings": own.name if own.exists() else str(SITES / "settings.py"), "content": "content"}
    said = folder / "arguments.txt"
    lines = said.read_text("utf-8").splitlines() if said.exists() else ()
    return arguments | dict(line.split(": ", 1) for line in lines)


Command = Callable[..., Outcome]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Callable[[Options], int]], Command]:
    """Return what runs a command on a site that is laid out in a folder of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOVEMBER_2026)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    def of(function: Callable[[Options], int]) -> Command:
        def run(site: str, **options: object) -> Outcome:
            lay_out(SITES / site, folder)
            monkeypatch.chdir(folder)
            for name in ("pelicanconf", "network", "settings"):
                monkeypatch.delitem(sys.modules, name, raising=False)
            output = tmp_path / "output"
            code = function(Options(**{**stated(folder), "output": str(output), **options}))  # type: ignore[arg-type]
            return Outcome(code, capsys.readouterr().err.splitlines(), output)

        return run

    return of


@pytest.fixture
def check_site(command: Callable[[Callable[[Options], int]], Command]) -> Command:
    """Return what checks a site of tests/sites."""
    return command(check)


@pytest.fixture
def build_site(command: Callable[[Callable[[Options], int]], Command]) -> Command:
    """Return what builds a site of tests/sites."""
    return command(build)


@pytest.fixture(scope="session")
def known_good() -> dict[str, Outcome]:
    """Return the sites of tests/sites/good that were built before: each is built once, since tests only look at them."""
    return {}


@pytest.fixture
def good(build_site: Command, known_good: dict[str, Outcome]) -> Command:
    """Return what builds a site of tests/sites/good, which ends well and says nothing but what catalogues still lack."""

    def build_good(name: str) -> Outcome:
        if name not in known_good:
            outcome = build_site(f"good/{name}")
            assert (outcome.code, [line for line in outcome.lines if "[catalogue]" not in line]) == (0, [])
            known_good[name] = outcome
        return known_good[name]

    return build_good
