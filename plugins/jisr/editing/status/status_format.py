"""The output of ``inv status``: a table, the changed blocks with their old words, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jisr.core.diagnostics.message_formatter import MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.model.document import Document
from jisr.core.translation.staleness import BlockChange
from jisr.core.translation.translation_status import DocumentStatus, OpenWork, VersionStatus
from jisr.editing.status.status_report import change_place
from jisr.editing.status.unreviewed import Unreviewed

JSON_VERSION = 1
"""The version of the JSON: keys may be added to it; it changes where a key changes its meaning or is removed."""

OldWords = Mapping[tuple[str, str], str]  # (path of the original, digest of a block) -> its old words


def format_table(rows: Sequence[DocumentStatus], tags: Sequence[str], formatter: MessageFormatter) -> str:
    """Return a line for each text and a column for each language."""
    lines = [("", *tags), *((row.name, *(formatter.format(_format_cell(one)) for one in row.statuses)) for row in rows)]
    widths = [max(_display_width(line[column]) for line in lines) for column in range(len(tags) + 1)]
    return "\n".join(
        "  ".join(cell + " " * (width - _display_width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _display_width(cell: str) -> int:
    return len(strip_isolates(cell))


_STATE_LABELS = {
    "original": phrase("original"),
    "current": phrase("current"),
    "unfinished": phrase("unfinished"),
    "unpinned": phrase("not pinned"),
    "stale": phrase("stale"),
    "orphan": phrase("orphan"),
    "missing": phrase("missing"),
    "broken": phrase("broken"),
}
_CHANGE_LABELS = {"changed": phrase("changed"), "added": phrase("added"), "removed": phrase("removed")}


def _format_cell(one: VersionStatus) -> Phrase:
    state: Phrase = _STATE_LABELS[one.state]
    if one.state == "stale" and one.staleness:
        state = phrase("stale {changed}/{total}", changed=one.staleness.count, total=one.staleness.total)
    draft = phrase(" (draft)") if one.draft else ""
    if one.translators:
        draft = phrase(" (draft: {names})", names=", ".join(one.translators))
    return phrase("{state}{draft}", state=state, draft=draft)


def format_summary(work: Sequence[OpenWork], formatter: MessageFormatter) -> str:
    """Return a line with the open work for each language."""
    text = "{missing} missing, {claimed} claimed, {stale} stale, {unpinned} not pinned, {words} words left"
    return "\n".join(f"{one.tag}: {formatter.format(phrase(text, **_counts(one)))}" for one in work)


def _counts(one: OpenWork) -> dict[str, int]:
    return {name: getattr(one, name) for name in ("missing", "claimed", "stale", "unpinned", "words")}


def format_unreviewed(found: Sequence[Unreviewed], formatter: MessageFormatter) -> str:
    """Return a line for each language with what no native speaker has read."""
    text = "{tag}: not read by a native speaker yet (# unreviewed): {texts} in texts, {entries} in catalogues"
    lines = (phrase(text, tag=one.tag, texts=one.texts, entries=one.entries) for one in found)
    return "\n".join(map(formatter.format, lines))


def format_differences(rows: Sequence[DocumentStatus], old_words: OldWords, formatter: MessageFormatter) -> str:
    """Return every changed block with its old words, where git has them, and its words now."""
    stale = (one for row in rows for one in row.statuses if one.is_stale)
    return "\n".join(line for one in stale for line in _format_difference(one, old_words, formatter))


def _format_difference(one: VersionStatus, old_words: OldWords, formatter: MessageFormatter) -> Iterator[str]:
    if one.source is None or one.staleness is None:
        return
    text = "{changed} of {total} blocks of {path} changed since"
    summary = phrase(text, changed=one.staleness.count, total=one.staleness.total, path=one.source.path)
    yield f"{one.path}: {formatter.format(summary)}"
    for change in one.staleness.changes:
        kind = f" {change.block.kind}" if change.block else ""
        line = change_place(change, one.source).line
        label = _CHANGE_LABELS[change.change_type]
        yield f"  {formatter.format(phrase('line {line}: {change}{kind}', line=line, change=label, kind=kind))}"
        if change.old_digest:
            fallback = phrase("(its old words are in no version that git has; its hash was {hash})", hash=change.old_digest)
            yield f"  - {old_words.get((one.source.path, change.old_digest)) or formatter.format(fallback)}"
        if change.block:
            yield f"  + {change.block.text}"


def format_json(
    rows: Sequence[DocumentStatus], work: Sequence[OpenWork], unreviewed: Sequence[Unreviewed], old_words: OldWords
) -> str:
    """Return the status as JSON for programs, as ``plugins/jisr/editing/README.md`` describes it."""
    report = {
        "version": JSON_VERSION,
        "languages": [one.tag for one in work],
        "stale": sum(one.is_stale for row in rows for one in row.statuses),
        "missing": sum(one.state == "missing" for row in rows for one in row.statuses),
        "left": {one.tag: _counts(one) for one in work},
        "texts": [_text_json(row, old_words) for row in rows],
    }
    if unreviewed:
        report["unreviewed"] = {one.tag: {"texts": one.texts, "entries": one.entries} for one in unreviewed}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _text_json(row: DocumentStatus, old_words: OldWords) -> dict[str, Any]:
    versions = {one.tag: _version_json(one, old_words) for one in row.statuses}
    return {"kind": row.kind, "id": row.id, "original": row.original, "versions": versions}


def _version_json(one: VersionStatus, old_words: OldWords) -> dict[str, Any]:
    version: dict[str, Any] = {"state": one.state, "path": one.path, "draft": one.draft}
    if one.translators:
        version["by"] = list(one.translators)
    if one.source is not None:
        version["of"] = one.source.language.tag
    if one.staleness is not None and one.source is not None:
        version |= {"changed": one.staleness.count, "total": one.staleness.total}
        version["blocks"] = [_block_json(change, one.source, old_words) for change in one.staleness.changes]
    return version


def _block_json(change: BlockChange, source: Document, old_words: OldWords) -> dict[str, Any]:
    kind, text = (change.block.kind, change.block.text) if change.block else (None, None)
    line, words = change_place(change, source).line, old_words.get((source.path, change.old_digest))
    return {"change": change.change_type, "kind": kind, "line": line, "new": text, "old": words}
