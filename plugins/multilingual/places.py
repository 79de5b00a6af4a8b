"""Where the network met: conferences by place."""

from __future__ import annotations

from itertools import groupby

from plugins.core.documents import Document
from plugins.core.events import located
from plugins.core.records import folded
from plugins.core.site import newest_first
from plugins.multilingual.chrome import Surroundings, chrome, head, way
from plugins.multilingual.linker import Linker
from plugins.multilingual.record_parts import PlaceView
from plugins.multilingual.rows import row
from plugins.multilingual.views import PlacesView


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
    )


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
    cities = [one.event.place for one in conferences if one.event]
    best = min(cities, key=lambda place: place.city is None or place.city.language != linker.language)
    assert best.city is not None  # noqa: S101
    return PlaceView(best.city, best.country, tuple(row(one, linker) for one in conferences))
