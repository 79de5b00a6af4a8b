"""The values between reading and assembling: the versions of each text, and those of all texts together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from jisr.content.read.discovery import Bundle
from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.schema.validation_context import Reference

TextKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LoadedBundle:
    """The versions of one text, with everything that is wrong in and between them."""

    key: TextKey
    mentions: Mapping[str, tuple[Reference, ...]]  # by the path of a version
    problems: tuple[Problem, ...]
    unreadable: frozenset[str]  # paths of versions about which no more is known
    invalid: tuple[Document, ...] = ()  # versions with errors, whose links are checked all the same
    complete_set: TranslationSet | None = None  # with drafts as they are
    built_set: TranslationSet | None = None  # without drafts, unless they are previewed

    @property
    def original(self) -> Document | None:
        """The original, even where it is a draft; None where it has errors."""
        return self.complete_set.get(self.complete_set.origin) if self.complete_set else None

    @property
    def is_scheduled(self) -> bool:
        """Whether a version waits for its day and none is built."""
        versions = self.complete_set.versions if self.complete_set and not self.built_set else ()
        return any(version.status != "draft" for version in versions)


@dataclass(frozen=True, slots=True)
class LoadedTexts:
    """All texts of a content folder: bundles, sets of built versions, and the references of each version."""

    bundles: Mapping[TextKey, Bundle] = field(default_factory=dict)
    sets: Mapping[TextKey, TranslationSet] = field(default_factory=dict)
    complete_sets: Mapping[TextKey, TranslationSet] = field(default_factory=dict)  # with drafts as they are
    originals: tuple[tuple[Document, tuple[Document, ...]], ...] = ()  # each with the versions that are built
    mentions: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)  # by the path of a version
    invalid: tuple[Document, ...] = ()  # versions with errors, whose links are checked all the same
    scheduled: frozenset[TextKey] = frozenset()  # texts whose day has not come
    unreadable: frozenset[str] = frozenset()  # paths of versions about which no more is known


def merge_bundles(bundles: Iterable[Bundle], loaded: Iterable[LoadedBundle]) -> LoadedTexts:
    """Return the texts of all bundles together, in their order."""
    parts = tuple(loaded)
    return LoadedTexts(
        bundles={(bundle.kind.name, bundle.id): bundle for bundle in bundles},
        sets={part.key: part.built_set for part in parts if part.built_set},
        complete_sets={part.key: part.complete_set for part in parts if part.complete_set},
        originals=tuple((part.original, part.built_set.versions) for part in parts if part.original and part.built_set),
        mentions={path: references for part in parts for path, references in part.mentions.items()},
        invalid=tuple(document for part in parts for document in part.invalid),
        scheduled=frozenset(part.key for part in parts if part.is_scheduled),
        unreadable=frozenset(path for part in parts for path in part.unreadable),
    )
