"""The converter of tables: which contain data and which are layout, and their rows as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from jisr.ingest.sanitize.node_tree import BLOCKS, ROWS, HtmlNode, integer_attribute, text_content

_MAX_COLUMNS = 30
_MAX_CELL_LENGTH = 300  # characters; a longer cell is layout
_SIMPLE_BLOCKS = frozenset(("p", "div"))


def table_rows(table: HtmlNode) -> list[list[HtmlNode]]:
    """Return the cells of a table by row, without empty rows."""
    parts = [child for child in table.children if isinstance(child, HtmlNode)]
    rows = [row for part in parts for row in (part.children if part.name in ROWS else [part]) if isinstance(row, HtmlNode)]
    cells = [[child for child in row.children if isinstance(child, HtmlNode) and child.name in ("td", "th")] for row in rows]
    return [row for row in cells if any(text_content(cell).strip() or _has_picture(cell) for cell in row)]


def table_captions(table: HtmlNode) -> list[HtmlNode]:
    """Return the captions of a table."""
    return [child for child in table.children if isinstance(child, HtmlNode) and child.name == "caption"]


def column_span(cell: HtmlNode) -> int:
    """Return the number of columns of a cell."""
    return integer_attribute(cell, "colspan", _MAX_COLUMNS) or 1


def is_data_table(rows: Sequence[Sequence[HtmlNode]]) -> bool:
    """Whether rows are a table of data: several rows and columns, and short texts in the cells."""
    widths = [sum(map(column_span, row)) for row in rows]
    if len(rows) < 2 or max(widths) < 2 or max(widths) > _MAX_COLUMNS:
        return False
    return all(len(text_content(cell)) <= _MAX_CELL_LENGTH and not _holds_blocks(cell) for row in rows for cell in row)


def _holds_blocks(cell: HtmlNode) -> bool:
    blocks = [child for child in cell.children if isinstance(child, HtmlNode) and child.name in BLOCKS]
    return any(child.name not in _SIMPLE_BLOCKS or _holds_blocks(child) for child in blocks) or any(
        _holds_blocks(child) for child in cell.children if isinstance(child, HtmlNode) and child.name not in BLOCKS
    )


def _has_picture(node: HtmlNode) -> bool:
    return any(isinstance(child, HtmlNode) and (child.name == "img" or _has_picture(child)) for child in node.children)


def table_lines(rows: Sequence[Sequence[tuple[str, int]]]) -> list[str]:
    """Return rows of texts with their numbers of columns as the lines of a table; the first row is its head.

    >>> table_lines([[("مدينة", 1), ("x", 1)], [("أربيل", 2)]])
    ['| مدينة | x |', '| --- | --- |', '| أربيل |  |']
    """
    padded = [[cell for text, columns in row for cell in [text, *[""] * (columns - 1)]] for row in rows]
    column_count = max(map(len, padded))
    complete = [row + [""] * (column_count - len(row)) for row in padded]
    head, *rest = [f"| {' | '.join(row)} |" for row in complete]
    return [head, f"|{' --- |' * column_count}", *rest]
