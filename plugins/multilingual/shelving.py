"""Which texts stand together: by kind, topic, member and author, in each language, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from plugins.core.documents import Document, TranslationSet
from plugins.core.kinds import Kinds
from plugins.core.site import newest_first

Shelves = dict[tuple[str, str], tuple[Document, ...]]


def shelve(
    sets: Iterable[TranslationSet],
    kinds: Kinds,
    author_ids: Mapping[str, tuple[str, ...]],
    members: frozenset[str],
    timezone: ZoneInfo,
    posts_in_topics: bool = True,
) -> Shelves:
    """Give the texts of each family (``statements``, ``topics/women``) and language tag; empty shelves are absent."""
    found: dict[tuple[str, str], list[Document]] = {}
    for one in sets:
        for document in one.listed:
            for family in _families(document, kinds, author_ids.get(document.path, ()), members):
                if document.kind == "posts" and family.startswith("topics/") and not posts_in_topics:
                    continue
                found.setdefault((family, document.language.tag), []).append(document)
    return {key: tuple(newest_first(found[key], timezone)) for key in sorted(found)}


def _families(document: Document, kinds: Kinds, author_ids: tuple[str, ...], members: frozenset[str]) -> Iterator[str]:
    kind = kinds.get(document.kind)
    if kind is None or not kind.listed:
        return
    yield kind.name
    if not kind.dated:
        return
    yield from (f"topics/{topic}" for topic in dict.fromkeys(document.topics))
    profiles = {f"members/{identity}" if identity in members else f"authors/{identity}": None for identity in author_ids}
    if document.provenance.member:
        profiles[f"members/{document.provenance.member}"] = None
    yield from profiles
