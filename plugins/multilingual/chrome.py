"""What surrounds every page: head, language bar, menu, breadcrumb, footer."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.core import addresses
from plugins.core.documents import Document, Words
from plugins.core.feeds import ATOM, RSS, main_feed
from plugins.core.languages import Language
from plugins.core.site import Route, Site
from plugins.multilingual.linker import Linker
from plugins.multilingual.views import Alternate, Chrome, Crumb, FeedLink, Head, MenuItem

MENU_KINDS = ("statements", "conferences", "news", "members")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What makers of pages need beside the texts: the theme's files by name, as addresses from the root."""

    stylesheet: str
    icon: str


def head(linker: Linker, title: str, **more: object) -> Head:
    """Give the head of a page: its canonical address and that of each language, its feeds."""
    site, route = linker.site, linker.route
    alternates = tuple(
        Alternate(page.language.tag, linker.absolute(page.address)) for page in site.alternates(route) if page.language
    )
    front = (Alternate("x-default", linker.absolute("")),)
    return Head(
        title=title,
        canonical=linker.absolute(route.address) if route.indexed or "/page/" in route.family else "",
        indexed=route.indexed or "/page/" in route.family,
        alternates=alternates + front if alternates else (),
        feeds=feeds(linker),
        **more,  # type: ignore[arg-type]
    )


def feeds(linker: Linker) -> tuple[FeedLink, ...]:
    """Give the feeds of a page's language that its head names."""
    language = linker.language
    network = linker.site.network.words(linker.site.network.names, language, linker.site.languages).text
    folder = main_feed(language)
    return tuple(
        FeedLink(f"{network} ({form.name})", linker.absolute(folder + form.file), form.type) for form in (ATOM, RSS)
    )


def chrome(linker: Linker, surroundings: Surroundings, breadcrumb: tuple[Crumb, ...] = ()) -> Chrome:
    """Give what surrounds a page."""
    site, language = linker.site, linker.language
    network = site.network
    return Chrome(
        home_url=linker.url(addresses.home(language.tag)),
        network=network.words(network.names, language, site.languages),
        purpose=network.words(network.purposes, language, site.languages),
        note=network.words(network.notes, language, site.languages),
        stylesheet=linker.url(surroundings.stylesheet),
        icon=linker.url(surroundings.icon),
        languages=tuple(linker.language_link(one) for one in site.languages),
        menu=menu(linker),
        breadcrumb=breadcrumb,
        contact_url=_page(linker, "contact"),
        feed_url=linker.url(main_feed(language) + ATOM.file),
        footer=_footer(linker),
    )


def menu(linker: Linker) -> tuple[MenuItem, ...]:
    """Give the site's menu: the listings there are, then the pages that name their place in it."""
    site, language = linker.site, linker.language
    here = linker.route.family.split("/")[0]
    items = [
        MenuItem(linker.url(address), name=kind.name, current=here == kind.name)
        for kind in site.kinds
        if kind.name in MENU_KINDS and (address := site.in_language(kind.name, language)) is not None
    ]
    pages = [(one.best_for(language), one) for one in site.of_kind("pages")]
    for document, _ in sorted(pages, key=lambda pair: (pair[0].menu or 0, pair[0].id)):
        if document.menu is not None and document.listed:
            words = Words(document.title, document.language)
            items.append(MenuItem(linker.text(document), words=words, current=linker.route.family == document.id))
    return tuple(items)


def _page(linker: Linker, identity: str) -> str:
    """Give the link to a page such as ``contact`` where the site has one."""
    texts = linker.site.get("pages", identity)
    return linker.text(texts.best_for(linker.language)) if texts else ""


def _footer(linker: Linker) -> tuple[MenuItem, ...]:
    """Give the pages that the footer leads to beside the menu."""
    site, tag = linker.site, linker.language.tag
    names = ("subscribe", "resolutions", "timeline", "search", "topics", "posts")
    found = ((name, addresses.shelf(tag, name)) for name in names)
    return tuple(MenuItem(linker.url(address), name=name) for name, address in found if address in site.routes)


def breadcrumb(linker: Linker, *steps: str, last: Words | None = None) -> tuple[Crumb, ...]:
    """Give the way from the home to a page: the listings of ``steps``, then the page itself."""
    site, language = linker.site, linker.language
    crumbs = [Crumb(linker.url(addresses.home(language.tag)), name="home")]
    for step in steps:
        if (address := site.in_language(step, language)) is not None:
            crumbs.append(Crumb(linker.url(address), name=step))
    return (*crumbs, Crumb(words=last)) if last else tuple(crumbs)


def network_name(site: Site, language: Language) -> str:
    """Give the network's name for a title."""
    return site.network.words(site.network.names, language, site.languages).text


def linker_for(site: Site, route: Route) -> Linker:
    """Give the links of a page; the front door speaks the first language."""
    return Linker(site, route, route.language or next(iter(site.languages)))


def description(document: Document) -> str:
    """Give what a search result says of a text: its summary, else its first paragraph, cut at a word."""
    text = document.summary or document.body.plain
    if len(text) <= 160:
        return text
    return text[:160].rsplit(" ", 1)[0].rstrip("،,;؛:") + " …"
