"""The dispatch of routes: the template and the view of every page."""

from __future__ import annotations

from collections.abc import Callable

from jisr.core.build.outputs import Page
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import Route, Site
from jisr.core.schema.kinds import COLLECTION_KINDS
from jisr.core.urls import paths
from jisr.pages.boards.feed_status_page import blogs_view
from jisr.pages.boards.translation_board import board_view
from jisr.pages.copies.offline_page import offline_view
from jisr.pages.copies.verification import verify_view
from jisr.pages.document.resolution_index import commitments_view, resolutions_view
from jisr.pages.document.side_by_side import side_by_side_view
from jisr.pages.document.text_page import text_view
from jisr.pages.layout import LayoutInputs, create_linker
from jisr.pages.links import Linker
from jisr.pages.lists.home import chooser_view, home_view, not_found_view
from jisr.pages.lists.indexes import index_view, places_view, subscribe_view, timeline_view
from jisr.pages.lists.listing import authors_view, listing_view, profile_view
from jisr.pages.lists.moved_addresses import moved_page
from jisr.pages.lists.waiting_texts import translate_view
from jisr.pages.views.page_views import MovedView, PageView, RedirectView

PROFILE_KINDS = ("authors", *COLLECTION_KINDS)
_PAGE_VIEWS: dict[str, tuple[str, Callable[[Linker, LayoutInputs], PageView]]] = {
    "": ("home.html", home_view),
    "authors": ("listing.html", authors_view),
    "404.html": ("404.html", not_found_view),
    "commitments": ("commitments.html", commitments_view),
    "places": ("places.html", places_view),
    "subscribe": ("subscribe.html", subscribe_view),
    "blogs": ("blogs.html", blogs_view),
    "offline": ("offline.html", offline_view),
    "verify": ("verify.html", verify_view),
}
_PAGED_VIEWS: dict[str, tuple[str, Callable[[int, Linker, LayoutInputs], PageView]]] = {
    "resolutions": ("resolutions.html", resolutions_view),
    "timeline": ("timeline.html", timeline_view),
    "search": ("search.html", index_view),
    "translate": ("translate.html", translate_view),
}


def build_page(address: str, site: Site, inputs: LayoutInputs) -> Page:
    """Return the page of an address."""
    return Page(*_dispatch_route(site.routes[address], site, inputs))


def _dispatch_route(route: Route, site: Site, inputs: LayoutInputs) -> tuple[str, PageView | RedirectView | MovedView]:
    linker = create_linker(site, route, inputs.messages)
    family = route.family
    if family == "status":
        return "status.html", board_view(linker, inputs)
    if route.language is None and not route.address and len(site.languages) == 1:
        return "redirect.html", _front_door(linker, inputs)
    if route.language is None:
        return "chooser.html", chooser_view(linker, inputs, not_found=bool(route.address))
    if family in _PAGE_VIEWS:
        template, make = _PAGE_VIEWS[family]
        return template, make(linker, inputs)
    name, number = paths.split_page(family)
    if name in _PAGED_VIEWS:
        template, make_page = _PAGED_VIEWS[name]
        return template, make_page(number, linker, inputs)
    if (kind := site.kinds.get(name)) is not None:
        return "listing.html", listing_view(kind, number, linker, inputs)
    if family.startswith("moved/"):
        return moved_page(family.removeprefix("moved/"), linker, inputs)
    if family.startswith(("redirect/", "short/")):
        return "redirect.html", _redirect_view(route, linker, inputs)
    text, beside = paths.split_side_by_side(family)
    if beside:
        return "facing.html", side_by_side_view(_find_document(text, linker), linker.site.languages[beside], linker, inputs)
    kind_name, _, identity = name.partition("/")
    if kind_name in PROFILE_KINDS:
        return "profile.html", profile_view(kind_name, identity, number, linker, inputs)
    return "text.html", text_view(_find_document(family, linker), linker, inputs)


def _find_document(family: str, linker: Linker) -> Document:
    """Return the version of a text in the language of a page."""
    kind, _, identity = family.partition("/")
    key = (kind, identity) if identity else ("pages", family)
    return linker.site.version(*key, linker.language.tag)


def _front_door(linker: Linker, inputs: LayoutInputs) -> RedirectView:
    """Return the front door of a site of one language: there is nothing to choose, so that it leads to the home."""
    home = paths.home(linker.language.tag)
    title = LocalizedText(linker.site.network_name(linker.language), linker.language)
    icon, stylesheet = linker.url(inputs.icon), linker.url(inputs.stylesheet)
    return RedirectView(linker.language, title, linker.url(home), icon, stylesheet, linker.absolute_url(home), is_door=True)


def _redirect_view(route: Route, linker: Linker, inputs: LayoutInputs) -> RedirectView:
    """Return the page that redirects to the present address: from an old or short one, a member's posts, an author's name."""
    how, _, goal = route.family.partition("/")
    icon, stylesheet = linker.url(inputs.icon), linker.url(inputs.stylesheet)
    kind, _, identity = goal.partition("/")
    if kind in COLLECTION_KINDS and (link := linker.profile_link(kind, identity)):
        return RedirectView(linker.language, link.words, link.url, icon, stylesheet)
    document = linker.site.sets[(kind, identity) if identity else ("pages", goal)].best_for(linker.language)
    canonical = linker.site.text_url(document) if how == "short" else ""
    title = LocalizedText(document.title, document.language)
    return RedirectView(linker.language, title, linker.text_url(document), icon, stylesheet, canonical)
