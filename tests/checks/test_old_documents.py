"""Documents as old web sites hold them: one check names all that is wrong, and what is certain is mended once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import running
from tests.checks.case_files import FOLDER, read_cases
from tests.checks.test_photos import PLACE, picture
from tests.checks.test_sites import ROOT, put

DUMPS = {case.language: case for case in read_cases() if "dumped" in case.rule}
TYPOGRAPHY = {"punctuation", "space", "letter"}


def command(folder: Path, *words: str) -> tuple[int, str, list[str]]:
    """Run ``inv check`` as an editor does; give its exit code, what it prints and the lines that it complains with."""
    settings = ["--settings", str(ROOT / "tests/checks/settings.py"), "--content", "content"]
    environment = running.clean_environment(SOURCE_DATE_EPOCH="1793491200")
    done = running.inv("--search-root", str(ROOT), "check", *settings, *words, folder=folder, environment=environment)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr.splitlines()


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """Return the pages of an old site, one in each language, with a photo that tells its place and a text in no Arabic."""
    for tag, case in DUMPS.items():
        put(tmp_path, f"content/news/old-{tag}/index.{tag}.md", case.typed)
        put(tmp_path, f"content/news/old-{tag}/photo.jpg", "").write_bytes(picture("JPEG", dict(PLACE)))
    put(tmp_path, "content/glossary.yaml", (FOLDER / "glossary.yaml").read_text("utf-8"))
    put(tmp_path, "content/news/2012-x/index.ar.md", "---\ntitle: خبر\ndate: 2012-02-09\n---\nنص عربي قصير.\n")
    english = "The network was founded by bloggers from all over the country, and it is open to everyone who writes."
    put(tmp_path, "content/news/not-arabic/index.ar.md", f"---\ntitle: خبر آخر\ndate: 2012-02-09\n---\n{english}\n")
    return tmp_path


def codes(lines: list[str], part: str = "") -> list[str]:
    """Return the codes of lines on files whose path has a part."""
    return [found[1] for line in lines if part in line and (found := re.search(r": warning\[([\w-]+)\]: ", line))]


def test_one_check_names_all_that_is_wrong_in_an_old_site(old_site: Path) -> None:
    """Every fault has its line and column; an Arabic report has six of typography and more; losses are summed up."""
    code, told, lines = command(old_site)

    assert (code, [line for line in lines if "warning[" not in line]) == (0, [])
    for tag, case in DUMPS.items():
        here = [line for line in lines if f"/old-{tag}/index" in line]
        places = [":".join(line.split(":")[1:3]) for line in here]
        assert [f"{place} {code}" for place, code in zip(places, codes(here), strict=True)] == [
            " ".join(one.split(" ")[:2]) for one in case.found
        ]
    assert len([one for one in codes(lines, "/old-ar/") if one in TYPOGRAPHY]) >= 6
    assert codes(lines, "photo.jpg:1:1") == ["photo"] * len(DUMPS)
    assert codes(lines, "/not-arabic/") == ["tongue"]
    sums = told.partition("What readers lose, the worst first:\n")[2].splitlines()
    assert [line.split("(")[1].split(" ")[0] for line in sums] == [
        "tongue",
        "placeholder",
        "photo",
        "numbering",
        "alt",
        "title",
        "letter",
    ]
    assert sum(int(line.split(":")[0]) for line in sums) == len(lines)


@pytest.mark.thorough
def test_mending_is_done_once(old_site: Path) -> None:
    """What is certain is mended and told; a second time nothing changes, and only what needs an editor is left."""
    _, told, _ = command(old_site, "--fix")
    mended = {file: file.read_bytes() for file in old_site.rglob("*.md")}
    _, again, left = command(old_site, "--fix")

    assert told.count(": mended[") > 40
    assert ": mended[" not in again
    assert {file: file.read_bytes() for file in old_site.rglob("*.md")} == mended
    for tag, case in DUMPS.items():
        assert mended[old_site / f"content/news/old-{tag}/index.{tag}.md"].decode() == case.mended
    assert set(codes(left)) & TYPOGRAPHY == set()


def test_what_turns_the_text_behind_it_ends_a_check(old_site: Path) -> None:
    """U+202E is an error with its line and column, and the exit code is not 0."""
    file = old_site / "content/news/2012-x/index.ar.md"
    file.write_text(file.read_text("utf-8").replace("عربي", "\u202eعربي"), "utf-8")
    code, _, lines = command(old_site)

    assert code == 1
    assert any(line.startswith("content/news/2012-x/index.ar.md:5:4: error[bidi]: ") for line in lines)
