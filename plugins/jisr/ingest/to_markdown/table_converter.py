"""The converter of tables: which contain data and which are layout, and their rows as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jisr.ingest.sanitize.node_tree import ROWS, HtmlNode, integer_attribute, text_content

_MAX_COLUMNS = 30
_MAX_ROWS = 1000
_MAX_CELL_LENGTH = 300  # characters; a longer cell is layout, unless the other cells say that it is data
_MAX_LONG_CELL_LENGTH = 3000
_LAYOUT_BLOCKS = frozenset(("table", "pre", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "dl"))

Row = list[HtmlNode | None]
"""The cells of a row by column; None where a cell of another row or column reaches."""


def table_rows(table: HtmlNode) -> list[Row]:
    """Return the cells of a table by row and column, without empty rows (https://html.spec.whatwg.org/#forming-a-table)."""
    sections: list[list[HtmlNode]] = [[]]
    for part in table.children:
        if isinstance(part, HtmlNode) and part.name in ROWS:
            sections += [[row for row in part.children if isinstance(row, HtmlNode)], []]
        elif isinstance(part, HtmlNode):
            sections[-1].append(part)
    rows = [row for section in sections for row in _section_rows(section)]
    return [row for row in rows if any(cell is not None and _has_content(cell) for cell in row)]


def _section_rows(section: Sequence[HtmlNode]) -> Iterator[Row]:
    """Yield the rows of a part of a table: a cell over several rows keeps its columns free below it."""
    reserved: dict[int, int] = {}  # column -> number of further rows that a cell above reaches into
    for row in section:
        cells: Row = []
        taken = {column for column, count in reserved.items() if count > 0}
        reserved = {column: count - 1 for column, count in reserved.items() if count > 1}
        for cell in row.children:
            if not isinstance(cell, HtmlNode) or cell.name not in ("td", "th"):
                continue
            while len(cells) in taken:
                cells.append(None)
            span = integer_attribute(cell, "rowspan", _MAX_ROWS)
            rows_below = _MAX_ROWS if span == 0 else (span or 1) - 1
            columns = range(len(cells), len(cells) + (integer_attribute(cell, "colspan", _MAX_COLUMNS) or 1))
            if columns.stop > 2 * _MAX_COLUMNS:
                columns = range(columns.start, columns.start + 1)  # no table of data, but its words stay
            elif rows_below:
                reserved |= dict.fromkeys(columns, rows_below)
            cells += [cell, *[None] * (len(columns) - 1)]
        yield cells


def table_captions(table: HtmlNode) -> list[HtmlNode]:
    """Return the captions of a table."""
    return [child for child in table.children if isinstance(child, HtmlNode) and child.name == "caption"]


def is_data_table(rows: Sequence[Row]) -> bool:
    """Whether rows are a table of data: several rows and columns, and texts in the cells, of which most are short."""
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or not 2 <= width <= _MAX_COLUMNS:
        return False
    cells = [cell for row in rows for cell in row if cell is not None]
    lengths = sorted(len(text_content(cell)) for cell in cells if _has_plain_words(cell)) or [0]
    has_heads = any(cell.name == "th" for cell in cells)
    is_mostly_short = lengths[(len(lengths) - 1) // 2] <= _MAX_CELL_LENGTH / 3
    longest = max(len(text_content(cell)) for cell in cells)
    return longest <= (_MAX_LONG_CELL_LENGTH if has_heads or is_mostly_short else _MAX_CELL_LENGTH) and not any(
        _contains(cell, _LAYOUT_BLOCKS) for cell in cells
    )


def _has_plain_words(node: HtmlNode) -> bool:
    """Whether a cell has words outside of links: a picture is a link with its caption."""
    return any(
        bool(child.strip()) if isinstance(child, str) else child.name != "a" and _has_plain_words(child)
        for child in node.children
    )


def _contains(node: HtmlNode, names: frozenset[str]) -> bool:
    return any(isinstance(child, HtmlNode) and (child.name in names or _contains(child, names)) for child in node.children)


def _has_content(cell: HtmlNode) -> bool:
    return bool(text_content(cell).strip()) or _contains(cell, frozenset(("img",)))


def mark_items(node: HtmlNode) -> HtmlNode:
    """Return a cell with signs before the items of its lists, which stand on one line."""
    number = integer_attribute(node, "start", 999_999) or 1
    children: list[HtmlNode | str] = []
    for child in node.children:
        if not isinstance(child, HtmlNode):
            children.append(child)
        elif child.name == "li":
            stated = integer_attribute(child, "value", 999_999)
            number = number if stated is None else stated
            mark = f"{number}." if node.name == "ol" else "•"
            children.append(HtmlNode("li", child.attributes, [f"{mark} ", *mark_items(child).children]))
            number += 1
        else:
            children.append(mark_items(child))
    return HtmlNode(node.name, node.attributes, children)


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of texts as the lines of a table; the first row is its head.

    >>> table_lines([["مدينة", "x"], ["أربيل"]])
    ['| مدينة | x |', '| --- | --- |', '| أربيل |  |']
    """
    column_count = max(map(len, rows))
    complete = [[*row, *[""] * (column_count - len(row))] for row in rows]
    head, *rest = [f"| {' | '.join(row)} |" for row in complete]
    return [head, f"|{' --- |' * column_count}", *rest]
