"""A site as an editor checks and mends it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from jisr.build.build import build_site as build
from jisr.build.options import Options
from jisr.checks.autofix import fix_content, run_fix_command
from jisr.checks.lint import find_problems
from jisr.checks.source_files import ContentFolder
from jisr.cli.commands import check, run_with_site
from jisr.content.attachments.formats.location import has_location
from jisr.core.diagnostics.problems import ProblemsError
from jisr.core.schema.kinds import Kinds
from jisr.core.translation.blocks import format_pin, version_blocks
from tests.checks.case_files import LANGUAGES
from tests.checks.test_photos import PLACE, picture
from tests.content.attachments import makers

ROOT = Path(__file__).resolve().parents[2]
ORIGINAL = """---
title: "بيان , ونداء"
date: 2012-02-09
---
## بيان، ونداء

انعقد المؤتمر ، وصدر البيان.

كلمة ثابتة.
"""


def content(folder: Path) -> ContentFolder:
    """Return a content folder."""
    return ContentFolder(folder, "content", LANGUAGES, Kinds())


def lines(folder: Path) -> list[str]:
    """Return what is found below a content folder."""
    return sorted(str(one) for one in find_problems(content(folder)))


def put(folder: Path, path: str, text: str) -> Path:
    """Write a file of a site."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return file


def test_the_sample_content_has_no_fault() -> None:
    """What the project shows as an example is one."""
    assert lines(ROOT / "content") == []


def test_mending_the_sample_content_changes_nothing(tmp_path: Path) -> None:
    """Good texts stay to the byte."""
    folder = shutil.copytree(ROOT / "content", tmp_path / "content")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert fix_content(content(folder)) == ()
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_file_is_mended_in_place_with_its_line_ends(tmp_path: Path) -> None:
    """Carriage returns, a byte order mark and everything that is no fault stay; a second time nothing changes."""
    file = put(tmp_path, "news/one/index.ar.md", "\ufeff---\r\ntitle: بيان\r\ndate: ٢٠١٢-٠٢-٠٩\r\n---\r\nنص , نص.\r\n")

    (done,) = fix_content(content(tmp_path))

    assert file.read_bytes().decode() == "\ufeff---\r\ntitle: بيان\r\ndate: ٢٠١٢-٠٢-٠٩\r\n---\r\nنص، نص.\r\n"
    assert [(one.line, one.column, one.code, one.before, one.after) for one in done.fixes] == [
        (5, 4, "punctuation", "نص , نص.", "نص، نص.")
    ]
    assert fix_content(content(tmp_path)) == ()
    assert [one.name for one in file.parent.iterdir()] == ["index.ar.md"]


@pytest.mark.parametrize("joined", [" ", "."])
def test_a_translation_stays_as_current_as_it_was(tmp_path: Path, joined: str) -> None:
    """Mending an original is no change of its meaning: a pin that held it holds it afterwards, and an old one stays old."""
    original = put(tmp_path, "statements/one/index.ar.md", ORIGINAL)
    pinned = format_pin(version_blocks("بيان , ونداء", "", ORIGINAL.split("---\n")[2])).replace(" ", joined)
    words = '---\ntitle: Daxuyanî\ntranslation: {of: ar, pin: "%s"}\n---\nNivîs.\n'
    current = put(tmp_path, "statements/one/index.kmr.md", words % pinned)
    stale = put(tmp_path, "statements/one/index.ckb.md", words.replace("Daxuyanî", "بەیان") % "000000")

    done = fix_content(content(tmp_path))

    mended = original.read_text("utf-8")
    assert "## " not in mended
    assert current.read_text("utf-8") == words % format_pin(
        version_blocks("بيان، ونداء", "", mended.split("---\n")[2])
    ).replace(" ", joined)
    assert 'pin: "000000"' in stale.read_text("utf-8")
    assert [(one.path.rpartition("/")[2], one.pin_updated) for one in done] == [("index.ar.md", False), ("index.kmr.md", True)]


