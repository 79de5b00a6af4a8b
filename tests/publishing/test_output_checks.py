"""What was built is read again before anybody else may read it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from jisr.publishing.checks.output_checks import check_files, check_site
from tests.publishing.conftest import ADDRESS

CASES = Path(__file__).parent / "cases" / "built.txt"


@dataclass(frozen=True, slots=True)
class Case:
    """A fault in a built site, and how the message on it begins."""

    file: str
    old: str
    new: str
    told: str


def cases() -> list[Case]:
    """Read the cases."""
    paragraphs = [one for one in CASES.read_text("utf-8").split("\n\n") if not one.startswith("#")]
    fields = [dict(line.split(":", 1) for line in one.strip().splitlines()) for one in paragraphs]
    return [Case(**{name: value.strip() for name, value in one.items()}) for one in fields]


@pytest.fixture(scope="module")
def files(published: Path) -> dict[str, bytes]:
    """Return the files of a published site by path."""
    return {file.relative_to(published).as_posix(): file.read_bytes() for file in published.rglob("*") if file.is_file()}


def test_what_was_published_has_no_fault(files: dict[str, bytes]) -> None:
    """The site that the next tests modify has no problem, including the files of bundles."""
    assert list(check_files(files, ADDRESS)) == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.file} {case.new}"[:60])
def test_a_fault_is_told(case: Case, files: dict[str, bytes]) -> None:
    """A problem in a built file is reported with the path of the file, the value in quotes and the remedy."""
    text = files.get(case.file, b"").decode()
    assert case.old in text
    spoilt = {**files, case.file: (text.replace(case.old, case.new, 1) if case.old else case.new).encode()}
    told = [str(problem) for problem in check_files(spoilt, ADDRESS)]
    assert any(case.told in one for one in told), told


def test_a_secret_is_never_shown(files: dict[str, bytes]) -> None:
    """A message on a secret names the line, and not the secret: logs are read by many."""
    (told,) = check_files({**files, "x.txt": b"a\nAKIAABCDEFGHIJKLMNOP"}, ADDRESS)
    assert str(told).startswith("x.txt:2:1: error[published-secret]")
    assert "AKIA" not in str(told)


def test_an_attachment_is_as_its_author_made_it(files: dict[str, bytes]) -> None:
    """An HTML file of a bundle, in any encoding, needs no head of the theme; slides and the like may have any name."""
    beside = {
        "statements/2026-water/table.html": "<p style='color:red'>بيان".encode("cp1256"),
        "statements/2026-water/x.key": b"",
    }
    assert list(check_files({**files, **beside}, ADDRESS)) == []


def test_a_site_without_pages_is_told() -> None:
    """An empty folder is no site."""
    assert [problem.code for problem in check_files({}, ADDRESS)] == ["page-link"]


def test_the_folder_is_named_and_weighed(published: Path, tmp_path: Path) -> None:
    """Messages about a folder begin with its name; valid pages are weighed; a link out of the site is reported."""
    folder = tmp_path / "site"
    shutil.copytree(published, folder)
    assert check_site(folder, ADDRESS, "output") == []

    page = folder / "ar/statements/2026-water/index.html"
    image = '<img src="https://tracker.example/x.gif" alt=""></main>'
    page.write_text(page.read_text("utf-8").replace("</main>", image), "utf-8")
    (told,) = check_site(folder, ADDRESS, "output")
    assert str(told).startswith("output/ar/statements/2026-water/index.html:1:1: error[weight-host]")

    (folder / "passwords.txt").symlink_to("/etc/hostname")
    assert "error[published-name]" in "".join(map(str, check_site(folder, ADDRESS, "output")))
