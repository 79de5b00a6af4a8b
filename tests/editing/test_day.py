"""An editor's whole day in a fresh clone: the real commands, the sample site, and what readers see of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests import running
from tests.conftest import CLOCK, copy_repository, lacking
from tests.editing.conftest import change

pytestmark = pytest.mark.process  # git is a program

TEXT = "statements/2026-rights"
ARABIC = "\nنحن الموقّعين نطالب بما يلي:\n\n1. الماء للجميع في كل مدينة.\n2. الهواء للجميع في كل مدينة.\n"
SORANI = "\nئێمەی واژۆکەران داوای ئەمانە دەکەین:\n\n1. ئاو بۆ هەمووان لە هەموو شارێک.\n2. هەوا بۆ هەمووان لە هەموو شارێک.\n"
WORDS = "\nWe who sign ask for this:\n\n1. Water for everyone in every city.\n2. Air for everyone in every city.\n"


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone of the repository, in which an editor works."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this process at a fixed time, without the language of its messages."""
        kept = running.clean_environment(SOURCE_DATE_EPOCH=CLOCK)
        return {name: value for name, value in kept.items() if name != "MESSAGES_LANG"}

    def git(self, *words: str) -> str:
        """Run git as somebody who has a name."""
        command = ["git", "-c", "user.name=Shno", "-c", "user.email=shno@network.example", *words]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120, check=True).stdout

    def inv(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a task; it never ends in a traceback."""
        done = running.inv(*words, folder=self.folder, environment=self.environment)
        assert "Traceback" not in done.stderr
        return done

    def done(self, *words: str) -> str:
        """Run a task that ends well and complains of nothing."""
        done = self.inv(*words)
        assert (done.returncode, done.stderr) == (0, ""), words
        return done.stdout

    def file(self, tag: str) -> Path:
        """Return a version of the statement of the day."""
        return self.folder / "content" / TEXT / f"index.{tag}.md"

    def page(self, path: str) -> LexborHTMLParser:
        """Return a built page as a tree."""
        return LexborHTMLParser((self.folder / "output" / path / "index.html").read_text("utf-8"))

    def write(self, tag: str, body: str, title: str = "") -> None:
        """Finish a version as an editor does: a title, the words in the place of comments, no draft any more."""
        file = self.file(tag)
        front = file.read_text("utf-8").split("\n---\n")[0]
        lines = [line for line in front.splitlines() if line != "status: draft"]
        lines = [f"title: {title}" if title and line.startswith("title:") else line for line in lines]
        file.write_text("\n".join([*lines, "---"]) + "\n" + body, "utf-8")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Return the files of the repository as a clone has them, with what was not committed yet."""
    if shutil.which("git") is None:
        lacking("git")
    clone = Clone(tmp_path / "clone")
    copy_repository(clone.folder)
    clone.git("init", "-q")
    (clone.folder / "content/news/2025-springs-counted/index.kmr.md").unlink()  # stale, so that readers see how that looks
    clone.git("add", ".")
    clone.git("commit", "-qm", "A clone")
    return clone


@pytest.mark.thorough  # long
def test_the_whole_day_of_an_editor(clone: Clone) -> None:
    """A statement, two translations, a change: status names the block, readers see the note, it goes when all is mended."""
    clone.done("new", "statements", "2026-rights", "--lang", "ar", "--title", "حقوق الناس")
    clone.write("ar", ARABIC)
    for tag, by in (("ckb", "Shno"), ("en", "Sara")):
        clone.done("translate", TEXT, tag, "--by", by)
    assert re.search(r"2026-rights .*\(draft: Sara\).*\(draft: Shno\)", clone.done("status"))
    clone.write("ckb", SORANI, "مافی خەڵک")
    clone.write("en", WORDS, "The rights of people")
    clone.done("build")
    for tag in ("ar", "ckb", "en"):
        page = clone.page(f"{tag}/{TEXT}")
        assert len(page.css("#r2")) == 1
        assert not page.css(".lag")
    clone.git("add", ".")
    clone.git("commit", "-qm", "A statement")

    change(clone.file("ar"), "الهواء للجميع", "الهواء النقي للجميع")
    change(clone.file("ar"), "#modified: ", "modified: ")
    status = clone.inv("status", "--diff")
    line = clone.file("ar").read_text("utf-8").split("\n").index("2. الهواء النقي للجميع في كل مدينة.") + 1
    assert status.returncode == 1
    assert [one.partition(": warning[stale]")[0] for one in status.stderr.splitlines()] == [
        f"content/{TEXT}/index.ar.md:{line}:1"
    ] * 2
    assert "  - الهواء للجميع في كل مدينة.\n  + الهواء النقي للجميع في كل مدينة.\n" in status.stdout
    clone.done("build")
    (note,) = clone.page(f"ckb/{TEXT}").css(".notice .lag")
    assert note.css("a")[0].attributes["href"] == f"../../../ar/{TEXT}/"
    assert "1 پەرەگراف لە 4" in note.text()
    assert len(clone.page("status").css(".board-cells .stale")) == 2

    change(clone.file("ckb"), "هەوا بۆ", "هەوای پاک بۆ")
    change(clone.file("en"), "Air for", "Clean air for")
    for tag in ("ckb", "en"):
        clone.done("translate", TEXT, tag, "--pin")
    clone.done("status")
    clone.done("build")
    assert not clone.page(f"ckb/{TEXT}").css(".lag")
    assert ["هەوای پاک" in one.text() for one in clone.page(f"ckb/{TEXT}").css("#r2")] == [True]
    assert not clone.page("status").css(".board-cells .stale")
    clone.done("check")
    changed = {one[3:] for one in clone.git("status", "--porcelain").splitlines()}
    assert changed == {f"content/{TEXT}/index.{tag}.md" for tag in ("ar", "ckb", "en")}
