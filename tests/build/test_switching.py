"""A finished build takes the output's place, or nothing changes."""

from pathlib import Path

import pytest

from jisr.build.files.atomic_swap import swap_directories, validate_output_folder
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
