"""What ``inv status`` prints: a table, the blocks that changed with their old words, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plugins.core.staleness import Change
from plugins.core.standing import Left, Row, Standing
from plugins.editing.surveying import place_of

VERSION = 1
"""Of the JSON: it grows by keys, and the number changes where a key changes its meaning or goes."""

Old = Mapping[tuple[str, str], str]  # (path of the original, hash of a block) -> its old words


def table(rows: Sequence[Row], tags: Sequence[str]) -> str:
    """Give a line for each text and a column for each language."""
    lines = [("", *tags), *((row.name, *(_cell(one) for one in row.standings)) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(tags) + 1)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def _cell(one: Standing) -> str:
    words = {"unpinned": "not pinned", "stale": f"stale {one.lag.count}/{one.lag.total}" if one.lag else "stale"}
    return words.get(one.state, one.state) + (" (draft)" if one.draft else "")


def summary(ones: Sequence[Left]) -> str:
    """Give what is left to do in each language, a line for each."""
    return "\n".join(
        f"{one.tag}: {one.missing} missing, {one.stale} stale, {one.unpinned} not pinned, {one.words} words left"
        for one in ones
    )


def differences(rows: Sequence[Row], old: Old) -> str:
    """Give every block that changed with its words then, where they are known, and now."""
    return "\n".join(line for row in rows for one in row.standings if one.behind for line in _difference(one, old))


def _difference(one: Standing, old: Old) -> Iterator[str]:
    if one.source is None or one.lag is None:
        return
    yield f"{one.path}: {one.lag.count} of {one.lag.total} blocks of {one.source.path} changed since"
    for change in one.lag.changes:
        kind = f" {change.block.kind}" if change.block else ""
        yield f"  line {place_of(change, one.source).line}: {change.what}{kind}"
        if change.pinned:
            unknown = f"(its old words are in no version that git has; its hash was {change.pinned})"
            yield f"  - {old.get((one.source.path, change.pinned), unknown)}"
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
            one.tag: {"missing": one.missing, "stale": one.stale, "unpinned": one.unpinned, "words": one.words} for one in ones
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
