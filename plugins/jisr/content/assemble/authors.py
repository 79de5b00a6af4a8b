"""Authors: members by their id, all others by the slug of their name in the originals; the language of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jisr.core.bidi.base_direction import base_direction
from jisr.core.diagnostics.problems import Problem, phrase
from jisr.core.i18n import transliteration
from jisr.core.i18n.languages import Language
from jisr.core.i18n.script_detection import detect_language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.entities import ENTITY_KINDS
from jisr.core.model.site import Author, Site
from jisr.core.schema.validation_context import closest_match
from jisr.core.urls.paths import DEVICE_NAMES

_MEMBER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class _AuthorIndex:
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # id -> language tag -> name
    original_names: dict[str, str] = field(default_factory=dict)  # id -> the name in an original that gave it
    ids_by_path: dict[str, tuple[str, ...]] = field(default_factory=dict)  # path of a document -> ids of its authors
    problems: list[Problem] = field(default_factory=list)


NamesById = Mapping[str, Mapping[str, str]]


def names_by_id(sets: Iterable[TranslationSet]) -> dict[str, dict[str, str]]:
    """Return the names of organisations and people by id, then by language tag."""
    return {
        entity.id: {version.language.tag: version.title for version in entity.versions}
        for entity in sets
        if entity.kind in ENTITY_KINDS
    }


def find_authors(
    sets: Iterable[tuple[Document, tuple[Document, ...]]], members: frozenset[str], entities: NamesById
) -> tuple[dict[str, Author], dict[str, tuple[str, ...]], list[Problem]]:
    """Return the authors by id, the author ids of each document by its path, and what is wrong with names.

    ``sets`` are pairs of an original and all versions, itself among them. In ``authors`` a member's id means the member, that
    of an organisation or person its name in each language.
    """
    index = _AuthorIndex()
    entities = {identity: names for identity, names in entities.items() if identity not in members}
    for original, versions in sets:
        ids = tuple(_identify(name, original, members, entities, index) for name in original.authors)
        for version in versions:
            _add_names(version, ids, original, members, index)
    for identity in index.names.keys() & entities.keys():
        index.names[identity].update(entities[identity])
    authors = {identity: Author(identity, index.names[identity]) for identity in sorted(index.names)}
    return authors, index.ids_by_path, index.problems


def _identify(name: str, document: Document, members: frozenset[str], entities: NamesById, index: _AuthorIndex) -> str:
    """Return the id of an author named in an original; an empty string where there is a problem."""
    if name in members or name in entities:
        return name
    if _MEMBER_ID.fullmatch(name) and (match := closest_match(name, members)):
        text = '"{name}" is not a member. Did you mean "{match}"? Members are the folders of content/members.'
        index.problems.append(Problem.error(document.location_of("authors"), "member", text, name=name, match=match))
        return ""
    slug = transliteration.make_slug(name)
    other = index.original_names.get(slug, name)
    if not slug or other != name or slug in members or slug in DEVICE_NAMES:
        text = (
            '"{name}" gives no address of its own{clash}. Make a member of this author, a folder members/<id> of your choice, '
            "and write the id here."
        )
        clash = phrase(': "{slug}" is that of "{other}"', slug=slug, other=other if other != name else slug) if slug else ""
        if slug in DEVICE_NAMES:
            clash = phrase(': Windows has no folder "{slug}"', slug=slug)
        index.problems.append(Problem.error(document.location_of("authors"), "author", text, name=name, clash=clash))
        return ""
    index.original_names[slug] = name
    return slug


def _add_names(
    version: Document, ids: tuple[str, ...], original: Document, members: frozenset[str], index: _AuthorIndex
) -> None:
    if len(version.authors) != len(ids):
        text = (
            '"authors" has {own} here and {others} in the original. Write their names in the same order, '
            "or leave the field out."
        )
        place = version.location_of("authors")
        index.problems.append(Problem.error(place, "author", text, others=len(ids), own=len(version.authors)))
        return
    index.ids_by_path[version.path] = tuple(identity for identity in ids if identity)
    language = version.language if "authors" in version.locations else original.language
    for identity, name in zip(ids, version.authors, strict=True):
        if identity and identity not in members and name not in members:
            index.names.setdefault(identity, {}).setdefault(language.tag, name)


def order_names(names: Mapping[str, str], tags: Iterable[str]) -> dict[str, str]:
    """Return an author's names in the order of the site's languages."""
    return {tag: names[tag] for tag in tags if tag in names}


def name_language(name: str, language: Language, site: Site) -> Language:
    """Return the language in which a name is marked up: the page's, unless its letters are of one with the other direction."""
    is_opposite = base_direction(name, language.direction) != language.direction
    tag = detect_language(name) if is_opposite else ""
    return site.languages[tag] if tag in site.languages else language  # noqa: SIM401 (Languages is no mapping)