def test_files_that_others_complain_of_stay(tmp_path: Path) -> None:
    """What is in another encoding, conflicts, has no front matter or lies outside of the content is not touched."""
    outside = put(tmp_path, "outside.md", "---\ntitle: x\n---\nنص , نص.\n")
    folder = tmp_path / "content"
    put(folder, "news/a/index.ar.md", "نص , نص")
    put(folder, "news/b/index.ar.md", "---\ntitle: x\n---\n<<<<<<< HEAD\nنص , نص\n>>>>>>> b\n")
    put(folder, "news/c/index.ar.md", "---\ntitle: [x\n---\nنص , نص\n")
    put(folder, "news/d/index.ar.md", "").write_bytes("---\ntitle: x\n---\nنص , نص".encode("windows-1256"))
    put(folder, "news/e/README.md", "---\ntitle: x\n---\nنص , نص\n")
    (folder / "news/f").mkdir()
    (folder / "news/f/index.ar.md").symlink_to(outside)
    before = {file: file.read_bytes() for file in folder.rglob("*.md")}

    assert fix_content(content(folder)) == ()
    assert {file: file.read_bytes() for file in folder.rglob("*.md")} == before
    assert lines(folder) == []


@pytest.mark.parametrize("blank", ["\u00a0", " \u00a0\t", "\u200f", "\ufeff", "\u3000"])
@pytest.mark.parametrize("behind", ["opening", "closing"])
def test_invisible_characters_behind_a_delimiter_hide_no_file(tmp_path: Path, blank: str, behind: str) -> None:
    """A no-break space behind ``---``, which nobody sees, makes the check skip no file in silence: it is linted and fixed."""
    opening, closing = (blank if behind == one else "" for one in ("opening", "closing"))
    head = f"---{opening}\ntitle: بيان\ndate: 2012-02-09\n---{closing}\n"
    file = put(tmp_path, "news/a/index.ar.md", f"{head}نص , نص.\n")

    assert [line.split(": ")[:2] for line in lines(tmp_path)] == [["content/news/a/index.ar.md:5:4", "warning[punctuation]"]]
    assert len(fix_content(content(tmp_path))) == 1
    assert file.read_bytes().decode() == f"{head}نص، نص.\n"


