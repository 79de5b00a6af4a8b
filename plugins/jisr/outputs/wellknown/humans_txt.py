"""``humans.txt``: the people behind a site (https://humanstxt.org/)."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.model.site import Site
from jisr.core.urls import paths


def render_humans_txt(site: Site) -> str:
    """Return the names of the network and of its translators, and the languages and software of the site."""
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
    """Return the translators of all listed versions, sorted by name."""
    listed = (one for texts in site.sets.values() for one in texts.versions if one.listed)
    return sorted({name for one in listed if one.translation for name in one.translation.by})
