"""The values between reading and assembling: the versions of each text, and those of all texts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from jisr.content.read.discovery import Bundle
from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.model.body import Body
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.pictures import PictureFile
from jisr.core.model.replies import Reply, split_shown
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
    bodies: Mapping[str, Body] = field(default_factory=dict)  # of the complete set, by the path of a version
    replies: tuple[Reply, ...] = ()  # oldest first
    downloads: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # size and SHA-256 of each, as it is published
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)  # the files that are some, by name

    @property
    def original(self) -> Document | None:
        """The original, even where it is a draft; None where it has errors."""
        return self.complete_set.get(self.complete_set.origin) if self.complete_set else None


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
    bodies: Mapping[str, Body] = field(default_factory=dict)  # by the path of a version, drafts included
    replies: Mapping[TextKey, tuple[Reply, ...]] = field(default_factory=dict)  # to texts that are built, oldest first
    waiting_replies: Mapping[TextKey, tuple[Reply, ...]] = field(default_factory=dict)  # those that wait for a person
    downloads: Mapping[tuple[str, str, str], tuple[int, str]] = field(default_factory=dict)  # by text and name
    pictures: Mapping[TextKey, Mapping[str, PictureFile]] = field(default_factory=dict)  # of each text, by name


BuiltSetSelector = Callable[[TranslationSet], TranslationSet | None]
"""Returns the versions of a text that are built at the moment of a run; None where none is."""


def merge_bundles(
    bundles: Iterable[Bundle], loaded: Iterable[LoadedBundle], select: BuiltSetSelector, drafts: bool = False
) -> LoadedTexts:
    """Return the texts of all bundles together, in their order; with ``drafts`` replies that wait are shown, too."""
    parts = tuple(loaded)
    built = {part.key: texts for part in parts if part.complete_set and (texts := select(part.complete_set))}
    with_replies = [part for part in parts if part.replies and part.key in built]
    threads = {part.key: split_shown(part.replies) for part in with_replies}
    if drafts:
        threads = {part.key: (part.replies, threads[part.key][1]) for part in with_replies}
    waiting = (part for part in parts if part.complete_set and part.key not in built)
    return LoadedTexts(
        bundles={(bundle.kind.name, bundle.id): bundle for bundle in bundles},
        sets=built,
        complete_sets={part.key: part.complete_set for part in parts if part.complete_set},
        originals=tuple((part.original, built[part.key].versions) for part in parts if part.original and part.key in built),
        mentions={path: references for part in parts for path, references in part.mentions.items()},
        invalid=tuple(document for part in parts for document in part.invalid),
        scheduled=frozenset(part.key for part in waiting if _is_scheduled(part.complete_set)),
        unreadable=frozenset(path for part in parts for path in part.unreadable),
        bodies={path: body for part in parts for path, body in part.bodies.items()},
        replies={key: shown for key, (shown, _) in threads.items() if shown},
        waiting_replies={key: waiting for key, (_, waiting) in threads.items() if waiting},
        downloads={(*part.key, name): measures for part in parts for name, measures in part.downloads.items()},
        pictures={part.key: part.pictures for part in parts if part.pictures},
    )


def _is_scheduled(texts: TranslationSet | None) -> bool:
    """Whether a version of a text that is not built waits for its day."""
    return texts is not None and any(version.status != "draft" for version in texts.versions)
