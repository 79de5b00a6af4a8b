"""The indexes of a language: everything by year, as a list and a drawing, conferences by place, texts by letter, all feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from jisr.core.build.queries import query
from jisr.core.charts.site_map import Point
from jisr.core.charts.svg import draw_maps, draw_timeline, format_percent
from jisr.core.charts.timeline import TimelineItem
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Document, LocalizedText, Venue
from jisr.core.model.entities import fold_name
from jisr.core.model.events import display_year, has_location, listed_conferences, listing_date
from jisr.core.model.index_pages import find_history, find_index_page, find_search_filters, index_letter
from jisr.core.model.place_names import name_place
from jisr.core.model.site import Site, sort_newest_first
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import (
    FOAF_MEMBERS,
    GROUP_KINDS,
    OPML_MEMBERS,
    collection_title,
    count_feed_texts,
    feed_specs,
    is_listed_feed,
    opml_path,
)
from jisr.pages.layout import LayoutInputs, breadcrumbs, page_fields
from jisr.pages.links import Linker
from jisr.pages.rows import group_by_year, index_links, listing_row
from jisr.pages.views.component_views import FeedGroup, FeedRow
from jisr.pages.views.entity_views import Attendance, PlaceView
from jisr.pages.views.page_views import IndexView, PlacesView, SubscribeView, TimelineView


def timeline_view(number: int, linker: Linker, inputs: LayoutInputs) -> TimelineView:
    """Return the dated texts of a language by year, newest first; where they are many, a page has those of one year."""
    site, tag = linker.site, linker.language.tag
    is_first = number == 1
    return TimelineView(
        **page_fields(linker, inputs.label("timeline", linker.language).text, inputs),
        pages=index_links("timeline", number, linker),
        groups=group_by_year(site.ask(find_index_page, "timeline", tag, str(number)), linker),
        picture=draw_timeline(site.ask(find_timeline_items, tag), linker.language) if is_first else None,
        attendance=_conference_attendance(linker) if is_first else (),
    )


@query
def find_timeline_items(site: Site, tag: str) -> dict[str, list[TimelineItem]]:
    """Return the texts of a timeline by kind, in the order of the kinds with conferences first, as marks on a line of years."""
    kinds = dict.fromkeys(("conferences", *(kind.name for kind in site.kinds if kind.dated)))
    items: dict[str, list[TimelineItem]] = {kind: [] for kind in kinds}
    cities = _city_names(site, site.languages[tag])
    for document in find_history(site, tag):
        if (day := _local_day(document, site)) is not None:
            origin = site.sets[document.key].original.language
            is_translated = document.language.tag == tag
            items[document.kind].append(TimelineItem(day, origin.script == "Arab", is_translated, cities.get(document.key)))
    return items


def _local_day(document: Document, site: Site) -> date | None:
    day = listing_date(document)
    if isinstance(day, datetime):
        return (day.astimezone(site.timezone) if day.tzinfo else day).date()
    return day


def _conference_attendance(linker: Linker) -> tuple[Attendance, ...]:
    """Return the number of participants of each conference that states it, first to last; none where only one does."""
    site = linker.site
    counts = []
    for texts in listed_conferences(site):
        event = texts.original.event
        exact, about = (event.participants, event.participants_about) if event else (None, None)
        count = exact if exact is not None else about
        document = texts.best_for(linker.language)
        if count is not None and document.listed:
            counts.append((str(event.start) if event else "", count, exact is None, document))
    if len(counts) < 2:
        return ()
    most = max(*(count for _, count, _, _ in counts), 1)
    return tuple(
        Attendance(
            display_year(document, site) or 0,
            listing_row(document, linker),
            count,
            rounded,
            format_percent(count / most * 100),
            format_percent(100 - count / most * 100),
        )
        for _, count, rounded, document in sorted(counts, key=lambda one: (one[0], one[3].id))
    )


def places_view(linker: Linker, inputs: LayoutInputs) -> PlacesView:
    """Return each city with its conferences, newest first, in the best version there is; cities by their names."""
    site, language = linker.site, linker.language
    conferences = (texts.best_for(language) for texts in site.of_kind("conferences") if has_location(texts.original))
    newest_first = sort_newest_first((document for document in conferences if has_location(document)), site.timezone)
    by_city = groupby(sorted(newest_first, key=lambda one: _city_key(one, site)), key=lambda one: _city_key(one, site))
    cities = [_place_view(list(documents), linker) for _, documents in by_city]
    title = inputs.label("places", language)
    return PlacesView(
        **page_fields(linker, title.text, inputs, breadcrumbs(linker, inputs, "conferences", last=title)),
        places=tuple(sorted(cities, key=lambda one: one.city.text.casefold())),
        maps=draw_maps([(one.point, one.city) for one in cities if one.point], inputs.waters, language),
    )


def _city_names(site: Site, language: Language) -> dict[tuple[str, str], LocalizedText]:
    """Return the city of each conference that states its place, in a language where any of them names it so."""
    conferences: dict[str, list[Document]] = {}
    for texts in site.of_kind("conferences"):
        if has_location(texts.original):
            document = texts.best_for(language)
            conferences.setdefault(_city_key(document, site), []).append(document)
    return {
        document.key: name_place(site, _city_venue(documents, language).city, language.tag)  # type: ignore[misc]
        for documents in conferences.values()
        for document in documents
    }


def _city_key(document: Document, site: Site) -> str:
    """Return the key that conferences in one city share, whatever language they are written in: the point, else the name."""
    event = site.sets[document.key].original.event or document.event
    assert event is not None  # noqa: S101 (only conferences that state their place are asked)
    place = event.place
    if place.latitude is not None and place.longitude is not None:
        return f"{place.latitude:.1f} {place.longitude:.1f}"
    return fold_name(place.city.text if place.city else "")


def _place_view(conferences: list[Document], linker: Linker) -> PlaceView:
    """Return a city by its name in this language, where one of its conferences has it."""
    venue = _city_venue(conferences, linker.language)
    assert venue.city is not None  # noqa: S101
    rows = tuple(listing_row(document, linker) for document in conferences)
    city = name_place(linker.site, venue.city, linker.language.tag) or venue.city
    return PlaceView(city, venue.country, rows, _city_point(conferences, linker))


def _city_venue(conferences: list[Document], language: Language) -> Venue:
    """Return the venue that names a city, by preference in a language."""
    venues = [document.event.place for document in conferences if document.event]
    return min(venues, key=lambda venue: venue.city is None or venue.city.language != language)


def _city_point(conferences: list[Document], linker: Linker) -> Point | None:
    """Return the coordinates of a city: those of the first conference that states them."""
    originals = (linker.site.sets[document.key].original.event for document in conferences)
    venues = (event.place for event in originals if event)
    points = ((venue.longitude, venue.latitude) for venue in venues)
    return next(((east, north) for east, north in points if east is not None and north is not None), None)


def index_view(number: int, linker: Linker, inputs: LayoutInputs) -> IndexView:
    """Return every text of a language by the first letter of its title; where they are many, a page has those of one letter."""
    texts = linker.site.ask(find_index_page, "search", linker.language.tag, str(number))
    groups = groupby(texts, key=lambda one: index_letter(one.title))
    letters = tuple((letter, tuple(listing_row(one, linker) for one in members)) for letter, members in groups)
    script = inputs.search_script if number == 1 else ""
    fields = page_fields(linker, inputs.label("search", linker.language).text, inputs, runs_script=bool(script))
    timeline = linker.url(paths.collection_path(linker.language.tag, "timeline"))
    view = IndexView(**fields, pages=index_links("search", number, linker), letters=letters, timeline_url=timeline)
    return replace(view, script=linker.url(script), **_search_filters(linker)) if script else view


def _search_filters(linker: Linker) -> dict[str, Any]:
    """Return what results can be filtered by: kinds in their order, years from the last one, topics by their names."""
    kinds, years, topics = linker.site.ask(find_search_filters, linker.language.tag)
    named = ((one, linker.profile_link("topics", one)) for one in topics)
    names = sorted(((one, link.words) for one, link in named if link), key=lambda one: one[1].text.casefold())
    return {"kinds": kinds, "years": years, "topics": tuple(names)}


def subscribe_view(linker: Linker, inputs: LayoutInputs) -> SubscribeView:
    """Return every feed of a language in groups, then the main feeds of the other languages and that of the whole site."""
    language = linker.language
    blogs = any(one.original.profile.feed for one in linker.site.of_kind("members"))
    return SubscribeView(
        **page_fields(linker, inputs.label("subscribe", language).text, inputs),
        groups=tuple(_feed_groups(linker, inputs)),
        feeds_opml=linker.url(opml_path(language)),
        data=linker.url(paths.data(language.tag)) if inputs.has_open_data else "",
        data_schema=linker.url(paths.DATA_SCHEMA) if inputs.has_open_data else "",
        members_opml=linker.url(OPML_MEMBERS) if blogs else "",
        members_foaf=linker.url(FOAF_MEMBERS) if blogs else "",
    )


def _feed_groups(linker: Linker, inputs: LayoutInputs) -> Iterator[FeedGroup]:
    site, language = linker.site, linker.language
    everything = LocalizedText(translate_sentence("all", inputs.messages, language).striptags(), language)
    rows: dict[str, list[FeedRow]] = {}
    for spec in feed_specs(site):
        kind, _, identity = spec.collection.partition("/")
        if not is_listed_feed(spec.collection, site):
            continue
        if spec.language == language:
            name = "own" if not kind else kind if identity else "kinds"
        elif not kind and len(site.languages) > 1:
            name = "other"
        else:
            continue
        if spec.collection:
            words = collection_title(spec.collection, language, site, inputs.messages)
        else:
            words = LocalizedText(spec.language.own_name, spec.language) if spec.language else everything
        rows.setdefault(name, []).append(
            FeedRow(words, linker.feed_links(spec.folder), site.ask(count_feed_texts, *spec.arguments))
        )
    other = rows.get("other", [])
    rows["other"] = [*other[1:], *other[:1]]  # the whole site's comes last
    for name in ("own", "kinds", *GROUP_KINDS, "other"):
        if rows.get(name):
            yield FeedGroup(name, tuple(rows[name]))
