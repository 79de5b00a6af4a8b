"""Machines learn the same of a text's languages from every page and from the sitemap."""

from __future__ import annotations

from lxml import etree

from tests.site.pages import Page, Site

NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
NEUTRAL = "x-default"


def alternates(page: Page) -> dict[str, str]:
    """Return the addresses of a page's languages by tag, as its head states them."""
    nodes = page.tree.css('head link[rel="alternate"][hreflang]')
    pairs = [(node.attributes.get("hreflang") or "", node.attributes.get("href") or "") for node in nodes]
    assert len(dict(pairs)) == len(pairs), f"{page.path} states a language twice"
    return dict(pairs)


def mapped(site: Site) -> dict[str, dict[str, str]]:
    """Return what the sitemap says of each address."""
    tree = etree.fromstring((site.folder / "sitemap.xml").read_bytes())
    found: dict[str, dict[str, str]] = {}
    for url in tree.findall("map:url", NAMES):
        links = url.findall("xhtml:link", NAMES)
        assert {link.get("rel") for link in links} == {"alternate"}
        address = url.findtext("map:loc", None, NAMES)
        assert address not in found, f"{address} stands twice in the sitemap"
        found[address] = {link.get("hreflang"): link.get("href") for link in links}
    return found


def expected(site: Site, page: Page, listed: set[str]) -> dict[str, str]:
    """Return the languages in which the address of a page exists, and the page without a language."""
    _, _, rest = page.path.partition("/")
    below = "index.html" if page.path == "index.html" else rest
    found = {tag: site.url(f"{tag}/{below}") for tag in site.languages if f"{tag}/{below}" in listed}
    return {**found, NEUTRAL: f"{site.address}/"}


def test_a_page_names_itself_and_its_other_languages(site: Site) -> None:
    """A page names every language that has its address, itself among them, and / as the page for all others."""
    listed = {page.path: page for page in site.listed}
    known = set(listed)
    wrong = [path for path, page in listed.items() if path.count("/") and alternates(page) != expected(site, page, known)]
    assert wrong == []


def test_no_other_page_names_languages(site: Site) -> None:
    """A 404 page, a redirect, a page hidden from search and a later page of a listing name no alternates."""
    listed = {page.path for page in site.listed}
    assert [path for path, page in site.pages.items() if path not in listed and alternates(page)] == []


def test_alternates_are_mutual(site: Site) -> None:
    """Each page that a page names as itself in another language names it in turn, and says the same of all."""
    named = {site.url(page.path): alternates(page) for page in site.listed if page.path.count("/")}
    wrong = [
        f"{address} and {other}"
        for address, languages in named.items()
        for tag, other in languages.items()
        if tag != NEUTRAL and named.get(other) != languages
    ]
    assert wrong == []


def test_a_page_is_its_own_canonical_address(site: Site) -> None:
    """The canonical address of a page is its own, absolute."""
    wrong = [page.path for page in site.listed if page.values('link[rel="canonical"]', "href") != [site.url(page.path)]]
    assert wrong == []


def test_the_sitemap_lists_the_pages_that_are_found(site: Site) -> None:
    """The sitemap lists the first page and all that name alternates, and no others."""
    listed = {site.url(page.path) for page in site.listed if page.path.count("/") or page.path == "index.html"}
    assert set(mapped(site)) == listed


def test_the_sitemap_says_what_the_pages_say(site: Site) -> None:
    """An address has the same alternates in the sitemap as in its page."""
    pages = {site.url(page.path): alternates(page) for page in site.listed}
    wrong = [address for address, languages in mapped(site).items() if pages.get(address) != languages]
    assert wrong == []


def test_robots_are_shown_the_sitemap(site: Site) -> None:
    """robots.txt names the sitemap by its absolute address."""
    lines = (site.folder / "robots.txt").read_text("utf-8").splitlines()
    assert f"Sitemap: {site.address}/sitemap.xml" in lines
