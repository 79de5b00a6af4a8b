"""The sitemap agrees with the heads of the pages."""

from __future__ import annotations

from lxml import etree

from tests.site.pages import Page, Site

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(site: Site) -> dict[str, dict[str, str]]:
    """Return the alternates of each address in the sitemap."""
    tree = etree.parse(site.folder / "sitemap.xml")
    found = tree.xpath("/s:urlset/s:url", namespaces=NAMES)
    stated = [(one.findtext("s:loc", namespaces=NAMES), one.findall("x:link", NAMES)) for one in found]
    assert len({address for address, _ in stated}) == len(stated), "an address stands once"
    return {address: {link.get("hreflang"): link.get("href") for link in links} for address, links in stated}


def alternates(page: Page) -> dict[str, str]:
    """Return the alternates in the head of a page."""
    tags, links = (page.values('link[rel="alternate"][hreflang]', name) for name in ("hreflang", "href"))
    assert len(set(tags)) == len(tags), page.path
    return dict(zip(tags, links, strict=True))


def test_the_sitemap_lists_the_pages_with_alternates(site: Site) -> None:
    """It lists ``/`` and every page below a language whose head has ``hreflang``, and no other."""
    wanted = {site.url(page.path) for page in site.pages.values() if alternates(page)} | {site.url("index.html")}
    assert set(entries(site)) == wanted
    assert wanted == {site.url(page.path) for page in site.listed}


def test_the_alternates_are_those_of_the_head(site: Site) -> None:
    """Each page has the same alternates in the sitemap as in its head."""
    stated = entries(site)
    for page in site.pages.values():
        if alternates(page):
            assert stated[site.url(page.path)] == alternates(page), page.path


def test_the_alternates_are_mutual(site: Site) -> None:
    """A page names itself, ``/`` for readers of no language, and pages that all name the same."""
    stated = entries(site)
    for address, links in stated.items():
        assert links["x-default"] == site.url("index.html")
        assert address in links.values()
        assert all(stated[link] == links for tag, link in links.items() if tag != "x-default"), address


def test_an_alternate_is_in_its_language(site: Site) -> None:
    """The page that an alternate names exists, and states the language."""
    for links in entries(site).values():
        for tag, link in links.items():
            page = site.pages[site.target(link) or ""]
            assert tag in (page.language, "x-default"), link


def test_robots_are_told_of_the_sitemap(site: Site) -> None:
    """robots.txt forbids nothing, and names the sitemap with its whole address."""
    lines = (site.folder / "robots.txt").read_text("utf-8").splitlines()
    assert f"Sitemap: {site.address}/sitemap.xml" in lines
    assert not any(line.startswith("Disallow: /") for line in lines)
