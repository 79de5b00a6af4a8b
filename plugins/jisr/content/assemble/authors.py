"""Authors: members by their id, all others by the slug of their name in the originals; the language of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from jisr.core.bidi.base_direction import base_direction
from jisr.core.diagnostics.problems import Problem, phrase
from jisr.core.i18n import transliteration
from jisr.core.i18n.languages import Language
from jisr.core.i18n.script_detection import detect_language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.entities import ENTITY_KINDS, EntityIndex
from jisr.core.model.site import Author, Site
from jisr.core.schema.validation_context import closest_match
from jisr.core.urls.file_names import name_fault
from jisr.ingest.language.letter_folding import normalize_text

NamesById = Mapping[str, Mapping[str, str]]

_MEMBER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class _AuthorIndex:
    members: frozenset[str]
    entities: NamesById
    entity_index: EntityIndex
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # id -> language tag -> name
    original_names: dict[str, str] = field(default_factory=dict)  # id -> the name in an original that gave it
    ids_by_person: dict[object, str] = field(
        default_factory=dict
    )  # an entity's kind and id, or the normal form of a name -> id
    ids_by_path: dict[str, tuple[str, ...]] = field(default_factory=dict)  # path of a document -> ids of its authors
    problems: list[Problem] = field(default_factory=list)

    def find_entity(self, name: str) -> tuple[str, str] | None:
        """Return kind and id of the person or organisation with a name, or None."""
        key = self.entity_index.find(name)
        return key if key is not None and key[0] in ENTITY_KINDS else None

    def add(self, identity: str, name: str) -> str:
        """Note the id of a name, and return it."""
        self.original_names[identity] = name
        self.ids_by_person.setdefault(self.find_entity(name) or normalize_text(name), identity)
        return identity


def names_by_id(sets: Iterable[TranslationSet]) -> dict[str, dict[str, str]]:
    """Return the names of organisations and people by id, then by language tag."""
    return {
        entity.id: {version.language.tag: version.title for version in entity.versions}
        for entity in sets
        if entity.kind in ENTITY_KINDS
    }


def find_authors(
    sets: Iterable[tuple[Document, tuple[Document, ...]]],
    members: frozenset[str],
    entities: NamesById,
    entity_index: EntityIndex,
) -> tuple[dict[str, Author], dict[str, tuple[str, ...]], list[Problem]]:
    """Return the authors by id, the author ids of each document by its path, and what is wrong with names.

    ``sets`` are pairs of an original and all versions, itself among them. In ``authors`` a member's id means the member, that
    of an organisation or person its name in each language. Names of one person in ``entity_index`` have one id.
    """
    entities = {identity: names for identity, names in entities.items() if identity not in members}
    index = _AuthorIndex(members, entities, entity_index)
    for original, versions in sorted(sets, key=_naming_order):
        identify = _identify_fetched if _is_fetched(original) else _identify
        ids = tuple(identify(name, original, index) for name in original.authors)
        for version in versions:
            _add_names(version, ids, original, members, index)
    for identity in index.names.keys() & entities.keys():
        index.names[identity].update(entities[identity])
    authors = {identity: Author(identity, index.names[identity]) for identity in sorted(index.names)}
    return authors, index.ids_by_path, index.problems


def _is_fetched(document: Document) -> bool:
    return document.kind == "posts" and document.provenance.fetched is not None


def _naming_order(texts: tuple[Document, object]) -> tuple[bool, str, str]:
    """Return the order in which texts give ids to names: those written here, then posts as they were fetched."""
    document = texts[0]
    is_fetched = _is_fetched(document)
    return is_fetched, str(document.provenance.fetched) if is_fetched else "", document.path if is_fetched else ""


def _identify(name: str, document: Document, index: _AuthorIndex) -> str:
    """Return the id of an author named in an original; an empty string where there is a problem."""
    members = index.members
    if name in members or name in index.entities:
        return name
    if (entity := index.find_entity(name)) and entity in index.ids_by_person:
        return index.ids_by_person[entity]
    if _MEMBER_ID.fullmatch(name) and (match := closest_match(name, members)):
        text = '"{name}" is not a member. Did you mean "{match}"? Members are the folders of content/members.'
        index.problems.append(Problem.error(document.location_of("authors"), "member", text, name=name, match=match))
        return ""
    slug = transliteration.make_slug(name)
    other = index.original_names.get(slug, name)
    if not slug or other != name or slug in members or name_fault(slug):
        text = (
            '"{name}" gives no address of its own{clash}. Make a member of this author, a folder members/<id> of your choice, '
            "and write the id here."
        )
        clash = phrase(': "{slug}" is that of "{other}"', slug=slug, other=other if other != name else slug) if slug else ""
        if name_fault(slug):
            clash = phrase(': Windows has no folder "{slug}"', slug=slug)
        index.problems.append(Problem.error(document.location_of("authors"), "author", text, name=name, clash=clash))
        return ""
    return index.add(slug, name)


def _identify_fetched(name: str, document: Document, index: _AuthorIndex) -> str:
    """Return the id of an author named in a post of a member's feed, which cannot be an error of the site.

    A namesake in another spelling or script, or of a member, is another person with another id, unless an organisation's or
    person's text has both names.
    """
    entity = index.find_entity(name)
    if name in index.members or name in index.entities:
        return name
    person = entity or normalize_text(name)
    if person in index.ids_by_person:
        return index.ids_by_person[person]
    slug = transliteration.make_slug(name)
    if not slug:
        return _identify(name, document, index)
    own = entity[1] if entity else ""

    def is_free(identity: str) -> bool:
        is_other_entity = identity in index.entities and identity != own
        is_taken = identity in index.original_names or identity in index.members
        return not (is_other_entity or is_taken or name_fault(identity))

    free = filter(is_free, (slug if number == 1 else f"{slug}-{number}" for number in count(1)))
    return index.add(next(free), name)


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
