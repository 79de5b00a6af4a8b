"""The report of ``inv status``: a row for each text, and a warning for each changed block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document
from jisr.core.translation.staleness import BlockChange
from jisr.core.translation.translation_status import DocumentStatus, VersionStatus, translation_status
from jisr.editing.editing_context import EditingContext


def collect_status(context: EditingContext, languages: Sequence[Language]) -> tuple[DocumentStatus, ...]:
    """Return a row for each text, in the order of kinds and ids, with its status in some languages.

    A version whose file has an error is ``broken``, not ``missing``.
    """
    rows = translation_status(context.site.sets_with_drafts.values(), languages, context.site.bodies)
    return tuple(replace(row, statuses=tuple(_mark_broken(row, one, context) for one in row.statuses)) for row in rows)


def _mark_broken(row: DocumentStatus, one: VersionStatus, context: EditingContext) -> VersionStatus:
    if one.state == "missing" and (context.folder(row.kind, row.id) / f"index.{one.tag}.md").is_file():
        return replace(one, state="broken", words=0)
    return one


_CHANGE_MESSAGES = {
    "changed": '"{words}" changed after "{tag}" was translated from it. Mend the translation, then note it: {command}.',
    "added": '"{words}" is new since "{tag}" was translated. Translate it, then note it: {command}.',
    "removed": 'Something below was taken out since "{tag}" was translated. Take it out there, then note it: {command}.',
}


def stale_block_warnings(rows: Sequence[DocumentStatus]) -> Iterator[Problem]:
    """Return a warning for each block of an original that changed since a translation was made from it."""
    for row in rows:
        for one in row.statuses:
            command = f"inv translate {row.name} {one.tag} --pin"
            if one.state == "orphan" and one.source:
                text = 'Nothing that "{tag}" was translated from stands in {path} any more. Translate it anew, then: {command}.'
                place = one.pin or SourceLocation(one.path)
                yield Problem.warning(place, "orphan", text, tag=one.tag, path=one.source.path, command=command)
            elif one.state == "stale" and one.source and one.staleness:
                for change in one.staleness.changes:
                    words = change.block.text if change.block else ""
                    text, place = _CHANGE_MESSAGES[change.change_type], change_place(change, one.source)
                    yield Problem.warning(place, "stale", text, words=words, tag=one.tag, command=command)


def change_place(change: BlockChange, source: Document) -> SourceLocation:
    """Return the place of a change in the original."""
    if change.block is not None and change.block.kind in ("title", "summary"):
        return source.location_of(change.block.kind)
    return SourceLocation(source.path, change.block.line if change.block else change.insertion_line)
