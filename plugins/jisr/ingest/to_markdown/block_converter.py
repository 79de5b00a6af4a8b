"""Blocks of Markdown: markers of lists, blank lines, indentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from jisr.core.frozen import dataclass

BlockKind = Literal["words", "heading", "bullets", "numbers", "quote", "code", "table", "terms", "rule"]


@dataclass(frozen=True, slots=True)
class OutputBlock:
    """A block as lines; a list also as items, since it needs another marker right after a list."""

    kind: BlockKind
    lines: list[str]
    items: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()  # of the items
    is_loose: bool = False


def join_blocks(blocks: Sequence[OutputBlock], is_tight: bool = False) -> list[str]:
    """Return blocks as lines, with a blank one between two, or none in an item of a tight list.

    >>> join_blocks([OutputBlock("words", ["بيان"]), OutputBlock("rule", ["---"]), OutputBlock("words", ["x"])])
    ['بيان', '', '---', '', 'x']
    """
    lines: list[str] = []
    last, is_alternate = "", False
    for block in _drop_bare_rules(blocks):
        is_alternate = block.kind in ("bullets", "numbers") and block.kind == last and not is_alternate
        last = block.kind
        lines += [""] * bool(lines and not is_tight)
        lines += _number_items(block, "*" if block.kind == "bullets" else ")") if is_alternate else block.lines
    return lines


def _drop_bare_rules(blocks: Sequence[OutputBlock]) -> list[OutputBlock]:
    """Return blocks without thematic breaks at the start, at the end and after another."""
    blocks_between: list[OutputBlock] = []
    for block in blocks:
        if block.kind != "rule" or (blocks_between and blocks_between[-1].kind != "rule"):
            blocks_between.append(block)
    return blocks_between[:-1] if blocks_between and blocks_between[-1].kind == "rule" else blocks_between


def quote_lines(lines: Sequence[str]) -> list[str]:
    """Return lines as a block quote."""
    return [f"> {line}" if line else ">" for line in lines]


def list_numbers(count: int, start: int, stated: Mapping[int, int]) -> list[int]:
    """Return the numbers of items: one after the other but where an item states its own.

    >>> list_numbers(4, 3, {2: 9})
    [3, 4, 9, 10]
    """
    numbers: list[int] = []
    for position in range(count):
        numbers.append(stated.get(position, numbers[-1] + 1 if numbers else start))
    return numbers


def build_list(items: Sequence[list[OutputBlock]], numbers: Sequence[int] = ()) -> list[OutputBlock]:
    """Return items as a list, with its numbers where it has some; an empty item stays in a numbered list.

    Our Markdown has no list whose numbers fall: one is several lists.

    >>> build_list([[OutputBlock("words", ["أول"])], [OutputBlock("words", ["ثان"])]], [3, 4])[0].lines
    ['3. أول', '4. ثان']
    """
    falls = [position for position, (one, other) in enumerate(pairwise(numbers), 1) if other <= one]
    if falls:
        parts = pairwise([0, *falls, len(items)])
        return [block for begin, end in parts for block in build_list(items[begin:end], numbers[begin:end])]
    is_loose = any(map(_is_loose, items))
    contents = [tuple(join_blocks(item, not is_loose)) for item in items]
    if not numbers:
        contents = [item for item in contents if item]
    while contents and not contents[-1]:
        contents.pop()
    if not contents:
        return []
    kind: BlockKind = "numbers" if numbers else "bullets"
    block = OutputBlock(kind, [], tuple(item or ("&nbsp;",) for item in contents), tuple(numbers[: len(contents)]), is_loose)
    return [replace(block, lines=_number_items(block, "." if numbers else "-"))]


def _is_loose(item: list[OutputBlock]) -> bool:
    """Whether an item needs blank lines: otherwise a block after its text would continue that."""
    return any(
        block.kind not in ("bullets", "numbers") or (block.kind == "numbers" and block.numbers[0] != 1) or block.is_loose
        for block in item[1:]
    ) or any(first.kind == second.kind for first, second in pairwise(item))


def _number_items(block: OutputBlock, delimiter: str) -> list[str]:
    lines: list[str] = []
    for position, item in enumerate(block.items):
        marker = f"{block.numbers[position]}{delimiter} " if block.numbers else f"{delimiter} "
        lines += [""] * bool(lines and block.is_loose)
        lines += [f"{marker}{item[0]}", *(f"{' ' * len(marker)}{line}" if line else "" for line in item[1:])]
    return lines
