"""Tables: which hold data and which only lay out a page, and their rows as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from jisr.ingest.sanitize.node_tree import BLOCKS, ROWS, Node, number, words

_MOST_COLUMNS = 30
_MOST_LETTERS = 300  # a cell with more is a text of its own
_SIMPLE = frozenset(("p", "div"))


def rows(table: Node) -> list[list[Node]]:
    """Give the cells of a table by rows, without rows that hold nothing."""
    parts = [one for one in table.children if isinstance(one, Node)]
    found = [row for part in parts for row in (part.children if part.name in ROWS else [part]) if isinstance(row, Node)]
    cells = [[one for one in row.children if isinstance(one, Node) and one.name in ("td", "th")] for row in found]
    return [row for row in cells if any(words(cell).strip() or _has_picture(cell) for cell in row)]


def captions(table: Node) -> list[Node]:
    """Give what a table is headed by."""
    return [one for one in table.children if isinstance(one, Node) and one.name == "caption"]


def width(cell: Node) -> int:
    """Give how many columns a cell has."""
    return number(cell, "colspan", _MOST_COLUMNS) or 1


def is_data(found: Sequence[Sequence[Node]]) -> bool:
    """Whether rows are a table that a person reads as one: several rows and columns, and short words in the cells."""
    widths = [sum(map(width, row)) for row in found]
    if len(found) < 2 or max(widths) < 2 or max(widths) > _MOST_COLUMNS:
        return False
    return all(len(words(cell)) <= _MOST_LETTERS and not _holds_blocks(cell) for row in found for cell in row)


def _holds_blocks(cell: Node) -> bool:
    blocks = [one for one in cell.children if isinstance(one, Node) and one.name in BLOCKS]
    return any(one.name not in _SIMPLE or _holds_blocks(one) for one in blocks) or any(
        _holds_blocks(one) for one in cell.children if isinstance(one, Node) and one.name not in BLOCKS
    )


def _has_picture(node: Node) -> bool:
    return any(isinstance(one, Node) and (one.name == "img" or _has_picture(one)) for one in node.children)


def lines(shown: Sequence[Sequence[tuple[str, int]]]) -> list[str]:
    """Give rows of words, each with how many columns they take, as a table; its first row is its head.

    >>> lines([[("مدينة", 1), ("x", 1)], [("أربيل", 2)]])
    ['| مدينة | x |', '| --- | --- |', '| أربيل |  |']
    """
    filled = [[part for said, columns in row for part in [said, *[""] * (columns - 1)]] for row in shown]
    most = max(map(len, filled))
    full = [row + [""] * (most - len(row)) for row in filled]
    head, *rest = [f"| {' | '.join(row)} |" for row in full]
    return [head, f"|{' --- |' * most}", *rest]
