"""Tables: which hold data and which only lay out a page, and their rows as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from jisr.ingest.sanitize.node_tree import BLOCKS, ROWS, HtmlNode, integer_attribute, text_content

_MAX_COLUMNS = 30
_MAX_CELL_LENGTH = 300  # a cell with more is a text of its own
_SIMPLE_BLOCKS = frozenset(("p", "div"))


def table_rows(table: HtmlNode) -> list[list[HtmlNode]]:
    """Return the cells of a table by rows, without rows that hold nothing."""
    parts = [one for one in table.children if isinstance(one, HtmlNode)]
    found = [row for part in parts for row in (part.children if part.name in ROWS else [part]) if isinstance(row, HtmlNode)]
    cells = [[one for one in row.children if isinstance(one, HtmlNode) and one.name in ("td", "th")] for row in found]
    return [row for row in cells if any(text_content(cell).strip() or _has_picture(cell) for cell in row)]


def table_captions(table: HtmlNode) -> list[HtmlNode]:
    """Return what a table is headed by."""
    return [one for one in table.children if isinstance(one, HtmlNode) and one.name == "caption"]


def column_span(cell: HtmlNode) -> int:
    """Return how many columns a cell has."""
    return integer_attribute(cell, "colspan", _MAX_COLUMNS) or 1


def is_data_table(found: Sequence[Sequence[HtmlNode]]) -> bool:
    """Whether rows are a table that a person reads as one: several rows and columns, and short words in the cells."""
    widths = [sum(map(column_span, row)) for row in found]
    if len(found) < 2 or max(widths) < 2 or max(widths) > _MAX_COLUMNS:
        return False
    return all(len(text_content(cell)) <= _MAX_CELL_LENGTH and not _holds_blocks(cell) for row in found for cell in row)


def _holds_blocks(cell: HtmlNode) -> bool:
    blocks = [one for one in cell.children if isinstance(one, HtmlNode) and one.name in BLOCKS]
    return any(one.name not in _SIMPLE_BLOCKS or _holds_blocks(one) for one in blocks) or any(
        _holds_blocks(one) for one in cell.children if isinstance(one, HtmlNode) and one.name not in BLOCKS
    )


def _has_picture(node: HtmlNode) -> bool:
    return any(isinstance(one, HtmlNode) and (one.name == "img" or _has_picture(one)) for one in node.children)


def table_lines(shown: Sequence[Sequence[tuple[str, int]]]) -> list[str]:
    """Return rows of words, each with how many columns they take, as a table; its first row is its head.

    >>> table_lines([[("مدينة", 1), ("x", 1)], [("أربيل", 2)]])
    ['| مدينة | x |', '| --- | --- |', '| أربيل |  |']
    """
    filled = [[part for said, columns in row for part in [said, *[""] * (columns - 1)]] for row in shown]
    most = max(map(len, filled))
    full = [row + [""] * (most - len(row)) for row in filled]
    head, *rest = [f"| {' | '.join(row)} |" for row in full]
    return [head, f"|{' --- |' * most}", *rest]
