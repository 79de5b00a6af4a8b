"""``inv weigh``: every page of a built folder, weighed and told."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from plugins.core.addresses import ADMIN
from plugins.core.problems import Place, Problem, ProblemsError, in_order
from plugins.publishing.weight import FIRST_LOAD, FONTS, WELL, Weight, sheet, too_heavy, weigh

SHOWN = 10


def weights(output: Path, quality: int = WELL) -> list[Weight]:
    """Give what each page of a built folder costs, the heaviest first; the web editor is no page that readers load.

    Raises ProblemsError where the folder holds no site.
    """
    address = _address(output)
    files = sorted(file for file in output.rglob("*") if file.is_file() and not file.is_relative_to(output / ADMIN))
    sizes = {f"{address}/{quote(file.relative_to(output).as_posix())}": file.stat().st_size for file in files}
    addresses = dict(zip(files, sizes, strict=True))
    sheets = {
        addresses[file]: sheet(file.read_text("utf-8", "replace"), addresses[file], sizes)
        for file in files
        if file.suffix == ".css"
    }
    found = [
        weigh(file.relative_to(output).as_posix(), file.read_text("utf-8", "replace"), address, sheets, sizes, quality)
        for file in files
        if file.suffix == ".html"
    ]
    return sorted(found, key=lambda one: (-one.first_load, one.path))


def _address(output: Path) -> str:
    """Give the address of the site, as its first page states it."""
    first = output / "index.html"
    tree = LexborHTMLParser(first.read_text("utf-8")) if first.is_file() else None
    link = tree.css_first('link[rel="canonical"]') if tree else None
    if link is None:
        text = "There is no built site here: run `inv build` first, or name the folder with --output."
        raise ProblemsError(Problem.error(Place(output.as_posix()), "weight-output", text))
    return (link.attributes.get("href") or "").rstrip("/")


def table(found: Iterable[Weight]) -> Iterator[str]:
    """Give the heaviest pages as lines, and what is allowed below them."""
    yield f"{'HTML':>8}{'styles':>8}{'both':>8}{'fonts':>8}{'scripts':>9}  page"
    for one in list(found)[:SHOWN]:
        yield f"{one.html:>8,}{one.styles:>8,}{one.first_load:>8,}{one.fonts:>8,}{one.scripts:>9,}  {one.path}"
    yield f"{'':16}{FIRST_LOAD:>8,}{FONTS:>8,}{0:>9}  allowed for a text"


def tell(output: Path) -> int:
    """Print the heaviest pages and a line for each that is too heavy. Gives 0, or 1 where any is."""
    if importlib.util.find_spec("brotli") is None:
        print("Weighing needs brotli, of the extra named publish: pip install -e '.[publish]'", file=sys.stderr)
        return 1
    try:
        found = weights(output)
    except ProblemsError as error:
        print("\n".join(str(problem) for problem in error.problems), file=sys.stderr)
        return 1
    print("\n".join(table(found)))
    problems = in_order(problem for one in found for problem in too_heavy(one))
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"Weighed {len(found)} pages; over what is allowed: {len(problems)}.")
    return 1 if problems else 0
