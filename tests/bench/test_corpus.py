"""The corpus of the bench is the same for the same seed, Jisr takes all of it, and costs are told as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.bench import hugo
from tests.bench.compare import HUGO_NAMES, JISR, jisr_site
from tests.bench.corpus import LANGUAGES, generate_texts
from tests.bench.measure import Cost, measure_cost
from tests.bench.report import format_growth_table, format_table, render_chart, render_growth_chart


def test_a_corpus_is_the_same_for_the_same_seed() -> None:
    """Two runs give the same texts, another seed gives others."""
    assert list(generate_texts(12)) == list(generate_texts(12))
    assert list(generate_texts(12)) != list(generate_texts(12, seed=2))


@pytest.mark.process  # the command that the bench measures
def test_jisr_builds_the_corpus_without_a_problem(tmp_path: Path) -> None:
    """Every text becomes a page in each language; nothing in it is wrong."""
    builder = jisr_site(6, tmp_path, Path(__file__).resolve().parents[2])
    done = subprocess.run(builder.command, cwd=builder.folder, capture_output=True, text=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for made in generate_texts(6):
        for tag in LANGUAGES:
            assert (builder.output / tag / made.kind / made.member / made.id / "index.html").is_file()


@pytest.mark.parametrize("layouts", HUGO_NAMES)
def test_hugo_gets_the_same_texts(tmp_path: Path, layouts: str) -> None:
    """Its content holds each body of the corpus, in folders as Jisr's."""
    hugo.write(6, tmp_path, layouts)
    for made in generate_texts(6):
        for tag in LANGUAGES:
            path = tmp_path / "content" / made.kind / made.member / made.id / f"index.{tag}.md"
            assert path.read_text("utf-8").endswith(made.bodies[tag])


@pytest.mark.process  # it is processes that are measured
def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    """What children hold at one time counts together."""
    child = "import time; held = bytearray(b'x') * 60_000_000; time.sleep(1)"
    code = f"""import subprocess, sys
for one in [subprocess.Popen([sys.executable, "-c", {child!r}]) for _ in "12"]:
    one.wait()"""

    assert measure_cost((sys.executable, "-c", code), tmp_path, tmp_path / "log").memory > 114


def test_the_table_says_what_share_of_hugo_jisr_took() -> None:
    """Beside each of Hugo's figures stands Jisr's share of them; the chart is a picture with the figures as text."""
    costs = {JISR: Cost(2.0, 1.0, 100.0), HUGO_NAMES["same"]: Cost(8.0, 4.0, 1000.0), HUGO_NAMES["thin"]: Cost(4.0, 2.0, 400.0)}
    table = format_table(4000, [("first build", costs)])

    assert [line.split()[-2:] for line in table[-2:]] == [["0.25", "0.10"], ["0.50", "0.25"]]
    assert all(f"first build, {name}" in render_chart(4000, [("first build", costs)]) for name in costs)


def test_growth_is_told_as_a_power() -> None:
    """Twice the pages for twice the CPU is 1; the chart has each contestant's line, and its last figure as text."""
    found = [
        (pages, {JISR: Cost(pages / 500, 1, 50), HUGO_NAMES["thin"]: Cost(pages**2 / 1e6, 1, pages)})
        for pages in (1000, 4000, 9000)
    ]
    picture = etree.fromstring(render_growth_chart(found))

    assert [line.split()[-2:] for line in format_growth_table(found)[-2:]] == [["1.00", "0.00"], ["2.00", "1.00"]]
    assert [one.text for one in picture.iter("{*}text")][-2:] == ["Jisr: 18.0 s", "Hugo, thin theme: 81.0 s"]
    assert len([one for one in picture.iter("{*}path") if one.get("class")]) == 2
