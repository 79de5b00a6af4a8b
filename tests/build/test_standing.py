"""A build ends at once where nothing changed, and only there."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jisr.build.files.snapshot import COARSE_STEP_NS, FINE_STEP_NS, find_changes, is_reliable, take_snapshot
from jisr.build.manifest import BuildManifest, load_manifest
from tests.conftest import daily

if TYPE_CHECKING:
    from tests.build.conftest import Workplace

NOTHING = "Nothing changed: output/ stands as it was built"
LATER = "1796169600"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, workplace_in: Callable[[Path], Workplace]) -> Workplace:
    """Return a built site that no test changes for another."""
    workplace = workplace_in(tmp_path_factory.mktemp("standing"))
    done = workplace.command("build")
    assert done.returncode == 0, done.stderr
    return workplace


def stands(workplace: Workplace, **more: str) -> bool:
    """Whether a build finds that nothing changed."""
    done = workplace.command("build", **more)
    assert done.returncode == 0, done.stderr
    return NOTHING in done.stdout


@pytest.mark.process  # what a process has imported is asked
def test_a_build_of_what_stands_imports_no_pelican(built: Workplace) -> None:
    """Neither Pelican nor Babel nor Markdown is imported to find that nothing changed."""
    assert stands(built)
    code = (
        "import sys; from jisr.build.build import build; from jisr.build.options import Options;"
        "code = build(Options('network.py'));"
        "print(code, *sorted({'pelican', 'babel', 'markdown', 'jinja2', 'yaml'} & set(sys.modules)))"
    )
    done = built.python("-c", code)
    assert done.stdout.splitlines() == [NOTHING, "0"]


def test_what_was_warned_of_is_said_again(workplace: Workplace) -> None:
    """A warning is as true as it was, and is shown in the same words."""
    (workplace.text().parent / "unused.pdf").write_bytes(b"%PDF")
    first = workplace.command("build")
    again = workplace.command("build")
    assert "warning[file]" in first.stderr
    assert (again.stderr, NOTHING in again.stdout) == (first.stderr, True)


def young(note: BuildManifest | None) -> int:
    """Return how many files a note does not know by their size and time alone."""
    assert note is not None
    held = (note.sources, note.outputs)
    return sum(
        not is_reliable(one[1], files.taken_at)
        for files in held
        for names in files.folders.values()
        for one in names.values()
        if one
    )


def test_what_was_written_lately_is_read_once_more_and_not_again(workplace: Workplace) -> None:
    """Files that may change and keep their time are proved by their bytes once; a note is kept where that helps."""
    second = time.time_ns() // 1_000_000_000 * 1_000_000_000
    os.utime(workplace.text(), ns=(second, second))  # as a file system keeps it whose steps are coarse
    workplace.command("build")
    (file,) = (workplace.folder / ".cache").glob("build-*/manifest")
    assert young(load_manifest(file)) > 0

    time.sleep(COARSE_STEP_NS / 1e9 + 0.1)
    assert stands(workplace)
    assert young(load_manifest(file)) == 0

    kept = file.stat().st_ino
    assert stands(workplace)
    assert file.stat().st_ino == kept
    page = workplace.output / "ar" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"<p>", b"<b>", 1))
    assert not stands(workplace)


def test_a_time_proves_something_once_its_step_is_over() -> None:
    """A file of whole milliseconds is read again for two seconds, since its file system may keep no finer times."""
    second, fine = 1_700_000_000_000_000_000, 1_700_000_000_123_456_789
    assert [is_reliable(second, second + after) for after in (1_999_999_999, COARSE_STEP_NS)] == [False, True]
    assert [is_reliable(fine, fine + after) for after in (10_000_000, FINE_STEP_NS)] == [False, True]


def test_other_times_are_no_other_files(built: Workplace) -> None:
    """A fresh clone has other times: its bytes prove that nothing changed."""
    for file in (built.folder / "content").rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    assert stands(built)


def test_a_file_with_other_times_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each build after a clone would read all files again, were their new times not kept where the bytes are the same."""
    file = tmp_path / "text.md"
    file.write_text("الماء", "utf-8")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    held = take_snapshot([str(tmp_path)])
    os.utime(file, (1_100_000_000, 1_100_000_000))
    assert not find_changes(held).all

    monkeypatch.setattr("jisr.build.files.snapshot.hash_bytes", lambda data: pytest.fail("a file was read again"))
    assert not find_changes(held).all


