"""Blocks of Markdown put together: which marks lists have, where blank lines stand, what is indented."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from jisr.core.frozen import dataclass

BlockKind = Literal["words", "heading", "bullets", "numbers", "quote", "code", "table", "terms", "rule"]


@dataclass(frozen=True, slots=True)
class OutputBlock:
    """A block as lines; a list is written anew where it would run together with the list before it."""

    kind: BlockKind
    lines: list[str]
    items: tuple[tuple[str, ...], ...] = ()
    start: int = 1
    is_loose: bool = False


def join_blocks(blocks: Sequence[OutputBlock], tight: bool = False) -> list[str]:
    """Return blocks as lines, with a blank one between two, or none where they stand in an item of a ``tight`` list.

    >>> join_blocks([OutputBlock("words", ["بيان"]), OutputBlock("rule", ["---"]), OutputBlock("words", ["x"])])
    ['بيان', '', '---', '', 'x']
    """
    lines: list[str] = []
    last, other = "", False
    for block in _drop_bare_rules(blocks):
        other = block.kind in ("bullets", "numbers") and block.kind == last and not other
        last = block.kind
        lines += [""] * bool(lines and not tight) + (_alternate_markers(block) if other else block.lines)
    return lines


def _drop_bare_rules(blocks: Sequence[OutputBlock]) -> list[OutputBlock]:
    """Return blocks without rules that part nothing."""
    kept: list[OutputBlock] = []
    for block in blocks:
        if block.kind != "rule" or (kept and kept[-1].kind != "rule"):
            kept.append(block)
    return kept[:-1] if kept and kept[-1].kind == "rule" else kept


def quote_lines(lines: Sequence[str]) -> list[str]:
    """Return lines as a quote."""
    return [f"> {line}" if line else ">" for line in lines]


def build_list(items: Sequence[list[OutputBlock]], start: int | None) -> list[OutputBlock]:
    """Return items as a list, numbered where it has a ``start``; an item without words counts where numbers do.

    >>> build_list([[OutputBlock("words", ["أول"])], [OutputBlock("words", ["ثان"])]], 3)[0].lines
    ['3. أول', '4. ثان']
    """
    loose = any(_is_loose(item) for item in items)
    kept = [tuple(join_blocks(item, not loose)) for item in items]
    if start is None:
        kept = [item for item in kept if item]
    while kept and not kept[-1]:
        kept.pop()
    if not kept:
        return []
    whole = tuple(item or ("&nbsp;",) for item in kept)
    block = OutputBlock("bullets" if start is None else "numbers", [], whole, start or 0, loose)
    return [OutputBlock(block.kind, _number_items(block, "-" if start is None else "."), whole, block.start, loose)]


def _is_loose(item: list[OutputBlock]) -> bool:
    """Whether blank lines must stand in an item: else what follows its words would go on with them."""
    return any(
        block.kind not in ("bullets", "numbers") or (block.kind == "numbers" and block.start != 1) or block.is_loose
        for block in item[1:]
    ) or any(one.kind == two.kind for one, two in pairwise(item))


def _alternate_markers(block: OutputBlock) -> list[str]:
    return _number_items(block, "*" if block.kind == "bullets" else ")")


def _number_items(block: OutputBlock, sign: str) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(block.items, start=block.start):
        mark = f"{sign} " if block.kind == "bullets" else f"{number}{sign} "
        lines += [""] * bool(lines and block.is_loose)
        lines += [f"{mark}{item[0]}", *(f"{' ' * len(mark)}{line}" if line else "" for line in item[1:])]
    return lines
