"""The collections of texts: by kind, topic, member and author, in each language, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.entities import EntityIndex, find_appearances
from jisr.core.model.site import sort_newest_first
from jisr.core.schema.kinds import Kinds

Collections = dict[tuple[str, str], tuple[Document, ...]]


@dataclass(frozen=True, slots=True)
class CollectionRules:
    """The values that decide to which collections a text belongs."""

    kinds: Kinds
    author_ids: Mapping[str, tuple[str, ...]]
    members: frozenset[str]
    entities: EntityIndex
    posts_in_topics: bool = True


def build_collections(sets: Iterable[TranslationSet], rules: CollectionRules, timezone: ZoneInfo) -> Collections:
    """Return the texts of each family (``statements``, ``topics/women``) and language tag; empty collections are absent."""
    documents: dict[tuple[str, str], list[Document]] = {}
    for document in sort_newest_first((one for texts in sets for one in texts.listed), timezone):
        for family in _families(document, rules):
            if document.kind == "posts" and family.startswith("topics/") and not rules.posts_in_topics:
                continue
            documents.setdefault((family, document.language.tag), []).append(document)
    return {key: tuple(documents[key]) for key in sorted(documents)}


def _families(document: Document, rules: CollectionRules) -> Iterator[str]:
    kind = rules.kinds.get(document.kind)
    if kind is None or not kind.listed:
        return
    yield kind.name
    yield from dict.fromkeys("/".join(key) for _, key in find_appearances(document, rules.entities))
    if not kind.dated:
        return
    for workgroup in dict.fromkeys(document.workgroups):
        yield f"workgroups/{workgroup}"
    for topic in dict.fromkeys(document.topics):
        yield f"topics/{topic}"
    author_ids = rules.author_ids.get(document.path, ())
    profiles = {f"members/{identity}" if identity in rules.members else f"authors/{identity}": None for identity in author_ids}
    if document.provenance.member:
        profiles[f"members/{document.provenance.member}"] = None
    yield from profiles
