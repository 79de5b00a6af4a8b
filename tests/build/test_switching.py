"""A finished build takes the output's place, or nothing changes."""

from pathlib import Path

import pytest

from jisr.build.files import atomic_swap
from jisr.build.files.atomic_swap import make_staging_dir, swap_directories, validate_output_folder
from jisr.core.diagnostics.problems import ProblemsError
from tests.conftest import ROOT


def make(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    return folder


def test_a_finished_build_replaces_whatever_is_in_the_output(tmp_path: Path) -> None:
    """What stood in the output before is gone, and nothing is left beside it."""
    output = make(tmp_path / "output", "old.html", "old")
    aside = make(tmp_path / ".output.new", "new.html", "new")

    swap_directories(aside, output)

    assert [file.name for file in output.iterdir()] == ["new.html"]
    assert [file.name for file in tmp_path.iterdir()] == ["output"]


def test_a_linked_output_is_replaced_where_it_leads(tmp_path: Path) -> None:
    """An output that is a link stays one, and its goal gets the new build."""
    goal = make(tmp_path / "goal", "old.html", "old")
    link = tmp_path / "output"
    link.symlink_to(goal)
    aside = make(tmp_path / ".output.new", "new.html", "new")

    swap_directories(aside, link)

    assert link.is_symlink()
    assert [file.name for file in goal.iterdir()] == ["new.html"]


def settings(folder: Path) -> dict[str, str]:
    """Return the settings of a site whose texts and theme lie in a folder."""
    make(folder / "content", "README.md", "")
    make(folder / "theme", "README.md", "")
    return {"PATH": str(folder / "content"), "THEME": str(folder / "theme"), "SETTINGS_SHOWN": str(folder / "network.py")}


@pytest.mark.parametrize(
    "output", ["site", "site/content", "site/tests", ".", "site/content/news", "site/theme/out", "site/.git", ".git/output"]
)
def test_an_output_that_holds_the_sources_is_refused(tmp_path: Path, output: str) -> None:
    """A build never replaces the folder that its texts lie in, nor anything in there, nor the history of a repository."""
    with pytest.raises(ProblemsError) as caught:
        validate_output_folder(tmp_path / output, settings(tmp_path / "site"))

    assert caught.value.problems[0].code == "output"


@pytest.mark.parametrize("output", [ROOT, ROOT / "plugins", ROOT / "plugins/jisr/build", ROOT.parent])
def test_an_output_that_holds_the_program_is_refused(tmp_path: Path, output: Path) -> None:
    """A build never replaces what builds, wherever its site lies."""
    with pytest.raises(ProblemsError):
        validate_output_folder(output, settings(tmp_path / "site"))


def test_an_output_beside_the_sources_is_accepted(tmp_path: Path) -> None:
    """The usual place, beside the content folder, is fine."""
    validate_output_folder(tmp_path / "site" / "output", settings(tmp_path / "site"))
    validate_output_folder(tmp_path / "output", settings(tmp_path / "site2"))


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """A file in the output's place is not removed."""
    (tmp_path / "output").write_text("notes")

    with pytest.raises(ProblemsError):
        validate_output_folder(tmp_path / "output", settings(tmp_path / "site"))

    assert (tmp_path / "output").read_text() == "notes"


def test_an_output_that_is_a_mount_point_is_filled_entry_by_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is mounted cannot be renamed: the build is staged in it, each entry takes its place, and the folder itself stays."""
    monkeypatch.setattr(atomic_swap, "is_mount_point", lambda folder: folder.name == "output")
    output = make(tmp_path / "output", "old.html", "old")
    make(output / "ar", "index.html", "old")
    make(output / "gone", "index.html", "old")
    make(output / "lost+found", "kept", "")
    make(output / ".output.another", "kept", "")
    before = output.stat().st_ino
    aside = make_staging_dir(output)
    assert aside.parent == output
    make(aside / "ar", "index.html", "new")
    (aside / "old.html").mkdir()
    (aside / "new.html").write_text("new")

    swap_directories(aside, output)

    assert output.stat().st_ino == before
    kept = [".output.another", "lost+found"]
    assert sorted(file.name for file in output.iterdir()) == [*kept[:1], "ar", *kept[1:], "new.html", "old.html"]
    assert (output / "ar/index.html").read_text() == "new"
    assert (output / "old.html").is_dir()
    assert [file.name for file in tmp_path.iterdir()] == ["output"]


def test_a_mount_point_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The root is one, a new folder is none, and one that Linux lists is one, whatever characters are in its name."""
    folder = tmp_path / "my site" / "output"
    folder.mkdir(parents=True)
    assert atomic_swap.is_mount_point(Path("/"))
    assert not atomic_swap.is_mount_point(folder)
    listed = tmp_path / "mountinfo"
    name = str(folder).replace(" ", "\\040")
    listed.write_text(f"22 27 0:21 / /proc rw - proc proc rw\n36 35 98:0 /volume {name} rw - ext4 /dev/root rw\n")
    monkeypatch.setattr(atomic_swap, "_MOUNTS", listed)
    assert atomic_swap.is_mount_point(folder)
    (tmp_path / "output").symlink_to(folder)
    assert atomic_swap.is_mount_point(tmp_path / "output")
