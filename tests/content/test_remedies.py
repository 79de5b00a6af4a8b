"""Remedies: what each message of tests/sites/broken says to do is done, and the site is checked again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jisr.build.options import Options
from jisr.cli import commands
from tests.content.conftest import SITES, lay_out, stated
from tests.content.test_broken import BROKEN, CASES

FILE = Path(__file__).parent / "cases" / "remedies.txt"
REMEDIES = {
    part.partition("\n")[0].strip(): part.partition("\n")[2]
    for part in re.split(r"^== ", FILE.read_text("utf-8"), flags=re.M)[1:]
}
EDIT = re.compile(r"(?:(?P<line>\d+)(?P<verb>[:+-])|(?P<whole>\*)) ?(?P<text>.*)")


def said(case: str) -> list[str]:
    """Return the lines that a check says of a case."""
    return (BROKEN / case / "problems.txt").read_text("utf-8").splitlines()


def escaped(text: str) -> str:
    """Return a text with its escapes resolved."""
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


def follow(case: str, folder: Path) -> dict[str, str]:
    """Do in a folder what the messages of a case say, and return what the command is told besides."""
    arguments: dict[str, str] = {}
    edits: dict[str, list[re.Match[str]]] = {}
    current = said(case)[0].partition(":")[0]
    for line in filter(None, REMEDIES[case].split("\n")):
        if match := EDIT.fullmatch(line):
            edits.setdefault(current, []).append(match)
            continue
        verb, *paths = escaped(line).split()
        if line.endswith(":"):
            current = line[:-1]
        elif verb == "say":
            arguments[paths[0].rstrip(":")] = paths[1]
        elif verb == "copy":
            (shutil.copytree if (folder / paths[0]).is_dir() else shutil.copyfile)(folder / paths[0], folder / paths[1])
        elif verb == "move":
            (folder / paths[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / paths[0]).rename(folder / paths[1])
        else:
            assert verb == "remove", line
            remove(folder / paths[0])
    for path, matches in edits.items():
        edit(folder / path, matches)
    return arguments


def remove(path: Path) -> None:
    """Remove a file, a link or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def edit(file: Path, edits: list[re.Match[str]]) -> None:
    """Change lines of a file, which count as they were."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if edits[0]["whole"]:
        file.write_text(escaped(edits[0]["text"]), "utf-8")
        return
    lines: dict[int, list[str]] = dict(
        enumerate(([one] for one in file.read_bytes().decode("utf-8", "replace").split("\n")), 1)
    )
    for one in edits:
        number, text = int(one["line"]), one["text"]
        lines[number] = [*lines[number], text] if one["verb"] == "+" else [text] if one["verb"] == ":" else []
    file.write_text("\n".join(text for kept in lines.values() for text in kept), "utf-8")


def test_each_broken_site_is_mended() -> None:
    """No message is left out: who adds a broken site says what its remedy makes of it."""
    assert sorted(REMEDIES) == CASES


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES)
def test_a_remedy_works_when_it_is_followed(
    case: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    check_site: Callable[..., Any],
) -> None:
    """What the messages of a site say to do leaves nothing of them, and no other message follows from it."""
    del check_site  # its environment is that of every check
    folder = tmp_path / "mended"
    folder.mkdir()
    lay_out(SITES / "broken" / case, folder)
    arguments = follow(case, folder)
    monkeypatch.chdir(folder)

    options = Options(**{**stated(folder), "output": str(tmp_path / "output"), **arguments})  # type: ignore[arg-type]
    code = commands.check(options)

    assert capsys.readouterr().err.splitlines() == []
    assert code == 0


@pytest.mark.parametrize("case", CASES)
def test_a_line_that_a_message_says_to_write_is_the_one_that_works(case: str) -> None:
    """Where a message shows a line of the front matter, that line is written to the letter, but for ``…``."""
    written = [match["text"] for line in REMEDIES[case].split("\n") if (match := EDIT.fullmatch(line)) and match["verb"] == ":"]
    for line in said(case):
        for right in re.findall(r"Write ([a-z]+: .+?)\.(?:$| If it)", line):
            first = right.partition(" or ")[0]
            assert any(first in one for one in written) or any(one.endswith("-") for one in REMEDIES[case].split("\n")), right
