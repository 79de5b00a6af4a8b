"""The styleguide: every component, in every language, from the examples of the theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborNode

from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.core.diagnostics.problems import Problems
from jisr.core.i18n.languages import build_languages
from jisr.core.model.site import NetworkSettings, SitePolicy
from jisr.core.model.site import Site as SiteOfTexts
from jisr.core.schema.kinds import Kinds
from jisr.markdown.render import render_body
from jisr.outputs.theme.styleguide.examples import ExampleContext, read_examples
from jisr.outputs.theme.styleguide.sample_data.sample_rows import SampleContext
from jisr.outputs.theme.styleguide.samples import build_language_samples
from jisr.outputs.theme.styleguide.views import LanguageSamples, SampleView
from jisr.pages.views import component_views, conference_views, entity_views, page_views
from pelicanconf import LANGUAGES
from tests.conftest import daily
from tests.site.pages import Page, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[3]
THEME = ROOT / "themes" / "jisr"
EXAMPLES = sorted((THEME / "examples").glob("*.md"))
COMPONENTS = sorted(file.stem for file in (THEME / "templates" / "components").glob("*.html"))
UNSEEN = dict.fromkeys(
    ("head", "bare_head", "policy"), "what a browser, a search engine and a chat read of a page is not on it"
)
PROSE = "h2 h3 h4 p ul li ol table th td blockquote figure figcaption img pre code hr strong em abbr a sup bdi".split()
NESTED = ("ol ol", "ul ul", ".footnotes li", "td bdi, td[dir], td [dir]")
PATH = "styleguide/index.html"


@pytest.fixture
def page(site: Site) -> Page:
    """Return the page."""
    return site.pages[PATH]


def sample(page: Page, language: str, name: str) -> LexborNode:
    """Return a sample of a language."""
    return page.one(f'[id="{language}-{name}"]')


def levels(page: Page) -> Iterator[int]:
    """Return the levels of the headings in the order of the page, as for screen readers."""
    for node in page.tree.css("h1, h2, h3, h4, h5, h6"):
        yield int(node.attributes.get("aria-level") or (node.tag or "h0")[1])


@pytest.mark.parametrize("component", [name for name in COMPONENTS if name not in UNSEEN])
def test_every_component_is_shown(page: Page, language: str, component: str) -> None:
    """A component has a sample in every language, and the sample shows something."""
    found = sample(page, language, component)
    shown = found.text(strip=True).removeprefix(component)

    assert shown or found.css("svg"), component
    assert "None" not in shown


def test_a_sample_speaks_its_language(page: Page, language: str) -> None:
    """The words of the interface in a section are those of its catalogue, and its dates are in its grammar."""
    words = {"en": "Statement", "ar": "بيان", "ckb": "بەیاننامە", "kmr": "Daxuyanî", "fr": "Déclaration"}
    months = {"en": "February", "ar": "شباط", "ckb": "شوبات", "kmr": "sibat", "fr": "février"}
    heads = sample(page, language, "text_header").css(".kicker")

    assert heads[0].text(strip=True) == words[language]
    assert len({head.text(strip=True) for head in heads}) == 3
    assert months[language].lower() in sample(page, language, "when").text().lower()


def test_what_is_not_shown_is_a_component() -> None:
    """A reason not to show a component is dropped together with the component."""
    assert set(UNSEEN) <= set(COMPONENTS)


@pytest.mark.parametrize("element", [*PROSE, *NESTED])
def test_running_text_has_every_element(page: Page, language: str, element: str) -> None:
    """The running text of each example has every element that an editor can write."""
    assert sample(page, language, "prose").css(element), element


def test_every_language_has_an_example(language: str) -> None:
    """A language of the sample site has an example, and the page has a section in it."""
    assert f"{language}.md" in {file.name for file in EXAMPLES}


def test_a_language_speaks_for_itself(page: Page, language: str) -> None:
    """The section of a language states it with its direction, and its groups have headings in it."""
    section = page.one(f'section[id="{language}"]')
    stated = build_languages([language])[language]
    headings = [node.text(strip=True) for node in section.css(".guide-group > h3")]
    others = page.tree.css(f".guide-language:not([lang={language}]) .guide-group > h3")

    assert section.attributes["lang"] == language
    assert section.attributes["dir"] == stated.direction
    assert len(headings) == 10
    assert not set(headings) & {node.text(strip=True) for node in others} - {"Konferans", "Daxuyanî"}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_puts_directions_to_the_test(file: Path) -> None:
    """An example has a phone number, and names in the other script."""
    text = file.read_text("utf-8")

    assert "00 964 770 88 66 150" in text
    assert re.search(r"[\u0600-\u06ff]{4}", text)
    assert re.search(r"[A-Za-z]{4} [A-Z][a-z]{4}", text)


def test_headings_are_in_order(page: Page) -> None:
    """There is one heading of the first level, and none is more than a level below the one before it."""
    found = list(levels(page))
    skipped = [(above, below) for above, below in pairwise(found) if below > above + 1]

    assert found[0] == 1
    assert found.count(1) == 1
    assert skipped == []


def test_ids_are_unique(page: Page) -> None:
    """What has an id on a page of the site has its own here in each sample."""
    ids = page.values("[id]", "id")

    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_the_page_is_not_for_readers(site: Site, page: Page) -> None:
    """The page is not indexed, not in the sitemap, and no other page leads to it."""
    links = ((one.path, link) for one in site.pages.values() for link in one.values("a", "href"))
    leading = {path for path, link in links if site.target(link, path) == PATH}

    assert page.is_noindex
    assert "styleguide" not in (site.folder / "sitemap.xml").read_text("utf-8")
    assert leading <= {PATH}


def test_the_page_needs_no_script_and_no_inline_style(page: Page) -> None:
    """The page works under the strictest content policy."""
    assert page.tree.css("script, style, [style]") == []


def test_its_styles_burden_no_other_page(site: Site, page: Page) -> None:
    """The styles that only this page needs are loaded by this page alone."""
    others = {link for one in site.pages.values() if one.path != PATH for link in one.values('link[rel="stylesheet"]', "href")}
    own = [link for link in page.values('link[rel="stylesheet"]', "href") if "styleguide" in link]

    assert len(own) == 1
    assert not [link for link in others if "styleguide" in link]


def test_every_token_is_shown(page: Page) -> None:
    """Each colour has a swatch with its style, each size of letters a line."""
    css = (THEME / "static" / "css" / "tokens.css").read_text("utf-8")
    own = (THEME / "static" / "css" / "pages" / "styleguide.css").read_text("utf-8")
    colours = {f"swatch-{name}" for name in re.findall(r"--([\w-]+): #", css)}
    sizes = {f"step-{name}" for name in re.findall(r"--([\w-]+): clamp", css)} - {"step-gutter"}

    assert {name for value in page.values(".swatch", "class") for name in value.split()} == {"swatch", *colours}
    assert set(page.values(".guide-steps p", "class")) == sizes
    assert [name for name in colours | sizes if f".{name} {{" not in own] == []


def test_a_language_has_the_lines_of_its_pages() -> None:
    """The style guide sets the same values for a section in Latin or Arabic script as tokens.css for a page."""
    name = r"--(title-line|row-line|text-line|underline): ([\d.]+\w*);"
    css = (THEME / "static" / "css" / "tokens.css").read_text("utf-8")
    own = (THEME / "static" / "css" / "pages" / "styleguide.css").read_text("utf-8")

    assert re.findall(name, own) == re.findall(name, css)


def _stated(value: object) -> Iterator[SampleView]:
    """Return the parts within a value, at any depth."""
    if isinstance(value, SampleView):
        yield value
        value = tuple(value.fields.values())
    if isinstance(value, tuple):
        for one in value:
            yield from _stated(one)


PSEUDO_VIEWS = ("Page", "Parts", "PageHead")  # of no one view: all that components ask a page, and the names of the template
OUTER = {"stylesheet", "icon", "frame"}  # of the page itself, not of a sample


def specimens(tags: tuple[str, ...]) -> list[LanguageSamples]:
    """Return the specimens of a site in these languages, from the examples of the theme and without a build."""
    tongues = build_languages(tags)
    messages = load_messages(CatalogFolder(ROOT / "translations", "translations"), tongues, Problems(), strict=False)
    examples = read_examples(THEME / "examples", tongues, ExampleContext(render_body, str, "icon.svg"))
    empty: dict[str, object] = {name: {} for name in ("sets", "collections", "authors", "author_ids", "targets", "routes")}
    made = SiteOfTexts(
        url="https://example.org",
        timezone=ZoneInfo("UTC"),
        now=datetime(2026, 11, 1, tzinfo=UTC),
        languages=tongues,
        kinds=Kinds(),
        network=NetworkSettings({"en": "Network", "ckb": "تۆڕ"}),
        policy=SitePolicy(),
        **empty,  # type: ignore[arg-type]
    )
    return [build_language_samples(one, SampleContext(made, messages, examples, "icon.svg")) for one in examples]


@pytest.fixture(scope="module")
def stated() -> list[SampleView]:
    """Return every part of every specimen."""
    return [part for one in specimens(LANGUAGES) for value in (one.page, one.headers, one.parts) for part in _stated(value)]


@pytest.mark.parametrize("tags", [("ckb",), ("fr", "ar"), ("de", "kmr")])
def test_a_site_of_other_languages_has_its_own(tags: tuple[str, ...]) -> None:
    """Another site shows the languages that it speaks and that have an example, be it one."""
    assert [one.language.tag for one in specimens(tags)] == [tag for tag in tags if tag in LANGUAGES]


def test_a_sample_has_the_fields_of_its_view(stated: list[SampleView]) -> None:
    """A sample has exactly the fields that the view of a real page has."""
    modules = (component_views, entity_views, conference_views, page_views)
    views = {name: view for module in modules for name, view in vars(module).items() if isinstance(view, type)}
    frame = {one.name for one in fields(component_views.PageFrame)}
    samples = [part for part in stated if part.view_name not in PSEUDO_VIEWS]
    wrong = []
    for part in samples:
        expected = {one.name for one in fields(views[part.view_name])}
        expected |= frame if part.view_name == "PageLayout" else set()
        wrong += [(part.view_name, one) for one in sorted((expected - OUTER) ^ set(part.fields))]

    assert len({part.view_name for part in samples}) > 20
    assert wrong == []


def test_a_page_of_a_specimen_asks_for_what_views_have(stated: list[SampleView]) -> None:
    """A field of such a page is one of the views of real pages."""
    kinds = [view for view in vars(page_views).values() if isinstance(view, type) and issubclass(view, page_views.PageView)]
    known = {one.name for view in kinds for one in fields(view)}

    assert sorted({name for part in stated if part.view_name == "Page" for name in part.fields} - known) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", daily([360, 768, 1280], 360))
def test_it_fits_the_screen(browser: Browser, site: Site, width: int, scheme: str) -> None:
    """The page never scrolls sideways, in either scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    tab = context.new_page()
    tab.route("**/*", lambda route: route.fulfill(path=site.folder / (site.target(route.request.url) or "404.html")))
    tab.goto(site.url(PATH))
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert wide <= width
