"""Translation status of every version of every text: present or missing, current or stale, and the work left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from markupsafe import Markup

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.body import Body
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.staleness import Staleness, compute_staleness

TranslationState = Literal["original", "current", "unfinished", "unpinned", "stale", "orphan", "missing", "broken"]
STALE_STATES = ("stale", "orphan")


@dataclass(frozen=True, slots=True)
class VersionStatus:
    """The status of a version of a text, or of its absence.

    ``unpinned``: the translation has no pin, so its staleness is unknown. ``orphan``: no pinned block is left in the original.
    ``unfinished``: it says what its original says, but lacks parts of it, and is no draft.
    ``broken``: the file has an error. ``words``: the number of words left to translate. ``translators``: those of a draft of
    a translation; such a draft claims the work, and may be empty.
    """

    tag: str
    state: TranslationState
    path: str
    source: Document | None = None  # the version it was translated from
    staleness: Staleness | None = None
    draft: bool = False
    pin: SourceLocation | None = None
    words: int = 0
    translators: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether its source has changed since."""
        return self.state in STALE_STATES


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A text and the status of its versions, in the order of the languages."""

    kind: str
    id: str
    original: str
    statuses: tuple[VersionStatus, ...]

    @property
    def name(self) -> str:
        """Kind and id, as in messages."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """The work left in a language: texts to translate, translations to update or to pin, words to translate.

    ``claimed`` is the number of translations in progress.
    """

    tag: str
    missing: int
    stale: int
    unpinned: int
    words: int
    claimed: int


def translation_status(
    sets: Iterable[TranslationSet], languages: Sequence[Language], bodies: Mapping[str, Body]
) -> tuple[DocumentStatus, ...]:
    """Return the status of each text in some languages, drafts included where ``sets`` has them.

    ``bodies`` are those of the texts by path, whose words are counted where they are left to translate.
    """
    return tuple(
        DocumentStatus(texts.kind, texts.id, texts.origin, tuple(_version_status(texts, one, bodies) for one in languages))
        for texts in sets
    )


def open_work(rows: Sequence[DocumentStatus], tags: Sequence[str]) -> tuple[OpenWork, ...]:
    """Return the work left in each language. Posts of members do not count as missing: not all are to be translated."""
    by_tag = {tag: [(row.kind, one) for row in rows for one in row.statuses if one.tag == tag] for tag in tags}
    return tuple(
        OpenWork(
            tag,
            missing=sum(one.state == "missing" and kind != "posts" for kind, one in statuses),
            stale=sum(one.is_stale for _, one in statuses),
            unpinned=sum(one.state == "unpinned" for _, one in statuses),
            words=sum(one.words for _, one in statuses),
            claimed=sum(bool(one.translators) for _, one in statuses),
        )
        for tag, statuses in by_tag.items()
    )


def count_words(text: str) -> int:
    """Return the number of words of a text; signs without letters or digits are none.

    >>> count_words("لا سدود بلا تشاور – 2012")
    5
    """
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _version_status(texts: TranslationSet, language: Language, bodies: Mapping[str, Body]) -> VersionStatus:
    version = texts.get(language.tag)
    path = f"{texts.original.path.rpartition('/')[0]}/index.{language.tag}.md"
    if version is None:
        words = count_document_words(texts.original, bodies) if texts.kind != "posts" else 0
        return VersionStatus(language.tag, "missing", path, words=words)
    draft = version.status == "draft"
    if version.translation is None:
        return VersionStatus(language.tag, "original", path, draft=draft)
    staleness, source = compute_staleness(version, texts), texts.get(version.translation.of)
    words = sum(count_words(change.block.text) for change in staleness.changes if change.block) if staleness else 0
    if draft and not count_words(_plain_body(version, bodies)):
        words = count_document_words(source or texts.original, bodies)
    pin, translators = version.location_of("translation.pin"), version.translation.by if draft else ()
    state = _pin_state(staleness)
    if state == "current" and version.gaps and not draft:
        state = "unfinished"
    return VersionStatus(language.tag, state, path, source, staleness, draft, pin, words, translators)


def _pin_state(staleness: Staleness | None) -> TranslationState:
    if staleness is None:
        return "unpinned"
    if not staleness.changes:
        return "current"
    return "orphan" if staleness.orphaned else "stale"


def count_document_words(document: Document, bodies: Mapping[str, Body]) -> int:
    """Return the number of words of a version: title, summary and text."""
    return count_words(f"{document.title} {document.summary} {_plain_body(document, bodies)}")


def _plain_body(document: Document, bodies: Mapping[str, Body]) -> str:
    return Markup(bodies[document.path].html.replace("<", " <")).striptags()  # noqa: S704 (rendered by us, for counting)
