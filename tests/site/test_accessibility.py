"""Everybody can use every page: no rule of WCAG 2.2 at level AA is broken, in any language, by day or by night.

axe-core's rule for contrast passes over joined Arabic letters, which it takes for pictures; so contrast is measured here a
second time, of every text that is shown, by WCAG's own formula (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.conftest import daily, lacking
from tests.site.pages import Page, Site
from tests.site.visits import Visit, above, samples

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

Scheme = Literal["light", "dark"]
SCHEMES: dict[Scheme, int] = {"light": 1280, "dark": 360}  # each on a screen of its own: both have all rules
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOWN_TWICE = frozenset(["landmark-unique"])  # the style guide shows a component more than once on a page
AXE = "([tags]) => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then((found) => found.violations)"
TOO_FAINT = """() => {
  const parts = (colour) => {
    const found = colour.match(/^rgba?\\(([\\d.]+), ([\\d.]+), ([\\d.]+)(?:, ([\\d.]+))?\\)$/);
    if (!found) throw new Error(`cannot read the colour ${colour}`);
    return [...found.slice(1, 4).map(Number), found[4] === undefined ? 1 : Number(found[4])];
  };
  const luminance = (colour) => colour.slice(0, 3)
    .map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    const colour = parts(getComputedStyle(element).backgroundColor);
    if (colour[3] === 1) return colour;
    if (colour[3]) throw new Error(`a ground that one sees through: ${element.outerHTML.slice(0, 120)}`);
    return element.parentElement ? ground(element.parentElement) : [255, 255, 255, 1];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
  let measured = 0;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement, style = getComputedStyle(element);
    if (!text.data.trim() || !element.checkVisibility() || element.closest('.unseen, .skip, script, style')) continue;
    const [lighter, darker] = [luminance(parts(style.color)), luminance(ground(element))].sort((one, other) => other - one);
    const contrast = (lighter + 0.05) / (darker + 0.05);
    const atLength = element.closest('.prose, .standfirst, .row-summary') && !element.closest('.numeral');
    measured += 1;
    if (style.opacity !== '1' || contrast < (atLength ? 7 : 4.5)) faint.push(`${contrast.toFixed(2)}: ${text.data.trim()}`);
  }
  return [measured, faint];
}"""


@pytest.fixture
def examined(visit: Visit) -> Visit:
    """Return a tab into which each page brings axe-core, from its package: nothing is fetched."""
    package = importlib.util.find_spec("axe_playwright_python")
    if package is None or not package.submodule_search_locations:
        lacking("axe-core (axe-playwright-python, among the extras named dev)")
    visit.tab.add_init_script(path=Path(package.submodule_search_locations[0]) / "axe.min.js")
    return visit


def broken_rules(tab: Tab) -> list[str]:
    """Return the rules that the page in a tab breaks, each with an element that does."""
    found: list[dict[str, Any]] = tab.evaluate(AXE, [TAGS])
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def too_faint(tab: Tab) -> list[str]:
    """Return the texts of the page in a tab that stand out too little from their ground."""
    measured, faint = tab.evaluate(TOO_FAINT)
    assert measured, "no text was measured"
    return [f"contrast {one}" for one in faint]


def faults(visit: Visit, page: Page, scheme: Scheme, passed: frozenset[str] = frozenset()) -> list[str]:
    """Return what is wrong with a page in a scheme, but for what breaks these rules alone."""
    width = SCHEMES[scheme]
    visit.tab.emulate_media(color_scheme=scheme, contrast="no-preference")
    tab = visit.to(page, width)
    said = [one for one in broken_rules(tab) if one.partition(":")[0] not in passed] + too_faint(tab)
    tab.emulate_media(contrast="more")
    said += [f"where more contrast is asked for, {one}" for one in too_faint(tab)]
    return [f"{page.path} ({scheme}, {width}): {one}" for one in said + visit.faults]


@pytest.mark.costly
@pytest.mark.parametrize("scheme", daily(SCHEMES, "dark"))
def test_pages_of_every_kind_break_no_rule(examined: Visit, site: Site, language: str, scheme: Scheme) -> None:
    """One page of each kind breaks no rule of axe-core, has no faint text, and asks no other host meanwhile."""
    assert [fault for page in samples(site, language) for fault in faults(examined, page, scheme)] == []


@pytest.mark.thorough  # long in a browser
def test_the_pages_of_no_language_break_no_rule(examined: Visit, site: Site) -> None:
    """Nor does the page that asks for a language, the one for an address that leads nowhere, or the style guide."""
    for scheme in SCHEMES:
        for page in above(site):
            assert faults(examined, page, scheme, SHOWN_TWICE if page.path.startswith("styleguide/") else frozenset()) == []


@pytest.mark.thorough  # a test of tests
def test_a_broken_rule_is_seen(examined: Visit, site: Site) -> None:
    """A picture without words, a link without a name and a faint text in Arabic script are each told."""
    tab = examined.to(site.pages["ckb/index.html"])
    tab.evaluate(
        """() => {
          const main = document.querySelector("main");
          main.insertAdjacentHTML("beforeend", '<img src=""><a href="/"></a><p>بڕیارەکانی کۆنگرە</p>');
          main.lastElementChild.style.color = "#999";  // an attribute is against the policy of the page
        }"""
    )

    assert {one.partition(":")[0] for one in broken_rules(tab)} >= {"image-alt", "link-name"}
    assert [one for one in too_faint(tab) if "بڕیارەکانی کۆنگرە" in one]
