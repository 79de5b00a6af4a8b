"""The styles: the same in both directions, and readable in light and dark."""

import re
from itertools import product
from pathlib import Path

import pytest

from tests.site.pages import Site
from tests.site.visits import samples

CSS = Path(__file__).parents[3] / "themes" / "jisr" / "static" / "css"
FILES = sorted(CSS.rglob("*.css"))
SIDES = re.compile(r"\b(left|right)\b|\b(margin|padding|border)-(top|bottom)\b|(?<![\w-])(width|height|top|bottom)\s*:")
FIELDS = ("paper", "tint", "warm")
TEXT = 7.0  # what is read at length: WCAG 2.2, level AAA
LABEL = 4.5  # numbers and kickers, which are large or bold: level AA


def _tokens(scheme: str) -> dict[str, str]:
    css = (CSS / "tokens.css").read_text()
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    part = light if scheme == "light" else rest.partition("@media")[0]
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", part))


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_style_names_a_side_of_the_screen(file: Path) -> None:
    """A page in Arabic is the mirror of one in French, without a rule of its own."""
    assert SIDES.findall(file.read_text()) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_style_is_part_of_the_stylesheet(file: Path) -> None:
    """A file that no stylesheet imports is never seen, unless it is the stylesheet of some pages or of further languages."""
    name = file.relative_to(CSS).as_posix()

    assert (
        name in ("index.css", "languages.css")
        or name.startswith("pages/")
        or any(f'{name}") layer(' in sheet.read_text() for sheet in (CSS / "index.css", *CSS.glob("pages/*.css")))
    )


@pytest.mark.parametrize("file", [file for file in FILES if file.name != "tokens.css"], ids=lambda file: file.name)
def test_colours_are_tokens(file: Path) -> None:
    """Who changes a colour changes it in one place, for light and dark; only paper from a printer has fixed ones."""
    assert file.name == "print.css" or re.findall(r"#[0-9a-f]{3,8}\b", file.read_text()) == []


@pytest.mark.parametrize(("scheme", "field", "role"), list(product(("light", "dark"), FIELDS, ("ink", "soft", "link"))))
def test_text_can_be_read(scheme: str, field: str, role: str) -> None:
    """What is read at length has a contrast of at least 7 on every ground."""
    tokens = _tokens(scheme)

    assert _contrast(tokens[role], tokens[field]) >= TEXT


@pytest.mark.parametrize(("scheme", "field"), list(product(("light", "dark"), FIELDS)))
def test_numbers_and_kickers_can_be_read(scheme: str, field: str) -> None:
    """What is large or bold has a contrast of at least 4.5 on every ground."""
    tokens = _tokens(scheme)

    assert _contrast(tokens["mark"], tokens[field]) >= LABEL


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_browser_is_told_the_colour_of_the_paper(site: Site, scheme: str) -> None:
    """What a phone draws around the page has the page's colour."""
    head = (site.folder / "ar/index.html").read_text("utf-8")

    assert f'<meta name="theme-color" content="{_tokens(scheme)["paper"]}" media="(prefers-color-scheme: {scheme})">' in head


def test_fonts_are_small() -> None:
    """A page in one script loads one file of at most 23 KB, which has all weights; with all letters of Vazirmatn, 31 KB."""
    # Those called card are drawn with.
    fonts = [one for one in sorted((CSS.parents[1] / "fonts").glob("*.woff2")) if "-card-" not in one.name]

    assert [font.name for font in fonts if font.stat().st_size > (31_000 if "-more" in font.name else 23_000)] == []
    assert len(fonts) == 4


def _read_selectors(css: str) -> set[str]:
    """Return what a stylesheet has rules for, without the states and parts that no tree of a page shows."""
    rules = re.sub(r"@(?:media|layer|supports|page|font-face)[^{;]*[{;]", "", css)
    found = (one for rule in re.findall(r"([^{}]+)\{[^{}]*\}", rules) for one in re.split(r",(?![^(]*\))", rule))
    named = (
        re.sub(r"::[\w-]+|:(before|after|hover|focus|focus-visible|target|marker|placeholder)\b", "", one) for one in found
    )
    return {one.strip() for one in named if one.strip() and not re.search(r":lang|:is\(|^@|^:has", one)}


def test_a_page_links_the_styles_of_what_it_shows(site: Site) -> None:
    """Home, lists and texts load only what they need, and that is all: no rule of a sheet that a page leaves out is for it."""
    files = {file.name: _read_selectors(file.read_text()) for file in (site.folder / "theme").glob("*.css")}
    shared = {name: rules for name, rules in files.items() if name.partition(".")[0] in ("text", "rows", "list", "special")}
    assert len(shared) == 4
    lacking = set()
    for page in samples(site, "en"):
        linked = {(one.attributes["href"] or "").rpartition("/")[2] for one in page.tree.css('link[rel="stylesheet"]')}
        there = set().union(*(files[name] for name in linked))
        left_out = [rule for name, rules in shared.items() if name not in linked for rule in rules - there]
        lacking |= {(page.path, rule) for rule in left_out if page.tree.css_first(rule)}
    assert lacking == set()
