"""The names of places in the languages of a site, as its texts and their translations give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisr.core.build.queries import query
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.entities import fold_name
from jisr.core.model.site import Site


@query
def find_place_name(site: Site, name: str, tag: str) -> str:
    """Return the name of a place in a language, or an empty string where no text has it.

    A text that names a place and its translation that names it otherwise give two names of one place.
    """
    names = site.once(("place names",), lambda: _collect_place_names(site))
    return names.get(fold_name(name), {}).get(tag, "")


def _collect_place_names(site: Site) -> Mapping[str, Mapping[str, str]]:
    """Return for each name of a place its name by language tag; the first text that has one decides."""
    known: dict[str, dict[str, str]] = {}
    for kind in site.kinds:
        for texts in site.of_kind(kind.name):
            for names in _names_of_places(texts.listed):
                for name in names.values():
                    known[fold_name(name)] = names | known.get(fold_name(name), {})
    return known


def _names_of_places(versions: tuple[Document, ...]) -> Iterator[dict[str, str]]:
    """Return for each field that names a place what the versions of a text write there, by the language of the words."""
    fields = (
        [one.event.place.city for one in versions if one.event],
        [one.place for one in versions],
        [one.profile.city for one in versions],
    )
    for words in fields:
        yield {one.language.tag: one.text for one in words if one is not None}


def name_place(site: Site, words: LocalizedText | None, tag: str) -> LocalizedText | None:
    """Return the words for a place in a language where any text has them, else as they are."""
    if words is None or words.language.tag == tag:
        return words
    name = site.ask(find_place_name, words.text, tag)
    return LocalizedText(name, site.languages[tag]) if name else words