def test_what_the_build_reads_is_checked(tmp_path: Path) -> None:
    """A file is skipped where the build refuses it, which then says so, and nowhere else."""
    put(tmp_path, "news/a/index.ar.md", "---\ntitle: بيان\ndate: 2012-02-09\n---\n\u0001\u0002 نص , نص.\n")

    assert [line.split(": ")[:2] for line in lines(tmp_path)] == [["content/news/a/index.ar.md:5:7", "warning[punctuation]"]]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """No traceback reaches an editor whose disk is full."""
    put(tmp_path, "news/a/index.ar.md", "---\ntitle: x\n---\nنص , نص\n")

    def full(_file: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(
        ProblemsError, match=r"content/news/a/index\.ar\.md:1:1: error\[file\]: The file cannot be written: No space"
    ):
        fix_content(content(tmp_path), full)


def test_a_photo_with_a_place_is_named(tmp_path: Path) -> None:
    """Who was at a meeting is no business of those who read a picture's facts."""
    put(tmp_path, "news/a/photo.JPG", "").write_bytes(picture("JPEG", dict(PLACE)))
    put(tmp_path, "news/a/plain.jpg", "").write_bytes(picture("JPEG", None))

    (line,) = lines(tmp_path)

    assert line.startswith('content/news/a/photo.JPG:1:1: warning[photo]: "photo.JPG" tells where it was made. ')


def test_mending_takes_facts_out_of_files(options: Options, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What readers do not get of pictures and films is taken out of the files, too; a second time nothing changes."""
    photo = put(tmp_path, "content/news/a/photo.jpg", "")
    photo.write_bytes(picture("JPEG", dict(PLACE)))
    film = put(tmp_path, "content/news/a/film.mp4", "")
    film.write_bytes(makers.film())
    assert len([line for line in lines(tmp_path / "content") if "warning[photo]" in line]) == 2

    assert run_with_site(options, run_fix_command) == 0

    assert [line.split(": ")[:2] for line in capsys.readouterr().out.splitlines()[:2]] == [
        ["content/news/a/film.mp4:1:1", "mended[photo]"],
        ["content/news/a/photo.jpg:1:1", "mended[photo]"],
    ]
    assert not has_location(photo.read_bytes())
    assert makers.SECRET not in film.read_bytes()
    assert run_with_site(options, run_fix_command) == 0
    assert capsys.readouterr().out == "Mended 0 places in 0 files.\n"


@pytest.mark.parametrize("draft", [False, True])
def test_a_translation_in_the_words_of_its_original_is_named(tmp_path: Path, draft: bool) -> None:
    """A paragraph that was copied and not translated is named, a quotation is not, and a draft may have it."""
    words = "The network was founded by bloggers from all over the country, and it is open to everyone."
    quotation = "> Rien sur nous sans nous, et le réseau est pour tous ceux qui écrivent dans le pays."
    put(tmp_path, "news/a/index.en.md", f"---\ntitle: Text\ndate: 2012-02-09\n---\n{words}\n\n{quotation}\n")
    status = "status: draft\n" if draft else ""
    own = "هذا نص عربي كتبه المدوّنون في المؤتمر."
    head = f"---\ntitle: نص\ntranslation: {{of: en}}\n{status}---\n"
    put(tmp_path, "news/a/index.ar.md", f"{head}{own}\n\n{words}\n\n{quotation}\n")

    found = [line.split(": ")[0] + line.split(":")[3] for line in lines(tmp_path)]

    assert found == ([] if draft else ["content/news/a/index.ar.md:7:1 warning[untranslated]"])


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """Return what a command is told about a site of one text."""
    put(tmp_path, "content/news/a/index.ar.md", "---\ntitle: بيان\ndate: 2012-02-09\n---\nنص , [هنا](../a/).\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in ("pelicanconf", "settings"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return Options(settings=str(ROOT / "tests/checks/settings.py"), content="content", output=str(tmp_path / "output"))


def test_a_check_shows_findings_among_all_others(options: Options, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings are warnings, sorted by place with what others say, and end nothing; a build does not wait for them."""
    file = tmp_path / "content/news/a/index.ar.md"
    assert check(options) == 0
    file.write_text(file.read_text("utf-8").replace("---\nنص", "topics: [x]\n---\nنص"), "utf-8")
    capsys.readouterr()

    assert check(options) == 1
    assert [line.split(": ")[0:2] for line in capsys.readouterr().err.splitlines()] == [
        ["content/news/a/index.ar.md:4:10", "error[topic]"],
        ["content/news/a/index.ar.md:6:4", "warning[punctuation]"],
        ["content/news/a/index.ar.md:6:7", "warning[link-text]"],
    ]
    build(options)
    assert "punctuation" not in capsys.readouterr().err


def test_a_command_says_what_it_mended(options: Options, capsys: pytest.CaptureFixture[str]) -> None:
    """What was changed is printed with its place, before and after; a second time there is nothing."""
    assert run_with_site(options, run_fix_command) == 0
    assert capsys.readouterr().out == (
        'content/news/a/index.ar.md:5:4: mended[punctuation]: "نص , [هنا](../" is now "نص، [هنا](../".\n'
        "Mended 1 place in 1 file.\n"
    )
    assert run_with_site(options, run_fix_command) == 0
    assert capsys.readouterr().out == "Mended 0 places in 0 files.\n"


@pytest.mark.parametrize("text", [b"insm: [", b"\xff"])
def test_a_glossary_that_cannot_be_read_is_an_error(tmp_path: Path, text: bytes) -> None:
    """Names that are not compared must not seem to be right."""
    put(tmp_path, "glossary.yaml", "").write_bytes(text)

    assert [line.split(": ")[1] for line in lines(tmp_path)] == ["error[glossary]"]


def test_the_glossary_of_a_site_is_used(tmp_path: Path) -> None:
    """A name in content/glossary.yaml is looked for in the texts of its language, titles among them."""
    put(tmp_path, "glossary.yaml", "insm: {kmr: [Tora me, Tora wan]}")
    put(tmp_path, "news/a/index.kmr.md", "---\ntitle: Tora wan\n---\nTora me civiya.\n")

    (line,) = lines(tmp_path)

    assert line == (
        'content/news/a/index.kmr.md:2:8: warning[naming]: "Tora wan" is another name of insm. This site calls it "Tora me".'
    )
