"""``humans.txt``: who is behind a site (https://humanstxt.org/)."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.model.site import Site
from jisr.core.urls import paths


def render_humans_txt(site: Site) -> str:
    """Return who the network is, who translated its texts, and what the site is made of."""
    return "\n".join(_humans_lines(site)) + "\n"


def _humans_lines(site: Site) -> Iterator[str]:
    yield "/* TEAM */"
    yield from site.network.names.values()
    yield paths.absolute_url(site.url, "")
    if names := _list_translators(site):
        yield "\n/* THANKS: translators */"
        yield from names
    yield "\n/* SITE */"
    yield "Languages: " + ", ".join(f"{one.own_name} ({one.tag})" for one in site.languages)
    yield "Standards: HTML, CSS, Atom, RSS, JSON Feed, iCalendar"
    yield "Software: Jisr, Pelican"


def _list_translators(site: Site) -> list[str]:
    """Return those whom translations that readers see name as their translators."""
    shown = (one for texts in site.sets.values() for one in texts.versions if one.listed)
    return sorted({name for one in shown if one.translation for name in one.translation.by})
