"""The home of a language and the front door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jisr.core.build.queries import query
from jisr.core.model.document import Document
from jisr.core.model.events import sort_by_day
from jisr.core.model.site import Site, select_pinned, sort_newest_first
from jisr.core.urls import paths
from jisr.pages.document.conference_page import conference_stage, conference_stations, event_view
from jisr.pages.document.resolution_index import list_resolutions
from jisr.pages.layout import LayoutInputs, page_fields
from jisr.pages.links import Linker
from jisr.pages.rows import listing_row
from jisr.pages.views.component_views import BridgeItem, LanguageEntry, LanguageLink, ListingRow
from jisr.pages.views.page_views import ChooserView, HomePart, HomeView, NotFoundView

MAX_ROWS = 3
_BESIDE_LEAD = ("conference", "posts")


def home_view(linker: Linker, inputs: LayoutInputs) -> HomeView:
    """Return the home of a language: a pinned or the newest statement with some resolutions, the next conference, posts."""
    site, language = linker.site, linker.language
    statement = next(iter(_best_versions("statements", linker)), None)
    conference = _next_conference(linker)
    purpose = site.network.text_in(site.network.purposes, language, site.languages)
    view = HomeView(
        **page_fields(linker, site.network_name(language), inputs, description=purpose.text),
        statement=listing_row(statement, linker) if statement else None,
        is_latest=statement is not None and statement == _newest_document("statements", linker),
        resolutions=list_resolutions(statement, linker)[:MAX_ROWS] if statement else (),
        resolution_count=len(statement.outline.resolutions) if statement else 0,
        bridge=_listed_bridge(statement, linker) if statement else (),
        conference=listing_row(conference, linker) if conference else None,
        event=event_view(conference, linker) if conference else None,
        posts=_listing_rows("posts", linker, site.policy.posts_on_home),
        stations=conference_stations(linker),
        news=_listing_rows("news", linker),
        members=_listing_rows("members", linker),
        waiting=_untranslated_counts(site, linker),
        texts={name: row for name in site.navigation.home if "/" in name and (row := _text_row(name, linker))},
    )
    return replace(view, parts=tuple(_arrange_blocks(site.navigation.home, view)))


def _arrange_blocks(names: Sequence[str], view: HomeView) -> Iterator[HomePart]:
    """Return the blocks of a home as they stand together, without what is empty.

    The lead has the next conference and the posts that follow it beside it, the stations stand alone, all others three in a
    row.
    """
    shapes: list[tuple[str, list[str]]] = []
    for name in names:
        last = shapes[-1][0] if shapes else ""
        shape = {"lead": "front", "stations": "stations"}.get(name, "thirds")
        if name in _BESIDE_LEAD and last == "front":
            shape = "front"
        if shape == last != "stations" and name != "lead":
            shapes[-1][1].append(name)
        else:
            shapes.append((shape, [name]))
    fields = {"lead": "statement"}
    for shape, blocks in shapes:
        filled = [one for one in blocks if (view.texts.get(one) if "/" in one else getattr(view, fields.get(one, one)))]
        if filled:
            yield HomePart(shape, tuple(filled))


def _text_row(name: str, linker: Linker) -> ListingRow | None:
    """Return the row of a text that the settings put on the home, in a language or the best there is."""
    kind, _, identity = name.partition("/")
    texts = linker.site.get(kind, identity)
    document = texts.best_for(linker.language) if texts else None
    return listing_row(document, linker) if document and document.listed else None


def _best_versions(kind: str, linker: Linker) -> list[Document]:
    """Return the texts of a kind in all languages: pinned ones, then the newest; undated ones with this language's first."""
    site, language = linker.site, linker.language
    texts = [*site.collection(kind, language), *site.in_other_languages(kind, language)]
    pinned, others = select_pinned(sort_newest_first(texts, site.timezone))
    return [*pinned, *others] if (found := site.kinds.get(kind)) and found.dated else texts


def _listed_bridge(statement: Document, linker: Linker) -> tuple[BridgeItem, ...]:
    """Return the other versions of the latest statement; a hidden one is named on its own pages alone."""
    listed = {one.language for one in linker.other_versions(statement)}
    return tuple(item for item in linker.bridge_items(statement) if item.language in listed)


def _newest_document(kind: str, linker: Linker) -> Document | None:
    """Return the newest text of a kind, pinned or not."""
    texts = sort_newest_first(_best_versions(kind, linker), linker.site.timezone)
    return texts[0] if texts else None


def _listing_rows(kind: str, linker: Linker, count: int = MAX_ROWS) -> tuple[ListingRow, ...]:
    return tuple(listing_row(document, linker) for document in _best_versions(kind, linker)[:count])


def _next_conference(linker: Linker) -> Document | None:
    """Return a conference that is pinned, else the next that is not over, else the last, in the best version there is."""
    conferences = [one for texts in linker.site.of_kind("conferences") if (one := texts.best_for(linker.language)).listed]
    pinned, _ = select_pinned(sort_newest_first(conferences, linker.site.timezone))
    by_day = sort_by_day(conferences, linker.site)
    ahead = [one for one in by_day if one.event and conference_stage(one, linker.site) != "past"]
    return next(iter((*pinned, *reversed(ahead), *by_day)), None)


@query
def count_untranslated(site: Site, tag: str) -> int:
    """Return the number of dated texts that are not there in a language; posts need not be."""
    kinds = [kind.name for kind in site.kinds if kind.dated and kind.name != "posts"]
    return sum(tag not in texts.tags for kind in kinds for texts in site.of_kind(kind))


def _untranslated_counts(site: Site, linker: Linker) -> tuple[tuple[LanguageLink, int], ...]:
    """Return the number of dated texts that are not translated into each language."""
    counts = []
    for language in site.languages:
        count = site.ask(count_untranslated, language.tag)
        if count:
            counts.append(
                (LanguageLink(language, linker.url(paths.collection_path(language.tag, "translate")), "existing"), count)
            )
    return tuple(counts)


def chooser_view(linker: Linker, inputs: LayoutInputs, not_found: bool) -> ChooserView:
    """Return the front door, or the page for an address in no language."""
    site = linker.site
    names, purposes = site.network.names, site.network.purposes
    own = {name: tag for tag, name in reversed(tuple(names.items()))}  # a name that several languages share is said once
    entrances = tuple(
        LanguageEntry(one, linker.url(paths.home(one.tag)), name if own.get(name) == one.tag else "", purposes.get(one.tag, ""))
        for one in site.languages
        for name in (names.get(one.tag, ""),)
    )
    described = "" if not_found else purposes.get(linker.language.tag, "")
    fields = page_fields(linker, site.network_name(linker.language), inputs, description=described)
    return ChooserView(**fields, entrances=entrances, not_found=not_found)


def not_found_view(linker: Linker, inputs: LayoutInputs) -> NotFoundView:
    """Return the page for an address that leads nowhere, in a language."""
    return NotFoundView(**page_fields(linker, inputs.label("404", linker.language).text, inputs))
