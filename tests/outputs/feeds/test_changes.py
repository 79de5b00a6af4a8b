"""Subscribers see what changed, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import feedparser
import pytest

from tests.outputs.feeds.conftest import HERE, built

ROME = Path("statements/2009-rome")
ID = "tag:network.example.org,2009:statements/2009-rome/"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the network's texts that a test may change."""
    return Path(shutil.copytree(HERE / "network", tmp_path / "network"))


def feeds(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("feed*.*"))}


def rebuilt(content: Path, tmp_path: Path) -> dict[str, bytes]:
    return feeds(built(tmp_path / "output", "--content", str(content)))


def test_white_space_changes_nothing(content: Path, tmp_path: Path, output: Path) -> None:
    """Lines that are broken elsewhere, empty lines and spaces at line ends leave every feed as it was, to the byte."""
    for path in content.rglob("*.md"):
        head, mark, body = path.read_text("utf-8").rpartition("---\n")
        path.write_text(f"{head}{mark}\n\n{body.rstrip()}\n\n\n", "utf-8", newline="\r\n")

    same = rebuilt(content, tmp_path)
    assert {name: data for name, data in same.items() if data != feeds(output)[name]} == {}
    assert same.keys() == feeds(output).keys()


def test_a_correction_moves_updated(content: Path, tmp_path: Path) -> None:
    """A changed sentence with ``modified`` moves ``updated`` and brings the text to the top; ``published`` and the id stay."""
    path = content / ROME / "index.ar.md"
    path.write_text(path.read_text("utf-8").replace("date: 2009-03-30", "date: 2009-03-30\nmodified: 2019-05-01"), "utf-8")

    entries = feedparser.parse(rebuilt(content, tmp_path)["feed.atom"]).entries
    assert (entries[0].id, entries[0].published[:10], entries[0].updated[:10]) == (ID + "ar", "2009-03-30", "2019-05-01")


def test_a_text_that_moved_keeps_its_id(content: Path, tmp_path: Path) -> None:
    """Who renames a folder states the old address in ``aliases``, as for links, and no reader sees the text as new."""
    moved = content / "statements" / "2009-rome-final"
    (content / ROME).rename(moved)
    for tag in ("ar", "ckb"):
        path = moved / f"index.{tag}.md"
        aliases = f"---\naliases: [/{tag}/statements/2009-rome/, /old-{tag}.html]\n"
        path.write_text(path.read_text("utf-8").replace("---\n", aliases, 1), "utf-8")

    found = rebuilt(content, tmp_path)
    for tag in ("ar", "ckb"):
        entry = feedparser.parse(found[f"{tag}/feed.atom"]).entries[0]
        assert entry.id == ID + tag
        assert entry.link.endswith(f"/{tag}/statements/2009-rome-final/")
