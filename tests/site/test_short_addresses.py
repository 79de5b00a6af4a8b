"""Each text has a short address, which a person can share: it leads to that version, and stays."""

from __future__ import annotations

import re

import pytest

from jisr.core.schema.kinds import COLLECTION_KINDS
from jisr.core.urls.paths import SHORT_PREFIX
from tests.site.pages import Site

GATHERED = re.compile(rf"\w+/(?:{'|'.join(COLLECTION_KINDS)})/")


def shown(site: Site) -> dict[str, str]:
    """Return the short address that each page of a text shows, by the path of that page."""
    found = {path: page.tree.css(".credits .copied") for path, page in site.pages.items() if path != "styleguide/index.html"}
    return {path: nodes[0].text(strip=True) for path, nodes in found.items() if nodes}


def test_every_text_shows_its_own(site: Site, language: str) -> None:
    """It stands with what is said of the text, whole, so that it can be copied; no two are alike."""
    texts = {
        path
        for path, page in site.pages.items()
        if path.startswith(f"{language}/") and page.tree.css("article.sheet .printed") and not GATHERED.match(path)
    }
    own = {path: address for path, address in shown(site).items() if path.startswith(f"{language}/")}

    assert own.keys() == texts != set()
    assert all(re.fullmatch(rf"{site.address}/{SHORT_PREFIX}[2-9b-df-hj-np-tv-xz]{{7}}/", one) for one in own.values())
    assert len(set(shown(site).values())) == len(shown(site))


def test_it_leads_to_the_version_that_shows_it(site: Site) -> None:
    """Its page leads on at once, in the language of the text, and names that as what it stands for."""
    for path, address in shown(site).items():
        there = site.target(address)
        assert there is not None
        page, text = site.pages[there], site.pages[path]
        (refresh,) = page.values('meta[http-equiv="refresh"]', "content")
        assert site.target(refresh.removeprefix("0; url="), there) == path
        assert page.values('link[rel="canonical"]', "href") == text.values('link[rel="canonical"]', "href") or text.is_noindex
        assert (page.language, page.root.attributes["dir"]) == (text.language, text.root.attributes["dir"])
        assert page.one("h1").text(strip=True) == text.one("h1").text(strip=True)
        assert [site.target(link, there) for link in page.values("main a", "href")] == [path]


@pytest.mark.parametrize("name", ["sitemap.xml", "data/en.json", "en/feed.atom"])
def test_it_is_for_people(site: Site, name: str) -> None:
    """Machines are given the address that can be read."""
    assert f"{site.address}/{SHORT_PREFIX}" not in (site.folder / name).read_text("utf-8")
