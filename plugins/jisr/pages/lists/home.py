"""The home of a language and the front door."""

from __future__ import annotations

from jisr.core.model.document import Document, Words
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.pages.document.conference_page import event_view
from jisr.pages.document.resolution_index import resolutions_of
from jisr.pages.layout import Surroundings, chrome, head, network_name
from jisr.pages.links import Linker
from jisr.pages.rows import row, year_of
from jisr.pages.views.component_views import BridgeItem, Entrance, LanguageLink, Row, Station
from jisr.pages.views.page_views import ChooserView, HomeView, NotFoundView

SHOWN = 3


def home_view(linker: Linker, surroundings: Surroundings) -> HomeView:
    """Give the home of a language: the latest statement with its first resolutions, what comes next, what members write."""
    site, language = linker.site, linker.language
    statement = _latest("statements", linker)
    conference = _next_conference(linker)
    return HomeView(
        language=language,
        head=head(
            linker,
            network_name(site, language),
            surroundings,
            description=site.network.words(site.network.purposes, language, site.languages).text,
        ),
        chrome=chrome(linker, surroundings),
        statement=row(statement, linker) if statement else None,
        resolutions=resolutions_of(statement, linker)[:SHOWN] if statement else (),
        resolution_count=len(statement.body.resolutions) if statement else 0,
        bridge=_bridge(statement, linker) if statement else (),
        conference=row(conference, linker) if conference else None,
        event=event_view(conference, linker) if conference else None,
        posts=_rows("posts", linker, site.policy.posts_on_home),
        stations=_stations(linker),
        news=_rows("news", linker),
        members=_rows("members", linker),
        waiting=_waiting(site, linker),
    )


def _best(kind: str, linker: Linker) -> list[Document]:
    """Give the texts of a kind, this language's first, then those of others, each newest first."""
    site, language = linker.site, linker.language
    return [*site.shelf(kind, language), *site.elsewhere(kind, language)]


def _bridge(statement: Document, linker: Linker) -> tuple[BridgeItem, ...]:
    """Give the other versions of the latest statement; a hidden one is named on its own pages alone."""
    listed = {one.language for one in linker.others(statement)}
    return tuple(item for item in linker.bridge(statement) if item.language in listed)


def _latest(kind: str, linker: Linker) -> Document | None:
    return next(iter(_best(kind, linker)), None)


def _rows(kind: str, linker: Linker, count: int = SHOWN) -> tuple[Row, ...]:
    return tuple(row(document, linker) for document in _best(kind, linker)[:count])


def _next_conference(linker: Linker) -> Document | None:
    """Give the conference that happens next, else the last one, in the best version there is."""
    site = linker.site
    found = [one.best_for(linker.language) for one in site.of_kind("conferences")]
    dated = [(one, view) for one in found if one.listed and (view := event_view(one, linker))]
    ahead = [one for one, view in dated if view.state != "past"]
    if ahead:
        return min(ahead, key=lambda one: (str(one.event.start) if one.event else "", one.id))
    if dated:
        return max((one for one, _ in dated), key=lambda one: (str(one.event.start) if one.event else "", one.id))
    return _latest("conferences", linker)


def _stations(linker: Linker) -> tuple[Station, ...]:
    """Give the conferences from the first to the last, by year and place."""
    site = linker.site
    found = []
    for texts in site.of_kind("conferences"):
        document = texts.best_for(linker.language)
        year = document.event.start.year if document.event else year_of(document, site)
        if document.listed and year:
            city = document.event.place.city if document.event else None
            words = city or Words(document.title, document.language)
            found.append((year, str(document.event.start if document.event else document.date), document.id, words, document))
    ordered = sorted(found, key=lambda item: item[:3])
    return tuple(Station(year, words, linker.text(document)) for year, _, _, words, document in ordered)


def _waiting(site: Site, linker: Linker) -> tuple[tuple[LanguageLink, int], ...]:
    """Give for each language how many dated texts wait for somebody who translates them into it."""
    kinds = [kind.name for kind in site.kinds if kind.dated and kind.name != "posts"]
    counts = []
    for language in site.languages:
        count = sum(language.tag not in texts.tags for kind in kinds for texts in site.of_kind(kind))
        if count:
            counts.append((LanguageLink(language, linker.url(paths.home(language.tag)), "existing"), count))
    return tuple(counts)


def chooser_view(linker: Linker, surroundings: Surroundings, not_found: bool) -> ChooserView:
    """Give the front door, or the page for an address in no language."""
    site = linker.site
    entrances = tuple(
        Entrance(
            language,
            linker.url(paths.home(language.tag)),
            site.network.names.get(language.tag, ""),
            site.network.purposes.get(language.tag, ""),
        )
        for language in site.languages
    )
    return ChooserView(
        language=linker.language,
        head=head(linker, network_name(site, linker.language), surroundings),
        chrome=chrome(linker, surroundings),
        entrances=entrances,
        not_found=not_found,
    )


def not_found_view(linker: Linker, surroundings: Surroundings) -> NotFoundView:
    """Give the page for an address that leads nowhere, in a language."""
    title = surroundings.label("404", linker.language).text
    return NotFoundView(linker.language, head(linker, title, surroundings), chrome(linker, surroundings))
