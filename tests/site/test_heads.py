"""What browsers and search engines show of a page before anybody opens it, and pages for addresses that lead nowhere."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from pelicanconf import NETWORK_NAMES, SITENAME
from tests.site.pages import Page, Site

MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))
MOST = 75  # letters of a title


def title(page: Page) -> str:
    """Return the title of a page without marks of direction."""
    return page.one("title").text().translate(MARKS)


def test_titles_are_short_and_name_the_network_shortly(site: Site) -> None:
    """A title has at most 75 letters, and ends with the short name of the network, but where it is the name itself."""
    titles = {path: title(page) for path, page in site.pages.items() if not page.is_redirect and "admin" not in path}
    own = {
        path: text for path, text in titles.items() if text not in NETWORK_NAMES.values() and path != "styleguide/index.html"
    }

    assert {path: text for path, text in titles.items() if len(text) > MOST} == {}
    assert {path: text for path, text in own.items() if not text.endswith(f" – {SITENAME}")} == {}


def test_every_page_that_is_found_is_described(site: Site) -> None:
    """A page that search engines may show says in a sentence what it holds: lists, indexes and the front door, too."""
    found = [page for page in site.pages.values() if not (page.is_redirect or page.is_noindex or page.is_missing)]
    described = {page.path: page.values('meta[name="description"]', "content") for page in found}

    assert [path for path, texts in described.items() if len(texts) != 1 or len(texts[0]) < 10] == []


def links(page: Page) -> list[str]:
    """Return the addresses that a page loads or leads to, but for those that programs alone read."""
    nodes: list[LexborNode] = page.tree.css('a[href], link[rel="stylesheet"], link[rel="icon"], link[rel="manifest"]')
    return [node.attributes.get("href") or "" for node in nodes]


def test_a_page_for_a_lost_address_works_on_any_host(site: Site) -> None:
    """Its links begin at the root, so that they lead on at any depth, and name no host, which may be another one."""
    lost = [page for page in site.pages.values() if page.is_missing]

    assert len(lost) > 1
    assert [(page.path, link) for page in lost for link in links(page) if not link.startswith(("/", "#", "mailto:"))] == []
