"""Organisations and people: which record a name means, however it is spelled, and where a record appears."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet

ENTITY_KINDS = ("organisations", "people")
ROLES = ("wrote", "translated", "signed", "supported", "spoke", "belongs")
_NAMED_KINDS = ("members", *ENTITY_KINDS)

# Letters that keyboards of Arabic, Persian and Kurdish write differently and readers take for the same
# (https://www.unicode.org/charts/PDF/U0600.pdf): yeh, kaf, and alef with and without hamza.
_LETTER_FOLDING = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ھ": "ه", "ـ": None})


@dataclass(frozen=True, slots=True)
class EntityIndex:
    """The members, organisations and people of a site, by id and by each of their names in any language."""

    ids: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # folded name -> kind and id

    def find(self, name: str) -> tuple[str, str] | None:
        """Return kind and id of the record that an id or a name means, or None."""
        return self.ids.get(name) or self.names.get(fold_name(name))


def fold_name(name: str) -> str:
    """Return a name in the one spelling in which names are compared: letters and digits, without marks.

    >>> fold_name("مجموعة الرُّبيعي") == fold_name("مجموعة الربیعی")
    True
    >>> fold_name("CCFD – Terre Solidaire") == fold_name("CCFD-Terre solidaire")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTER_FOLDING)
    kept = (" " if unicodedata.category(one)[0] in "PZS" else one for one in plain if not unicodedata.combining(one))
    return " ".join("".join(kept).split())


def build_entity_index(sets: Iterable[TranslationSet]) -> tuple[EntityIndex, list[Problem]]:
    """Return the records among texts, and a problem for each name that means two of them."""
    ids: dict[str, tuple[str, str]] = {}
    names: dict[str, tuple[str, str]] = {}
    problems = []
    known = [one for one in sets if one.kind in _NAMED_KINDS]
    for one in sorted(known, key=lambda one: (_NAMED_KINDS.index(one.kind), one.id)):
        ids.setdefault(one.id, one.key)
        for version in one.versions:
            for name in (version.title, *version.names):
                other = names.setdefault(fold_name(name), one.key)
                if other != one.key and one.kind != "members":
                    text = '"{name}" is a name of {kind}/{id} too. Keep it in one of the two.'
                    place = version.location_of("names" if name != version.title else "title")
                    problems.append(Problem.error(place, "name", text, name=name, kind=other[0], id=other[1]))
    return EntityIndex(ids, names), problems


def find_appearances(document: Document, records: EntityIndex) -> Iterator[tuple[str, tuple[str, str]]]:
    """Return the roles in which records appear in a text, each with the kind and id of the record, once."""
    found = ((role, records.find(name)) for role, name in _names_by_role(document))
    yield from dict.fromkeys((role, key) for role, key in found if key is not None and key[0] in ENTITY_KINDS)


def _names_by_role(document: Document) -> Iterator[tuple[str, str]]:
    yield from (("wrote", name) for name in document.authors)
    yield from (("translated", name) for name in (document.translation.by if document.translation else ()))
    for signatory in document.signatories:
        yield "signed", signatory.name
        if signatory.organisation:
            yield "signed", signatory.organisation.text
    event = document.event
    if event is not None:
        yield from (("supported", supporter.text) for supporter in event.supporters)
        if not isinstance(event.programme, str):
            yield from (("spoke", name) for item in event.programme for name in item.speakers)
    yield from (("belongs", identity) for identity in document.organisations)
