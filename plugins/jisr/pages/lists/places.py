"""Where the network met: conferences by place."""

from __future__ import annotations

from itertools import groupby

from jisr.core.charts.site_map import Point
from jisr.core.charts.svg import draw_map
from jisr.core.model.document import Document, LocalizedText, Venue
from jisr.core.model.entities import fold_name
from jisr.core.model.events import has_location
from jisr.core.model.site import sort_newest_first
from jisr.pages.layout import LayoutInputs, breadcrumbs, build_head, build_layout
from jisr.pages.links import Linker
from jisr.pages.rows import listing_row
from jisr.pages.views.entity_views import PlaceView
from jisr.pages.views.page_views import PlacesView


def places_view(linker: Linker, surroundings: LayoutInputs) -> PlacesView:
    """Return each city with its conferences, newest first, in the best version there is; cities by their names."""
    site, language = linker.site, linker.language
    found = [one.best_for(language) for one in site.of_kind("conferences") if has_location(one.original)]
    ordered = sorted(
        sort_newest_first((one for one in found if has_location(one)), site.timezone), key=lambda one: _city_key(one, linker)
    )
    title = surroundings.label("places", language)
    steps = breadcrumbs(linker, surroundings, "conferences", last=title)
    cities = [_place_view(list(those), linker) for _, those in groupby(ordered, key=lambda one: _city_key(one, linker))]
    return PlacesView(
        language,
        build_head(linker, title.text, surroundings, steps),
        build_layout(linker, surroundings, steps),
        tuple(sorted(cities, key=lambda one: one.city.text.casefold())),
        draw_map([(one.point, one.city) for one in cities if one.point], surroundings.coastlines, language),
    )


def city_names(linker: Linker) -> dict[tuple[str, str], LocalizedText]:
    """Return for each conference that says where it takes place the name of its city, in this language where any has it."""
    found: dict[str, list[Document]] = {}
    for texts in linker.site.of_kind("conferences"):
        if has_location(texts.original):
            document = texts.best_for(linker.language)
            found.setdefault(_city_key(document, linker), []).append(document)
    return {one.key: _city_venue(those, linker).city for those in found.values() for one in those}  # type: ignore[misc]


def _city_key(document: Document, linker: Linker) -> str:
    """Return what two conferences in one city share, whatever languages they are written in: the point, else the name."""
    event = linker.site.sets[document.key].original.event or document.event
    assert event is not None  # noqa: S101 (only conferences that say where they take place are asked)
    place = event.place
    if place.latitude is not None and place.longitude is not None:
        return f"{place.latitude:.1f} {place.longitude:.1f}"
    return fold_name(place.city.text if place.city else "")


def _place_view(conferences: list[Document], linker: Linker) -> PlaceView:
    """Return a city by its name in this language, where one of its conferences has it."""
    best = _city_venue(conferences, linker)
    assert best.city is not None  # noqa: S101
    return PlaceView(
        best.city, best.country, tuple(listing_row(one, linker) for one in conferences), _city_point(conferences, linker)
    )


def _city_venue(conferences: list[Document], linker: Linker) -> Venue:
    """Return what the conferences of a city say of it, by preference in this language."""
    cities = [one.event.place for one in conferences if one.event]
    return min(cities, key=lambda place: place.city is None or place.city.language != linker.language)


def _city_point(conferences: list[Document], linker: Linker) -> Point | None:
    """Return where a city lies, as the first conference says that tells it."""
    originals = (linker.site.sets[one.key].original.event for one in conferences)
    places = (event.place for event in originals if event)
    found = ((one.longitude, one.latitude) for one in places)
    return next(((east, north) for east, north in found if east is not None and north is not None), None)
