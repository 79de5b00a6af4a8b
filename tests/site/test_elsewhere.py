"""A copy of the site is the site: it works below any address, as on a mirror's folder or a gateway of IPFS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.pages import Site
from tests.site.visits import Visit, above, samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLACES = (
    "https://gateway.example/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
    "http://10.0.0.7:8080/stick/icssi",
)


@pytest.mark.thorough  # follows all links in a browser
@pytest.mark.parametrize("place", PLACES)
def test_the_site_works_below_any_address(browser: Browser, site: Site, place: str) -> None:
    """Every kind of page finds its style, fonts and pictures in the copy, and asks for nothing outside it."""
    copy = Site(site.folder, place, site.pages)
    context = browser.new_context()
    visit = Visit(context.new_page(), copy)
    for page in [*samples(site, "ckb"), *above(site)]:
        if page.is_missing:  # served at any depth, it links absolutely
            continue
        tab = visit.to(page)
        assert visit.faults == [], page.path
        assert tab.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")
        assert tab.evaluate("document.fonts.ready.then(() => [...document.fonts].some((font) => font.status == 'loaded'))")
    context.close()


@pytest.mark.parametrize("place", PLACES)
def test_a_reader_of_a_copy_stays_in_it(browser: Browser, site: Site, place: str) -> None:
    """From language to language and from the home to a text, a reader never leaves the copy."""
    copy = Site(site.folder, place, site.pages)
    context = browser.new_context()
    visit = Visit(context.new_page(), copy)
    tab = visit.to(site.pages["index.html"])
    for selector in (
        'main a[href="ar/"]',
        '.languages a[hreflang="ckb"]',
        "main h2 a, main h3 a",
        '.languages a[hreflang="en"]',
    ):
        tab.locator(selector).first.click()
        tab.wait_for_load_state()
        assert tab.url.startswith(f"{place}/")
    assert visit.faults == []
    context.close()
