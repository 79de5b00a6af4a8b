"""What a page prints: a code that leads a reader of the paper back to the text, which nobody loads who only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import lacking
from tests.site.pages import Page, Site

if TYPE_CHECKING:
    from tests.site.visits import Visit

CODE = "theme/pictures/qr-"


def longest_statement(site: Site, language: str) -> Page:
    """Return a page of a text."""
    found = [
        page
        for path, page in site.pages.items()
        if path.startswith(f"{language}/statements/") and page.tree.css("main > article")
    ]
    return max(found, key=lambda page: len(page.tree.html or ""))


def test_a_text_leads_to_its_code(site: Site) -> None:
    """Each page of a text has one code of its own, with no words: the address stands beside it."""
    codes = {}
    for path, page in site.pages.items():
        for image in page.tree.css(f'img[src*="{CODE}"]'):
            assert (image.attributes.get("alt"), image.attributes.get("loading")) == ("", "lazy")
            codes[path] = site.target(site.url(path).rpartition("/")[0] + "/" + (image.attributes["src"] or ""))
    texts = [path for path, page in site.pages.items() if page.tree.css("main > article .printed") and page.tree.css(".share")]
    assert sorted(codes) == sorted(texts) != []
    assert len(set(codes.values())) == len(codes)


def test_a_printed_text_has_a_code_that_leads_to_it(visit: Visit, site: Site, language: str) -> None:
    """A decoder finds the address of the page on the paper, at the side where lines begin; on the screen nothing is loaded."""
    try:
        import pymupdf
        import zxingcpp
    except ModuleNotFoundError:
        lacking("pymupdf or zxing-cpp")
    page = longest_statement(site, language)
    tab = visit.to(page)
    tab.mouse.wheel(0, 100_000)
    tab.wait_for_timeout(100)
    assert [file for file in visit.files if CODE in file] == []

    printed: Any = pymupdf.open("pdf", tab.pdf(format="A4"))  # type: ignore[no-untyped-call]

    assert len([file for file in visit.files if CODE in file]) == 1
    assert visit.faults == []
    found = []
    for sheet in printed:
        image = sheet.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
        pixels = memoryview(image.samples).cast("B", (image.height, image.width))
        found += [(one.text, one.position.top_left.x < image.width / 2) for one in zxingcpp.read_barcodes(pixels)]
    (canonical,) = page.values('link[rel="canonical"]', "href")
    assert found == [(canonical, language not in ("ar", "ckb"))]