def _same_size_and_time(workplace: Workplace) -> None:
    """Change a text that was saved just before the last build, within the time in which its own says nothing."""
    file = workplace.text()
    file.write_text(file.read_text("utf-8") + "\nالماء.\n", "utf-8")
    assert not stands(workplace)
    status = file.stat()
    file.write_text(file.read_text("utf-8").replace("الماء", "المال"), "utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _time_set_back(workplace: Workplace) -> None:
    """Change a text that was saved long ago, to another of the same size, and give it its old time."""
    file = workplace.text()
    file.write_text(file.read_text("utf-8") + "\nالماء.\n", "utf-8")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert not stands(workplace)
    file.write_text(file.read_text("utf-8").replace("الماء", "المال"), "utf-8")
    os.utime(file, (1_000_000_000, 1_000_000_000))


def _folder(workplace: Workplace) -> None:
    bundle = workplace.folder / "content" / "news" / "2026-more"
    shutil.copytree(workplace.text().parent, bundle)


def _translation(workplace: Workplace) -> None:
    workplace.text("ckb").unlink()


def _setting(workplace: Workplace) -> None:
    workplace.state('SITEURL = "https://other.example.org"')


def _page(workplace: Workplace) -> None:
    (workplace.output / "ar" / "index.html").write_text("changed", "utf-8")


def _stray(workplace: Workplace) -> None:
    (workplace.output / "stray.html").write_text("not ours", "utf-8")


def _no_output(workplace: Workplace) -> None:
    shutil.rmtree(workplace.output)


def _broken_note(workplace: Workplace) -> None:
    for note in (workplace.folder / ".cache").glob("build-*/manifest"):
        note.write_text('{"base": 1}', "utf-8")


CHANGES = (_same_size_and_time, _time_set_back, _folder, _translation, _setting, _page, _stray, _no_output, _broken_note)


@pytest.mark.parametrize(
    "change", daily(CHANGES, _same_size_and_time, _translation, _stray), ids=lambda one: one.__name__.strip("_")
)
def test_a_change_is_built(built: Workplace, tmp_path: Path, change: Callable[[Workplace], None]) -> None:
    """Whatever changed, in the sources or in the output, the build is the one that a clean build gives."""
    folder = built.folder.with_name("kept")
    shutil.copytree(built.folder, folder, symlinks=True)
    try:
        change(built)
        assert not stands(built)
        files = built.files()
        shutil.rmtree(built.folder / ".cache")
        assert not stands(built)
        assert built.files() == files
    finally:
        shutil.rmtree(built.folder)
        folder.rename(built.folder)


def test_the_environment_of_settings_counts(workplace: Workplace) -> None:
    """Settings are code: what they say now is asked, not what their file looks like."""
    workplace.state('import os\nSITEURL = os.environ.get("WHERE", "http://localhost:8000")')
    workplace.command("build")
    assert stands(workplace)
    assert not stands(workplace, WHERE="https://other.example.org")


def test_a_later_clock_is_asked_where_something_waits_for_it(workplace: Workplace) -> None:
    """A text whose day has not come is looked at again with every other clock."""
    text = workplace.folder / "content" / "news" / "later" / "index.fr.md"
    text.parent.mkdir(parents=True)
    text.write_text("---\ntitle: Demain\ndate: 2026-12-01\n---\n\nDemain.\n", "utf-8")
    workplace.command("build", SOURCE_DATE_EPOCH="1790000000")
    assert not (workplace.output / "fr" / "news" / "later").exists()
    assert stands(workplace, SOURCE_DATE_EPOCH="1790000000")
    assert not stands(workplace, SOURCE_DATE_EPOCH=LATER)
    assert (workplace.output / "fr" / "news" / "later").exists()
    assert not stands(workplace, SOURCE_DATE_EPOCH="1790000000")
    assert not (workplace.output / "fr" / "news" / "later").exists()


def test_the_report_of_blogs_counts(workplace: Workplace) -> None:
    """The report of ``inv fetch`` is no text, and the page that shows it follows it all the same."""
    workplace.state('FETCH_REPORT = "report.json"')
    workplace.command("build")
    assert stands(workplace)
    (workplace.folder / "report.json").write_text('{"version": 0}', "utf-8")
    assert not stands(workplace)


def test_messages_are_said_in_the_language_that_is_asked_for(workplace: Workplace) -> None:
    """Whoever asks for another language gets a build in it, and then its words for a build that stands."""
    assert not stands(workplace)
    assert NOTHING not in workplace.command("build", "--say", "ar").stdout
    assert "output/" in workplace.command("build", "--say", "ar").stdout
    assert stands(workplace)


def test_a_promise_that_falls_due_is_built(workplace: Workplace) -> None:
    """A clock that passes no turning point changes nothing; one that passes the day a promise is due does."""
    text = workplace.text()
    words = text.read_text("utf-8").replace("---\n", "---\npromises: [{resolution: r1, due: 2026-12-31}]\n", 1)
    text.write_text(words, "utf-8")
    workplace.command("build", SOURCE_DATE_EPOCH="1798000000")
    assert stands(workplace, SOURCE_DATE_EPOCH="1798000060")
    assert not stands(workplace, SOURCE_DATE_EPOCH="1799000000")


def test_what_is_known_of_old_outputs_is_swept(workplace: Workplace) -> None:
    """A cache doesn't grow with every folder that was ever built into."""
    cache = workplace.folder / ".cache"
    cache.mkdir()
    for number in range(100):
        (cache / f"manifest-{number}.json").write_text("", "utf-8")  # as earlier versions kept it
        (cache / f"build-{number}").mkdir()
        os.utime(cache / f"build-{number}", (1_000_000_000, 1_000_000_000))
    workplace.command("build")
    assert len(list(cache.iterdir())) < 40
    assert stands(workplace)
