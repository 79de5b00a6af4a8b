"""The corpus of the bench is the same for the same seed, and Jisr takes all of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from plugins.bench import hugo
from plugins.bench.comparing import jisr
from plugins.bench.corpus import LANGUAGES, texts
from plugins.bench.measuring import Cost
from plugins.bench.report import chart, lines


def test_a_corpus_is_the_same_for_the_same_seed() -> None:
    """Two runs give the same texts, another seed gives others."""
    assert list(texts(12)) == list(texts(12))
    assert list(texts(12)) != list(texts(12, seed=2))


def test_jisr_builds_the_corpus_without_a_problem(tmp_path: Path) -> None:
    """Every text becomes a page in each language; nothing in it is wrong."""
    builder = jisr(6, tmp_path, Path(__file__).resolve().parents[2])
    done = subprocess.run(builder.command, cwd=builder.folder, capture_output=True, text=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for made in texts(6):
        for tag in LANGUAGES:
            assert (builder.output / tag / made.kind / made.member / made.id / "index.html").is_file()


def test_hugo_gets_the_same_texts(tmp_path: Path) -> None:
    """Its content holds each body of the corpus."""
    hugo.write(6, tmp_path)
    for made in texts(6):
        for tag in LANGUAGES:
            assert (tmp_path / f"content/{tag}/{made.kind}/{made.id}.md").read_text("utf-8").endswith(made.bodies[tag])


def test_the_table_has_ratios_against_hugo() -> None:
    """Each figure stands beside Hugo's; the chart is a picture with the figures as text."""
    found = [("first build", {"Jisr": Cost(2.0, 1.0, 100.0), "Hugo": Cost(4.0, 2.0, 400.0)})]

    assert any(line.split()[-2:] == ["0.50", "0.25"] for line in lines(4000, found))
    assert ">2.00 s<" in chart(4000, found)
