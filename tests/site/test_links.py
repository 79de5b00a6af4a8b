"""Every way through the site leads somewhere, from any base path and without asking another host."""

from __future__ import annotations

import re
from urllib.parse import unquote, urldefrag, urlsplit

from tests.site.pages import Page, Site

RESOURCES = (
    ('link[rel~="stylesheet"]', "href"),
    ('link[rel~="icon"]', "href"),
    ('link[rel~="preload"]', "href"),
    ('link[rel~="manifest"]', "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "src"),
    ("iframe", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("object", "data"),
)
SETS = ("img", "source")
AWAY = ("mailto:", "tel:", "sms:", "data:", "https://wa.me/")


def links(page: Page) -> list[str]:
    """Return the links that a reader may follow, and where a redirect leads."""
    followed = [link for link in page.values("a[href], area[href]", "href") if not link.startswith(AWAY)]
    leading = [value.partition("url=")[2] for value in page.values('meta[http-equiv="refresh"]', "content")]
    return [*followed, *leading]


def resources(page: Page) -> list[str]:
    """Return what a browser fetches to show a page."""
    found = [link for selector, name in RESOURCES for link in page.values(selector, name)]
    chosen = [one.split()[0] for selector in SETS for value in page.values(selector, "srcset") for one in value.split(",")]
    return [link for link in (*found, *chosen) if not link.startswith("data:")]


def test_every_link_within_the_site_leads_to_a_file(site: Site) -> None:
    """A link to an address of this site leads to a page or file that was written."""
    dead = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in (*links(page), *resources(page), *page.values("head link", "href"))
        if (target := site.target(link, page.path)) is not None and not (site.folder / target).is_file()
    ]
    assert dead == []


def test_every_anchor_is_there(site: Site) -> None:
    """The part of a page that a link names exists in the page to which it leads."""
    known = {page.path: set(page.values("[id]", "id")) for page in site.pages.values()}
    dead = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in links(page)
        if (anchor := unquote(urldefrag(link).fragment).partition("=")[0]) and (target := site.target(link, page.path)) in known
        if anchor not in known[target]
    ]
    assert dead == []


def test_links_are_relative(site: Site) -> None:
    """A page works from any base path: its links and resources within the site are relative, but on a 404 page."""
    fixed = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in (*links(page), *resources(page))
        if not page.is_missing and site.target(link, page.path) is not None
        if urlsplit(link).scheme or link.startswith("/")
    ]
    assert fixed == []


def test_a_404_page_links_from_the_root(site: Site) -> None:
    """A 404 page is served at any depth, so nothing in it may be relative to it."""
    relative = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in (*links(page), *resources(page))
        if page.is_missing and not link.startswith(("#", "/", "http"))
    ]
    assert relative == []


def test_links_to_pages_end_in_a_slash(site: Site) -> None:
    """A link to a page names its folder, with a closing slash."""
    unclosed = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in links(page)
        if (site.target(link, page.path) or "").endswith("/index.html") and urldefrag(link).url not in ("", ".", "..")
        if not urlsplit(link).path.endswith("/")
    ]
    assert unclosed == []


def test_no_page_needs_another_host(site: Site) -> None:
    """Styles, scripts, images and fonts come from the site itself."""
    foreign = [
        f"{page.path}: {link}"
        for page in site.pages.values()
        for link in resources(page)
        if site.target(link, page.path) is None
    ]
    sheets = [(path, (site.folder / path).read_text("utf-8")) for path in site.files(".css")]
    named = [(path, link.strip("\"' ")) for path, sheet in sheets for link in re.findall(r"url\(([^)]*)\)", sheet)]
    for path, link in named:
        target = "" if link.startswith(("data:", "#")) else site.target(link, path)
        if target is None or (target and not (site.folder / target).is_file()) or link.startswith("/"):
            foreign.append(f"{path}: {link}")
    assert foreign == []


def test_every_page_can_be_reached(site: Site) -> None:
    """A reader gets from the first page to every page that is not a redirect or a hidden text."""
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        page = site.pages[waiting.pop()]
        found = {site.target(link, page.path) for link in links(page)} & site.pages.keys()
        new = {path for path in found if path and path not in reached}
        reached |= new
        waiting += sorted(new)
    wanted = {page.path for page in site.read_pages if not page.is_noindex}
    assert sorted(wanted - reached - {"index.html"}) == []


def test_everything_is_near_the_front_door(site: Site) -> None:
    """A stranger comes to each page in three clicks; to two versions side by side, which the text itself offers, in four."""
    ways = {"index.html": 0}
    for path in (found := ["index.html"]):
        targets = (site.target(link, path) for link in links(site.pages[path]))
        new = {one for one in targets if one in site.pages and one not in ways}
        ways |= dict.fromkeys(new, ways[path] + 1)
        found += sorted(new)
    assert max(ways.values()) == 4
    assert [path for path, clicks in ways.items() if clicks > 3 and "/with/" not in path] == []
    texts = [path for path in site.pages if path.count("/") == 3 and not site.pages[path].is_redirect]
    assert [path for path in texts if path not in ways and not site.pages[path].is_noindex] == []


def test_masthead_and_footer_lead_to_the_same_places_from_every_page(site: Site) -> None:
    """Pages of a section share their frame: from all pages of a language it leads where it leads from the home."""

    def places(page: Page, home: str) -> set[str]:
        ways = [*page.values(".masthead a[href], .footer a[href]", "href"), *page.values(".masthead form", "action")]
        return {site.target(one, page.path) or one for one in ways} - {home}

    for tag in site.languages:
        home = f"{tag}/index.html"
        wanted = places(site.pages[home], home)
        lost = [one.path for one in site.read_pages if one.path.startswith(f"{tag}/") and places(one, home) != wanted]
        assert lost == []
        assert len(wanted) > 10
