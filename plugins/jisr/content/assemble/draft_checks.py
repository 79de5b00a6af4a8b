"""What readers see names nothing that they can't: a topic, member or statement that is a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisr.content.loader import LoadedTexts
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.model.document import Document

_DRAFT_REFERENCE = '"{name}" is a draft, which readers cannot see. Publish it, or take it out here.'
_DRAFT_MEMBER = (
    '"{name}" is a draft, which readers cannot see, and this folder holds posts of it. Publish it, or make this a draft.'
)


def draft_problems(texts: LoadedTexts, author_ids: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Return a problem for each draft that a built version names in its fields, or in whose folder a post lies."""
    for one in texts.sets.values():
        for document in one.versions:
            yield from _draft_references(document, texts, author_ids.get(document.path, ()))
        if one.kind == "posts" and _is_draft("members", one.id.split("/")[0], texts):
            place = SourceLocation(one.versions[0].path)
            yield Problem.error(place, "draft", _DRAFT_MEMBER, name=one.id.split("/")[0])


def _draft_references(document: Document, texts: LoadedTexts, author_ids: tuple[str, ...]) -> Iterator[Problem]:
    for mention in texts.mentions.get(document.path, ()):
        if mention.field == "event.documents" and (mention.kind, mention.name) in texts.scheduled:
            continue  # a conference may name the statement that will come of it: it is linked from its day on
        if mention.kind and mention.field != "member" and _is_draft(mention.kind, mention.name, texts):
            yield Problem.error(mention.place, "draft", _DRAFT_REFERENCE, name=mention.name)
    for identity in author_ids:
        if "authors" in document.locations and _is_draft("members", identity, texts):
            yield Problem.error(document.location_of("authors"), "draft", _DRAFT_REFERENCE, name=identity)


def _is_draft(kind: str, identity: str, texts: LoadedTexts) -> bool:
    """Whether a text is there, could be read, and is not built in any language."""
    bundle = texts.bundles.get((kind, identity))
    if bundle is None or (kind, identity) in texts.sets:
        return False
    return texts.unreadable.isdisjoint(version.path for version in bundle.versions)
