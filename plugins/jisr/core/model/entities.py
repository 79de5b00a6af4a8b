"""Members, organisations and people: look-up by any spelling of a name, and the roles in which they appear in texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.model.document import Contact, Document, TranslationSet

ENTITY_KINDS = ("organisations", "people")
CARD_KINDS = ("workgroups", *ENTITY_KINDS)  # whose contact is also a file for address books
ROLES = ("wrote", "translated", "signed", "supported", "spoke", "belongs")
_NAMED_KINDS = ("members", *ENTITY_KINDS)

# Letters that Arabic, Persian and Kurdish keyboards write differently and readers take for the same
# (https://www.unicode.org/charts/PDF/U0600.pdf): yeh, kaf, and alef with and without hamza.
_LETTER_FOLDING = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ھ": "ه", "ـ": None})


@dataclass(frozen=True, slots=True)
class EntityIndex:
    """The members, organisations and people of a site, by id and by each of their names in any language."""

    ids: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # folded name -> kind and id

    def find(self, name: str) -> tuple[str, str] | None:
        """Return kind and id of the entity with an id or a name, or None."""
        return self.ids.get(name) or self.names.get(fold_name(name))


def fold_name(name: str) -> str:
    """Return the normal form of a name for comparison: letters and digits in one case, without combining marks.

    >>> fold_name("مجموعة الرُّبيعي") == fold_name("مجموعة الربیعی")
    True
    >>> fold_name("CCFD – Terre Solidaire") == fold_name("CCFD-Terre solidaire")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTER_FOLDING)
    characters = (" " if unicodedata.category(one)[0] in "PZS" else one for one in plain if not unicodedata.combining(one))
    return " ".join("".join(characters).split())


def build_entity_index(sets: Iterable[TranslationSet]) -> tuple[EntityIndex, list[Problem]]:
    """Return the index of the entities among texts, and a problem for each name that two of them have."""
    ids: dict[str, tuple[str, str]] = {}
    names: dict[str, tuple[str, str]] = {}
    problems = []
    entities = [one for one in sets if one.kind in _NAMED_KINDS]
    for one in sorted(entities, key=lambda one: (_NAMED_KINDS.index(one.kind), one.id)):
        ids.setdefault(one.id, one.key)
        for version in one.versions:
            for name in (version.title, *version.names):
                other = names.setdefault(fold_name(name), one.key)
                if other != one.key and one.kind != "members":
                    text = '"{name}" is a name of {kind}/{id} too. Keep it in one of the two.'
                    place = version.location_of("names" if name != version.title else "title")
                    problems.append(Problem.error(place, "name", text, name=name, kind=other[0], id=other[1]))
    return EntityIndex(ids, names), problems


def find_appearances(document: Document, index: EntityIndex) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return the roles in which organisations and people appear in a text, each with kind and id, once."""
    appearances = ((role, index.find(name)) for role, name in _names_by_role(document))
    yield from dict.fromkeys((role, key) for role, key in appearances if key is not None and key[0] in ENTITY_KINDS)


def _names_by_role(document: Document) -> Iterator[tuple[str, str]]:
    for name in document.authors:
        yield "wrote", name
    for name in document.translation.by if document.translation else ():
        yield "translated", name
    for signatory in document.signatories:
        yield "signed", signatory.name
        if signatory.organisation:
            yield "signed", signatory.organisation.text
    event = document.event
    if event is not None:
        yield from (("supported", supporter.text) for supporter in event.supporters)
        if not isinstance(event.programme, str):
            yield from (("spoke", name) for item in event.programme for name in item.speakers)
    for identity in document.organisations:
        yield "belongs", identity


def has_contact_card(texts: TranslationSet) -> bool:
    """Whether there is a card of an organisation, a workgroup or a person.

    A name alone is nothing for an address book, and a mailing list is in none.
    """
    listed = texts.listed if texts.kind in CARD_KINDS else ()
    return any(replace(one.contact, mailing_list="") != Contact() or one.profile.site or one.profile.city for one in listed)
