"""The output of ``inv status``: a table, the changed blocks with their old words, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jisr.core.diagnostics.message_formatter import MessageFormatter, strip_isolates
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.translation.staleness import BlockChange
from jisr.core.translation.translation_status import DocumentStatus, OpenWork, VersionStatus
from jisr.editing.status.status_report import change_place

JSON_VERSION = 1
"""The version of the JSON: keys may be added to it; it changes where a key changes its meaning or is removed."""

OldWords = Mapping[tuple[str, str], str]  # (path of the original, digest of a block) -> its old words


def format_table(rows: Sequence[DocumentStatus], tags: Sequence[str], voice: MessageFormatter) -> str:
    """Return a line for each text and a column for each language."""
    lines = [("", *tags), *((row.name, *(voice.format(_format_cell(one)) for one in row.statuses)) for row in rows)]
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
    draft = (
        phrase(" (draft: {names})", names=", ".join(one.translators))
        if one.translators
        else phrase(" (draft)")
        if one.draft
        else ""
    )
    return phrase("{state}{draft}", state=state, draft=draft)


def format_summary(work: Sequence[OpenWork], voice: MessageFormatter) -> str:
    """Return a line with the open work for each language."""
    return "\n".join(f"{one.tag}: {voice.format(_format_counts(one))}" for one in work)


def _format_counts(one: OpenWork) -> Phrase:
    return phrase(
        "{missing} missing, {claimed} claimed, {stale} stale, {unpinned} not pinned, {words} words left",
        missing=one.missing,
        claimed=one.claimed,
        stale=one.stale,
        unpinned=one.unpinned,
        words=one.words,
    )


def format_differences(rows: Sequence[DocumentStatus], old_words: OldWords, voice: MessageFormatter) -> str:
    """Return every changed block with its old words, where git has them, and its words now."""
    return "\n".join(
        line for row in rows for one in row.statuses if one.is_stale for line in _format_difference(one, old_words, voice)
    )


def _format_difference(one: VersionStatus, old_words: OldWords, voice: MessageFormatter) -> Iterator[str]:
    if one.source is None or one.staleness is None:
        return
    text = "{changed} of {total} blocks of {path} changed since"
    summary = phrase(text, changed=one.staleness.count, total=one.staleness.total, path=one.source.path)
    yield f"{one.path}: {voice.format(summary)}"
    for change in one.staleness.changes:
        kind = f" {change.block.kind}" if change.block else ""
        line = change_place(change, one.source).line
        label = _CHANGE_LABELS[change.change_type]
        yield f"  {voice.format(phrase('line {line}: {change}{kind}', line=line, change=label, kind=kind))}"
        if change.old_digest:
            fallback = phrase("(its old words are in no version that git has; its hash was {hash})", hash=change.old_digest)
            yield f"  - {old_words.get((one.source.path, change.old_digest)) or voice.format(fallback)}"
        if change.block:
            yield f"  + {change.block.text}"


def format_json(rows: Sequence[DocumentStatus], work: Sequence[OpenWork], old_words: OldWords) -> str:
    """Return the status as JSON for programs, as ``plugins/jisr/editing/README.md`` describes it."""
    report = {
        "version": JSON_VERSION,
        "languages": [one.tag for one in work],
        "stale": sum(one.is_stale for row in rows for one in row.statuses),
        "missing": sum(one.state == "missing" for row in rows for one in row.statuses),
        "left": {
            one.tag: {
                "missing": one.missing,
                "claimed": one.claimed,
                "stale": one.stale,
                "unpinned": one.unpinned,
                "words": one.words,
            }
            for one in work
        },
        "texts": [
            {
                "kind": row.kind,
                "id": row.id,
                "original": row.original,
                "versions": {one.tag: _version_json(one, old_words) for one in row.statuses},
            }
            for row in rows
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _version_json(one: VersionStatus, old_words: OldWords) -> dict[str, Any]:
    version: dict[str, Any] = {"state": one.state, "path": one.path, "draft": one.draft}
    if one.translators:
        version["by"] = list(one.translators)
    if one.source is not None:
        version["of"] = one.source.language.tag
    if one.staleness is not None and one.source is not None:
        path = one.source.path
        version |= {"changed": one.staleness.count, "total": one.staleness.total}
        version["blocks"] = [
            _block_json(change, change_place(change, one.source).line, old_words.get((path, change.old_digest)))
            for change in one.staleness.changes
        ]
    return version


def _block_json(change: BlockChange, line: int, words: str | None) -> dict[str, Any]:
    return {
        "change": change.change_type,
        "kind": change.block.kind if change.block else None,
        "line": line,
        "new": change.block.text if change.block else None,
        "old": words,
    }
