"""``python -m tests.bench.search_cost --texts 600``: what the search costs a build, and readers on a slow line."""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.__main__ import ROOT
from tests.bench.compare import Builder, jisr_site
from tests.bench.corpus import LANGUAGES, entity_name
from tests.bench.measure import Cost, measure_cost
from tests.compressed_server import CompressedHandler, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FORMS = 35_000  # of words in each language
_STEMS = 28  # words of the corpus in each language, at least
_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
_RESULT = ".findings h3 a"


def generate_forms(tag: str, seed: int = 1) -> Sequence[str]:
    """Return so many invented forms of words of a language: letters as often as they come in it, and the end of a word."""
    chance, stems = random.Random(seed), [entity_name(tag, number) for number in range(_STEMS)]
    letters, forms = "".join(stems), dict.fromkeys(stems)
    while len(forms) < FORMS:
        start = "".join(chance.choices(letters, k=chance.randrange(2, 6)))
        forms[start + chance.choice(stems)[-chance.randrange(1, 5) :]] = None
    return list(forms)


def widen_words(content: Path, seed: int = 1) -> None:
    """Replace the words of titles and paragraphs by forms: the n-th comes half as often as the one with half its number."""
    for tag in LANGUAGES:
        forms, chance = generate_forms(tag), random.Random(seed)
        for file in sorted(content.glob(f"[nps]*/**/index.{tag}.md")):
            lines = [_widen(line, forms, chance) for line in file.read_text("utf-8").split("\n")]
            file.write_text("\n".join(lines), "utf-8")


def _widen(line: str, forms: Sequence[str], chance: random.Random) -> str:
    start, _, number = line.rpartition(" ") if line.startswith("title: ") else (line, "", "")
    if not number and not (line[:1].isalpha() and line.endswith(".")):
        return line
    words = [forms[int(FORMS ** chance.random()) - 1] for _ in range(start.count(" ") + 1)]
    return f"title: {' '.join(words)} {number}" if number else f"{' '.join(words)}."


def measure_builds(builder: Builder, times: int) -> list[tuple[Cost, Cost]]:
    """Return what first builds cost in one process without the search and with it, in turn."""
    settings, found = builder.output.parent / "settings.py", []
    words = settings.read_text("utf-8").replace("SEARCH = False\n", "") + "PROCESSES = 1\n"
    for _ in range(times):
        costs = []
        for has_search in (False, True):
            settings.write_text(f"{words}SEARCH = {has_search}\n", "utf-8")
            builder.clean_output()
            costs.append(measure_cost(builder.command, builder.folder, builder.output.parent / "bench.log"))
        found.append((costs[0], costs[1]))
    return found


class _GzipHandler(CompressedHandler):
    """Compresses by gzip, as hosts do that know no brotli."""

    encoding = "gzip"

    @staticmethod
    def compress(data: bytes) -> bytes:
        """Return data as it is sent."""
        return gzip.compress(data, 9)


def measure_search(browser: Browser, address: str, word: str, *, is_open: bool) -> tuple[int, float]:
    """Return the bytes on the wire and the seconds until a first result, at 50 kbit/s and 400 ms.

    ``is_open``: the page of the search is open, and the word is typed; else its address with the word is opened.
    """
    context = browser.new_context()
    tab = context.new_page()
    line = context.new_cdp_session(tab)
    line.send("Network.enable")
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    if is_open:
        tab.goto(address, wait_until="networkidle")
        sizes.clear()
    line.send("Network.emulateNetworkConditions", _LINE)
    begun = time.perf_counter()
    if is_open:
        tab.fill("input[type=search]", word)
    else:
        tab.goto(f"{address}?q={word}", wait_until="commit")
    tab.wait_for_selector(_RESULT, timeout=120_000)
    found = int(sum(sizes)), time.perf_counter() - begun
    context.close()
    return found


def report_search(output: Path, words: dict[str, str], handler: type[CompressedHandler]) -> None:
    """Print what a first result costs in each language."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as program, serve(output, handler) as port:
        browser = program.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for tag, word in words.items():
            page = output / tag / "search/index.html"
            shown = f"page of {len(handler.compress(page.read_bytes())):,} bytes"
            for is_open in (False, True):
                size, seconds = measure_search(browser, f"http://127.0.0.1:{port}/{tag}/search/", word, is_open=is_open)
                shown += f"; {'on the open page' if is_open else 'nothing kept'} {size:,} bytes, {seconds:.1f} s"
            print(f"{tag}: {shown}")
        browser.close()


def main() -> None:
    """Build a corpus of many words without and with the search, and search it in a browser."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=600, help=f"how many texts, each in {len(LANGUAGES)} languages")
    asked.add_argument("--times", type=int, default=1, help="how often each build is run")
    asked.add_argument("--folder", type=Path, default=ROOT / ".cache" / "bench", help="where the corpus is made")
    asked.add_argument("--output", type=Path, help="a site that is built, as the sample: it is searched alone")
    asked.add_argument("--brotli", action="store_true", help="compress as a host does that has what PRECOMPRESSED writes")
    given = asked.parse_args()
    handler = CompressedHandler if given.brotli else _GzipHandler
    if given.output:
        report_search(given.output, {"ckb": "ڕۆژنامە", "ar": "حقوق", "en": "rights"}, handler)
        return
    builder = jisr_site(given.texts, given.folder / f"search-{given.texts}", ROOT)
    widen_words(builder.output.parent / "content")
    for without, having in measure_builds(builder, given.times):
        share = (having.cpu - without.cpu) / having.cpu
        print(f"first build: {without.cpu:.2f} s of CPU, with the search {having.cpu:.2f} s, of which that is {share:.1%}")
    report_search(builder.output, {tag: generate_forms(tag)[20] for tag in ("ckb", "ar", "en")}, handler)


if __name__ == "__main__":
    main()
