"""Where the network met: conferences by place."""

from __future__ import annotations

from itertools import groupby

from jisr.core.charts.site_map import Point
from jisr.core.charts.svg import draw_map
from jisr.core.model.document import Document, Venue, Words
from jisr.core.model.entities import folded
from jisr.core.model.events import located
from jisr.core.model.site import newest_first
from jisr.pages.layout import Surroundings, chrome, head, way
from jisr.pages.links import Linker
from jisr.pages.rows import row
from jisr.pages.views.entity_views import PlaceView
from jisr.pages.views.page_views import PlacesView


def places_view(linker: Linker, surroundings: Surroundings) -> PlacesView:
    """Give each city with its conferences, newest first, in the best version there is; cities by their names."""
    site, language = linker.site, linker.language
    found = [one.best_for(language) for one in site.of_kind("conferences") if located(one.original)]
    ordered = sorted(newest_first((one for one in found if located(one)), site.timezone), key=lambda one: _key(one, linker))
    title = surroundings.label("places", language)
    steps = way(linker, surroundings, "conferences", last=title)
    cities = [_place(list(those), linker) for _, those in groupby(ordered, key=lambda one: _key(one, linker))]
    return PlacesView(
        language,
        head(linker, title.text, surroundings, steps),
        chrome(linker, surroundings, steps),
        tuple(sorted(cities, key=lambda one: one.city.text.casefold())),
        draw_map([(one.point, one.city) for one in cities if one.point], surroundings.coasts, language),
    )


def city_names(linker: Linker) -> dict[tuple[str, str], Words]:
    """Give for each conference that says where it takes place the name of its city, in this language where any has it."""
    found: dict[str, list[Document]] = {}
    for texts in linker.site.of_kind("conferences"):
        if located(texts.original):
            document = texts.best_for(linker.language)
            found.setdefault(_key(document, linker), []).append(document)
    return {one.key: _city(those, linker).city for those in found.values() for one in those}  # type: ignore[misc]


def _key(document: Document, linker: Linker) -> str:
    """Give what two conferences in one city share, whatever languages they are written in: the point, else the name."""
    event = linker.site.sets[document.key].original.event or document.event
    assert event is not None  # noqa: S101 (only conferences that say where they take place are asked)
    place = event.place
    if place.latitude is not None and place.longitude is not None:
        return f"{place.latitude:.1f} {place.longitude:.1f}"
    return folded(place.city.text if place.city else "")


def _place(conferences: list[Document], linker: Linker) -> PlaceView:
    """Give a city by its name in this language, where one of its conferences has it."""
    best = _city(conferences, linker)
    assert best.city is not None  # noqa: S101
    return PlaceView(best.city, best.country, tuple(row(one, linker) for one in conferences), _point(conferences, linker))


def _city(conferences: list[Document], linker: Linker) -> Venue:
    """Give what the conferences of a city say of it, by preference in this language."""
    cities = [one.event.place for one in conferences if one.event]
    return min(cities, key=lambda place: place.city is None or place.city.language != linker.language)


def _point(conferences: list[Document], linker: Linker) -> Point | None:
    """Give where a city lies, as the first conference says that tells it."""
    originals = (linker.site.sets[one.key].original.event for one in conferences)
    places = (event.place for event in originals if event)
    found = ((one.longitude, one.latitude) for one in places)
    return next(((east, north) for east, north in found if east is not None and north is not None), None)
