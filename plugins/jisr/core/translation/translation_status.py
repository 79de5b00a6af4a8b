"""How every version of every text stands: there or missing, and whether it says what its original says today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from markupsafe import Markup

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.translation.staleness import Staleness, compute_staleness

TranslationState = Literal["original", "current", "unpinned", "stale", "orphan", "missing", "broken"]
STALE_STATES = ("stale", "orphan")


@dataclass(frozen=True, slots=True)
class VersionStatus:
    """A version of a text, or its absence.

    ``unpinned``: nobody noted what was translated, so nothing can be said. ``orphan``: nothing that the pin names stands in
    the original any more. ``broken``: the file has an error. ``words``: how many are left to translate. ``by``: who works on
    a draft of a translation: such a draft is a claim, and may be empty.
    """

    tag: str
    state: TranslationState
    path: str
    source: Document | None = None  # what it was made from
    staleness: Staleness | None = None
    draft: bool = False
    pin: SourceLocation | None = None
    words: int = 0
    translators: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether its original has changed since."""
        return self.state in STALE_STATES


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A text and how its versions stand, in the order of the languages."""

    kind: str
    id: str
    original: str
    statuses: tuple[VersionStatus, ...]

    @property
    def name(self) -> str:
        """What an editor calls it."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is left to do in a language: texts to translate, translations to mend or to pin, words to translate.

    ``claimed`` are translations that somebody is at work on.
    """

    tag: str
    missing: int
    stale: int
    unpinned: int
    words: int
    claimed: int


def translation_status(sets: Iterable[TranslationSet], languages: Sequence[Language]) -> tuple[DocumentStatus, ...]:
    """Return a row for each text, with its standings in some languages, drafts among them where ``sets`` has them."""
    return tuple(
        DocumentStatus(texts.kind, texts.id, texts.origin, tuple(_version_status(texts, language) for language in languages))
        for texts in sets
    )


def open_work(rows: Sequence[DocumentStatus], tags: Sequence[str]) -> tuple[OpenWork, ...]:
    """Return what is left to do in each language. Posts of members don't count as missing: nobody means to translate them all."""
    found = {tag: [(row.kind, one) for row in rows for one in row.statuses if one.tag == tag] for tag in tags}
    return tuple(
        OpenWork(
            tag,
            missing=sum(one.state == "missing" and kind != "posts" for kind, one in ones),
            stale=sum(one.is_stale for _, one in ones),
            unpinned=sum(one.state == "unpinned" for _, one in ones),
            words=sum(one.words for _, one in ones),
            claimed=sum(bool(one.translators) for _, one in ones),
        )
        for tag, ones in found.items()
    )


def count_words(text: str) -> int:
    """Return how many words a text has: signs that stand alone are none.

    >>> count_words("لا سدود بلا تشاور – 2012")
    5
    """
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _version_status(texts: TranslationSet, language: Language) -> VersionStatus:
    version = texts.get(language.tag)
    path = f"{texts.original.path.rpartition('/')[0]}/index.{language.tag}.md"
    if version is None:
        return VersionStatus(
            language.tag, "missing", path, words=_count_document_words(texts.original) if texts.kind != "posts" else 0
        )
    draft = version.status == "draft"
    if version.translation is None:
        return VersionStatus(language.tag, "original", path, draft=draft)
    lag, source = compute_staleness(version, texts), texts.get(version.translation.of)
    words = sum(count_words(change.block.text) for change in lag.changes if change.block) if lag else 0
    if draft and not _count_document_words(version, "body"):
        words = _count_document_words(source or texts.original)
    by = version.translation.by if draft else ()
    return VersionStatus(
        language.tag, _pin_state(lag), path, source, lag, draft, version.location_of("translation.pin"), words, by
    )


def _pin_state(lag: Staleness | None) -> TranslationState:
    if lag is None:
        return "unpinned"
    if not lag.changes:
        return "current"
    return "orphan" if lag.orphaned else "stale"


def _count_document_words(document: Document, part: Literal["all", "body"] = "all") -> int:
    body = Markup(document.body.html.replace("<", " <")).striptags()  # noqa: S704 (rendered by us, and read as words)
    return count_words(body if part == "body" else f"{document.title} {document.summary} {body}")
