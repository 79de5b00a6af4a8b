"""The indexes of a language: everything by year, as a list and a drawing, conferences by place, texts by letter, all feeds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from jisr.core.build.queries import query
from jisr.core.charts.site_map import Point
from jisr.core.charts.svg import draw_map, draw_timeline, format_percent
from jisr.core.charts.timeline import TimelineItem
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Document, LocalizedText, Venue
from jisr.core.model.entities import fold_name
from jisr.core.model.events import has_location, listed_conferences, listing_date
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
from jisr.pages.links import Linker, find_version_tags
from jisr.pages.rows import display_year, group_by_year, listing_row
from jisr.pages.views.component_views import FeedGroup, FeedRow
from jisr.pages.views.entity_views import Attendance, PlaceView
from jisr.pages.views.page_views import IndexView, PlacesView, SubscribeView, TimelineView

HISTORY_KINDS = ("conferences", "statements")  # on the line of years in every language, whichever they were written in


@query
def find_listed_texts(site: Site, tag: str) -> tuple[Document, ...]:
    """Return the texts of all kinds that are listed in a language, in the order of kinds and ids."""
    sets = (texts for kind in site.kinds for texts in site.of_kind(kind.name))
    return tuple(version for texts in sets if (version := texts.get(tag)) and version.listed)


@query
def find_dated_texts(site: Site, tag: str) -> tuple[Document, ...]:
    """Return those of the kinds that have a date."""
    dated = {kind.name for kind in site.kinds if kind.dated}
    return tuple(one for one in find_listed_texts(site, tag) if one.kind in dated)


def timeline_view(linker: Linker, inputs: LayoutInputs) -> TimelineView:
    """Return every dated text of a language by year, newest first, with the conferences and statements that it lacks."""
    site, language = linker.site, linker.language
    foreign = [text for kind in HISTORY_KINDS for text in site.in_other_languages(kind, language)]
    texts = sort_newest_first([*site.ask(find_dated_texts, language.tag), *foreign], site.timezone)
    return TimelineView(
        **page_fields(linker, inputs.label("timeline", language).text, inputs),
        groups=group_by_year(texts, linker),
        picture=draw_timeline(_timeline_items(texts, linker), language),
        attendance=_conference_attendance(linker),
    )


def _timeline_items(texts: Iterable[Document], linker: Linker) -> dict[str, list[TimelineItem]]:
    """Return texts by kind, in the order of the kinds with conferences first, as marks on a line of years."""
    site = linker.site
    kinds = dict.fromkeys(("conferences", *(kind.name for kind in site.kinds if kind.dated)))
    items: dict[str, list[TimelineItem]] = {kind: [] for kind in kinds}
    cities = _city_names(linker)
    for document in texts:
        if (day := _local_day(document, site)) is not None:
            origin = site.languages[site.ask(find_version_tags, *document.key)[0]]
            is_translated = document.language == linker.language
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
    by_city = groupby(sorted(newest_first, key=lambda one: _city_key(one, linker)), key=lambda one: _city_key(one, linker))
    cities = [_place_view(list(documents), linker) for _, documents in by_city]
    title = inputs.label("places", language)
    return PlacesView(
        **page_fields(linker, title.text, inputs, breadcrumbs(linker, inputs, "conferences", last=title)),
        places=tuple(sorted(cities, key=lambda one: one.city.text.casefold())),
        map=draw_map([(one.point, one.city) for one in cities if one.point], inputs.coastlines, language),
    )


def _city_names(linker: Linker) -> dict[tuple[str, str], LocalizedText]:
    """Return the city of each conference that states its place, in this language where any of them names it so."""
    conferences: dict[str, list[Document]] = {}
    for texts in linker.site.of_kind("conferences"):
        if has_location(texts.original):
            document = texts.best_for(linker.language)
            conferences.setdefault(_city_key(document, linker), []).append(document)
    return {
        document.key: _city_venue(documents, linker).city  # type: ignore[misc]
        for documents in conferences.values()
        for document in documents
    }


def _city_key(document: Document, linker: Linker) -> str:
    """Return the key that conferences in one city share, whatever language they are written in: the point, else the name."""
    event = linker.site.sets[document.key].original.event or document.event
    assert event is not None  # noqa: S101 (only conferences that state their place are asked)
    place = event.place
    if place.latitude is not None and place.longitude is not None:
        return f"{place.latitude:.1f} {place.longitude:.1f}"
    return fold_name(place.city.text if place.city else "")


def _place_view(conferences: list[Document], linker: Linker) -> PlaceView:
    """Return a city by its name in this language, where one of its conferences has it."""
    venue = _city_venue(conferences, linker)
    assert venue.city is not None  # noqa: S101
    rows = tuple(listing_row(document, linker) for document in conferences)
    return PlaceView(venue.city, venue.country, rows, _city_point(conferences, linker))


def _city_venue(conferences: list[Document], linker: Linker) -> Venue:
    """Return the venue that names a city, by preference in this language."""
    venues = [document.event.place for document in conferences if document.event]
    return min(venues, key=lambda venue: venue.city is None or venue.city.language != linker.language)


def _city_point(conferences: list[Document], linker: Linker) -> Point | None:
    """Return the coordinates of a city: those of the first conference that states them."""
    originals = (linker.site.sets[document.key].original.event for document in conferences)
    venues = (event.place for event in originals if event)
    points = ((venue.longitude, venue.latitude) for venue in venues)
    return next(((east, north) for east, north in points if east is not None and north is not None), None)


def index_view(linker: Linker, inputs: LayoutInputs) -> IndexView:
    """Return every text of a language by the first letter of its title."""
    texts = sorted(
        linker.site.ask(find_listed_texts, linker.language.tag), key=lambda one: (_sort_key(one.title), one.kind, one.id)
    )
    groups = groupby(texts, key=lambda one: _index_letter(one.title))
    letters = tuple((letter, tuple(listing_row(one, linker) for one in members)) for letter, members in groups)
    return IndexView(**page_fields(linker, inputs.label("search", linker.language).text, inputs), letters=letters)


def _sort_key(title: str) -> tuple[str, str]:
    """Return the sort key of a title: without marks, quotes and the Arabic article."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", title.casefold()) if letter.isalnum() or letter == " ")
    bare = plain.strip().removeprefix("ال")
    return (bare, title)


def _index_letter(title: str) -> str:
    first = _sort_key(title)[0][:1].upper()
    return "0–9" if first.isdigit() else first


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
        elif not kind:
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
