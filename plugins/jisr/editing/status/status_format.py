"""What ``inv status`` prints: a table, the blocks that changed with their old words, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jisr.core.diagnostics.message_formatter import Voice, without_isolates
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.translation.staleness import Change
from jisr.core.translation.translation_status import Left, Row, Standing
from jisr.editing.status.status_report import place_of

VERSION = 1
"""Of the JSON: it grows by keys, and the number changes where a key changes its meaning or goes."""

Old = Mapping[tuple[str, str], str]  # (path of the original, hash of a block) -> its old words


def table(rows: Sequence[Row], tags: Sequence[str], voice: Voice) -> str:
    """Give a line for each text and a column for each language."""
    lines = [("", *tags), *((row.name, *(voice.say(_cell(one)) for one in row.standings)) for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(tags) + 1)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _width(cell: str) -> int:
    return len(without_isolates(cell))


_STATES = {
    "original": phrase("original"),
    "current": phrase("current"),
    "unpinned": phrase("not pinned"),
    "stale": phrase("stale"),
    "orphan": phrase("orphan"),
    "missing": phrase("missing"),
    "broken": phrase("broken"),
}
_CHANGES = {"changed": phrase("changed"), "added": phrase("added"), "removed": phrase("removed")}


def _cell(one: Standing) -> Phrase:
    state: Phrase = _STATES[one.state]
    if one.state == "stale" and one.lag:
        state = phrase("stale {changed}/{total}", changed=one.lag.count, total=one.lag.total)
    draft = phrase(" (draft: {names})", names=", ".join(one.by)) if one.by else phrase(" (draft)") if one.draft else ""
    return phrase("{state}{draft}", state=state, draft=draft)


def summary(ones: Sequence[Left], voice: Voice) -> str:
    """Give what is left to do in each language, a line for each."""
    return "\n".join(f"{one.tag}: {voice.say(_counts(one))}" for one in ones)


def _counts(one: Left) -> Phrase:
    return phrase(
        "{missing} missing, {claimed} claimed, {stale} stale, {unpinned} not pinned, {words} words left",
        missing=one.missing,
        claimed=one.claimed,
        stale=one.stale,
        unpinned=one.unpinned,
        words=one.words,
    )


def differences(rows: Sequence[Row], old: Old, voice: Voice) -> str:
    """Give every block that changed with its words then, where they are known, and now."""
    return "\n".join(line for row in rows for one in row.standings if one.behind for line in _difference(one, old, voice))


def _difference(one: Standing, old: Old, voice: Voice) -> Iterator[str]:
    if one.source is None or one.lag is None:
        return
    text = "{changed} of {total} blocks of {path} changed since"
    behind = phrase(text, changed=one.lag.count, total=one.lag.total, path=one.source.path)
    yield f"{one.path}: {voice.say(behind)}"
    for change in one.lag.changes:
        kind = f" {change.block.kind}" if change.block else ""
        line = place_of(change, one.source).line
        yield f"  {voice.say(phrase('line {line}: {change}{kind}', line=line, change=_CHANGES[change.what], kind=kind))}"
        if change.pinned:
            unknown = phrase("(its old words are in no version that git has; its hash was {hash})", hash=change.pinned)
            yield f"  - {old.get((one.source.path, change.pinned)) or voice.say(unknown)}"
        if change.block:
            yield f"  + {change.block.text}"


def as_json(rows: Sequence[Row], ones: Sequence[Left], old: Old) -> str:
    """Give the survey for programs; README.md of this room describes the shape."""
    said = {
        "version": VERSION,
        "languages": [one.tag for one in ones],
        "stale": sum(one.behind for row in rows for one in row.standings),
        "missing": sum(one.state == "missing" for row in rows for one in row.standings),
        "left": {
            one.tag: {
                "missing": one.missing,
                "claimed": one.claimed,
                "stale": one.stale,
                "unpinned": one.unpinned,
                "words": one.words,
            }
            for one in ones
        },
        "texts": [
            {
                "kind": row.kind,
                "id": row.id,
                "original": row.original,
                "versions": {one.tag: _version(one, old) for one in row.standings},
            }
            for row in rows
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _version(one: Standing, old: Old) -> dict[str, Any]:
    said: dict[str, Any] = {"state": one.state, "path": one.path, "draft": one.draft}
    if one.by:
        said["by"] = list(one.by)
    if one.source is not None:
        said["of"] = one.source.language.tag
    if one.lag is not None and one.source is not None:
        path = one.source.path
        said |= {"changed": one.lag.count, "total": one.lag.total}
        said["blocks"] = [
            _block(change, place_of(change, one.source).line, old.get((path, change.pinned))) for change in one.lag.changes
        ]
    return said


def _block(change: Change, line: int, words: str | None) -> dict[str, Any]:
    return {
        "change": change.what,
        "kind": change.block.kind if change.block else None,
        "line": line,
        "new": change.block.text if change.block else None,
        "old": words,
    }
