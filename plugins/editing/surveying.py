"""How every version of every text stands: there or missing, and whether it says what its original says today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.core.documents import Document, TranslationSet
from plugins.core.languages import Language
from plugins.core.problems import Place, Problem
from plugins.core.staleness import Change, Staleness, staleness
from plugins.editing.desk import Desk
from plugins.editing.manuscript import read, scalars

State = Literal["original", "current", "unpinned", "stale", "orphan", "missing", "broken"]
BEHIND = ("stale", "orphan")


@dataclass(frozen=True, slots=True)
class Standing:
    """A version of a text, or its absence.

    ``unpinned``: nobody noted what was translated, so nothing can be said. ``orphan``: nothing that the pin names stands in
    the original any more. ``broken``: the file has an error.
    """

    tag: str
    state: State
    path: str
    source: Document | None = None  # what it was made from
    lag: Staleness | None = None
    draft: bool = False
    pin: Place | None = None

    @property
    def behind(self) -> bool:
        """Whether its original has changed since."""
        return self.state in BEHIND


@dataclass(frozen=True, slots=True)
class Row:
    """A text and how its versions stand, in the order of the languages."""

    kind: str
    id: str
    original: str
    standings: tuple[Standing, ...]

    @property
    def name(self) -> str:
        """What an editor calls it."""
        return f"{self.kind}/{self.id}"


def survey(desk: Desk, languages: Sequence[Language]) -> tuple[Row, ...]:
    """Give a row for each text, in the order of kinds and ids, with its standings in some languages."""
    return tuple(
        Row(texts.kind, texts.id, texts.origin, tuple(_standing(texts, language, desk) for language in languages))
        for texts in desk.site.sets.values()
    )


def _standing(texts: TranslationSet, language: Language, desk: Desk) -> Standing:
    version = texts.get(language.tag)
    path = desk.path(texts.kind, texts.id, language.tag)
    if version is None:
        there = (desk.folder(texts.kind, texts.id) / f"index.{language.tag}.md").is_file()
        return Standing(language.tag, "broken" if there else "missing", path)
    draft = _is_draft(version, texts, desk)
    if version.translation is None:
        return Standing(language.tag, "original", path, draft=draft)
    lag, source = staleness(version, texts), texts.get(version.translation.of)
    return Standing(language.tag, _state(lag), path, source, lag, draft, version.place("translation.pin"))


def _state(lag: Staleness | None) -> State:
    if lag is None:
        return "unpinned"
    if not lag.changes:
        return "current"
    return "orphan" if lag.orphaned else "stale"


def _is_draft(version: Document, texts: TranslationSet, desk: Desk) -> bool:
    """Whether a version says that it is one, or takes that from its original: a survey sees drafts as they will stand."""
    stating = version if "status" in version.places else texts.get(texts.origin)
    if stating is None or "status" not in stating.places:
        return False
    try:
        return scalars(read(desk.file(stating), stating.path).yaml).get("status") == "draft"
    except ValueError:
        return False


_TEXTS = {
    "changed": '"{words}" changed after "{tag}" was translated from it. Mend the translation, then note it: {command}.',
    "added": '"{words}" is new since "{tag}" was translated. Translate it, then note it: {command}.',
    "removed": 'Something below was taken out since "{tag}" was translated. Take it out there, then note it: {command}.',
}


def findings(rows: Sequence[Row]) -> Iterator[Problem]:
    """Give a warning for each block of an original that changed since a translation was made from it."""
    for row in rows:
        for one in row.standings:
            command = f"inv translate {row.name} {one.tag} --pin"
            if one.state == "orphan" and one.source:
                text = 'Nothing that "{tag}" was translated from stands in {path} any more. Translate it anew, then: {command}.'
                place = one.pin or Place(one.path)
                yield Problem.warning(place, "orphan", text, tag=one.tag, path=one.source.path, command=command)
            elif one.state == "stale" and one.source and one.lag:
                for change in one.lag.changes:
                    words = change.block.text if change.block else ""
                    text, place = _TEXTS[change.what], place_of(change, one.source)
                    yield Problem.warning(place, "stale", text, words=words, tag=one.tag, command=command)


def place_of(change: Change, source: Document) -> Place:
    """Give where a change stands in the original."""
    if change.block is not None and change.block.kind in ("title", "summary"):
        return source.place(change.block.kind)
    return Place(source.path, change.block.line if change.block else change.after)
