"""``inv weigh``: every page of a built folder, weighed and told."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase, sort_problems
from jisr.core.urls.paths import ADMIN
from jisr.publishing.checks.page_weight import (
    BEST_QUALITY,
    FIRST_LOAD,
    FONTS,
    PageWeight,
    check_weight,
    measure_stylesheet,
    weigh_page,
)

MAX_ROWS = 10


def weigh_pages(output: Path, quality: int = BEST_QUALITY) -> list[PageWeight]:
    """Return what each page of a built folder costs, the heaviest first; the web editor is no page that readers load.

    Raises ProblemsError where the folder holds no site.
    """
    address = _site_address(output)
    files = sorted(file for file in output.rglob("*") if file.is_file() and not file.is_relative_to(output / ADMIN))
    sizes = {f"{address}/{quote(file.relative_to(output).as_posix())}": file.stat().st_size for file in files}
    addresses = dict(zip(files, sizes, strict=True))
    sheets = {
        addresses[file]: measure_stylesheet(file.read_text("utf-8", "replace"), addresses[file], sizes)
        for file in files
        if file.suffix == ".css"
    }
    found = [
        weigh_page(file.relative_to(output).as_posix(), file.read_text("utf-8", "replace"), address, sheets, sizes, quality)
        for file in files
        if file.suffix == ".html"
    ]
    return sorted(found, key=lambda one: (-one.first_load, one.path))


def _site_address(output: Path) -> str:
    """Return the address of the site, as its first page states it."""
    first = output / "index.html"
    tree = LexborHTMLParser(first.read_text("utf-8")) if first.is_file() else None
    link = tree.css_first('link[rel="canonical"]') if tree else None
    if link is None:
        text = "There is no built site here: run `inv build` first, or name the folder with --output."
        raise ProblemsError(Problem.error(SourceLocation(output.as_posix()), "weight-output", text))
    return (link.attributes.get("href") or "").rstrip("/")


def format_weights(found: Iterable[PageWeight], voice: MessageFormatter) -> Iterator[str]:
    """Return the heaviest pages as lines, and what is allowed below them."""
    heads = (phrase("styles"), phrase("both"), phrase("fonts"), phrase("scripts"))
    yield f"{_pad_heading('HTML')}{''.join(_pad_heading(voice.format(one)) for one in heads)}  {voice.format(phrase('page'))}"
    for one in list(found)[:MAX_ROWS]:
        yield f"{one.html:>9,}{one.styles:>9,}{one.first_load:>9,}{one.fonts:>9,}{one.scripts:>9,}  {one.path}"
    yield f"{'':18}{FIRST_LOAD:>9,}{FONTS:>9,}{0:>9}  {voice.format(phrase('allowed for a text'))}"


def _pad_heading(head: str) -> str:
    return " " * (9 - len(strip_isolates(head))) + head


def print_weights(output: Path, voice: MessageFormatter = ENGLISH) -> int:
    """Print the heaviest pages. Returns 0.

    Raises ProblemsError with a line for each that is too heavy, or where there is no site, or nothing to weigh with.
    """
    if importlib.util.find_spec("brotli") is None:
        text = "Weighing needs brotli, of the extra named publish: pip install -e '.[publish]'"
        raise ProblemsError(Problem.error(SourceLocation(output.as_posix()), "weight", text))
    found = weigh_pages(output)
    print("\n".join(format_weights(found, voice)))
    problems = sort_problems(problem for one in found for problem in check_weight(one))
    text = "Weighed {pages}; over what is allowed: {heavy}."
    print(voice.format(phrase(text, pages=phrase("{count} pages", count=len(found)), heavy=len(problems))))
    if problems:
        raise ProblemsError(*problems)
    return 0
