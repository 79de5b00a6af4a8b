"""What the pages of a site say of how a conference stands, and what they must say on each day, as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from tests.site.pages import Page, Site

CASES = Path(__file__).parent / "cases"
DAYS = ("2017-01-09", "2017-01-11", "2017-01-18", "2017-01-19")
On = Callable[[str], Site]


def table(name: str) -> list[tuple[str, str, list[str]]]:
    """Return the rows of a table: a day, a language, and the four sentences of that day."""
    rows = [line.split("\t") for line in (CASES / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(day, tag, sentences) for day, tag, *sentences in rows]


def each_day(folders: pytest.TempPathFactory, build: Callable[[Path, str], None]) -> On:
    """Return the site as it stands at noon of a day, which ``build`` makes with that clock; each day is built once."""

    @cache
    def built(day: str) -> Site:
        output = folders.mktemp("day") / "output"
        build(output, str(int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp())))
        return Site.read(output)

    return built


def said(page: Page, selector: str) -> str:
    """Return the words of the first element of a kind, or a dash where there is none."""
    found: LexborNode | None = page.tree.css_first(selector)
    return " ".join(found.text().split()) if found else "-"


def told(site: Site, tag: str, conference: str) -> list[str]:
    """Return what is said of a conference: over its title and in the notice of its page, in the list, and on the home."""
    page = site.pages[f"{tag}/{conference}/index.html"]
    return [
        said(page, ".kicker"),
        said(page, ".sheet-text > .notice"),
        said(site.pages[f"{tag}/conferences/index.html"], ".row-line strong"),
        said(site.pages[f"{tag}/index.html"], ".conference .row-line"),
    ]


def contents(site: Site) -> dict[str, bytes]:
    """Return everything of a site by path."""
    return {file.relative_to(site.folder).as_posix(): file.read_bytes() for file in site.folder.rglob("*") if file.is_file()}
