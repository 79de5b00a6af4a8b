"""A finished build takes the output's place, or nothing changes."""

from pathlib import Path

import pytest

from plugins.core.problems import ProblemsError
from plugins.engine.switching import refuse_output, switch


def make(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    return folder


def test_a_finished_build_replaces_whatever_is_in_the_output(tmp_path: Path) -> None:
    """What stood in the output before is gone, and nothing is left beside it."""
    output = make(tmp_path / "output", "old.html", "old")
    aside = make(tmp_path / ".output.new", "new.html", "new")

    switch(aside, output)

    assert [file.name for file in output.iterdir()] == ["new.html"]
    assert [file.name for file in tmp_path.iterdir()] == ["output"]


def test_a_linked_output_is_replaced_where_it_leads(tmp_path: Path) -> None:
    """An output that is a link stays one, and its goal gets the new build."""
    goal = make(tmp_path / "goal", "old.html", "old")
    link = tmp_path / "output"
    link.symlink_to(goal)
    aside = make(tmp_path / ".output.new", "new.html", "new")

    switch(aside, link)

    assert link.is_symlink()
    assert [file.name for file in goal.iterdir()] == ["new.html"]


@pytest.mark.parametrize("output", ["site", "site/content", "."])
def test_an_output_that_holds_the_sources_is_refused(tmp_path: Path, output: str) -> None:
    """A build never replaces the folder that its texts lie in."""
    content = make(tmp_path / "site" / "content", "README.md", "")

    with pytest.raises(ProblemsError) as caught:
        refuse_output(tmp_path / output, [content])

    assert caught.value.problems[0].code == "output"


def test_an_output_beside_the_sources_is_accepted(tmp_path: Path) -> None:
    """The usual place, beside the content folder, is fine."""
    content = make(tmp_path / "content", "README.md", "")

    refuse_output(tmp_path / "output", [content])


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """A file in the output's place is not removed."""
    (tmp_path / "output").write_text("notes")

    with pytest.raises(ProblemsError):
        refuse_output(tmp_path / "output", [])

    assert (tmp_path / "output").read_text() == "notes"
