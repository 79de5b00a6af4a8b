"""The body of a new translation: each block of the original in a comment, next to the place for its translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from jisr.core.translation.blocks import TextBlock

_BORDER = re.compile(r"(?<!\\)\|")
_QUOTE = re.compile(r"(?:> ?)*")


def scaffold(blocks: Sequence[TextBlock]) -> str:
    r"""Return the body of a new translation. Comments are not rendered, and code is copied.

    >>> from jisr.core.translation.blocks import split_blocks
    >>> print(scaffold(split_blocks("## القرارات\n\n1. مدّ الجسور\n2. توثيق الصلة")))
    <!-- القرارات -->
    <BLANKLINE>
    ##
    <BLANKLINE>
    1.
       <!-- مدّ الجسور -->
    2.
       <!-- توثيق الصلة -->
    """
    pieces = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind == "item":
            pieces.append("\n".join(_scaffold_item(block) for block in group))
        elif kind == "row":
            pieces.append(_scaffold_table(list(group)))
        else:
            pieces += [_scaffold_block(block) for block in group]
    return "\n\n".join(pieces)


def _comment(text: str) -> str:
    return f"<!-- {text.replace('-->', '--&gt;').replace('--!>', '--!&gt;')} -->"


def _scaffold_block(block: TextBlock) -> str:
    if block.kind == "code":
        return "\n".join(block.lines)
    indent = re.match(r" {0,12}", block.lines[0])
    space = indent[0] if indent and not block.prefix else ""
    return f"{space}{_comment(block.text)}\n\n{space}{block.prefix}".rstrip() + ("" if block.prefix.strip() else "\n\n")


def _scaffold_item(block: TextBlock) -> str:
    """Return an empty item with the original inside it: above it, the comment would end the list."""
    match = _QUOTE.match(block.prefix)
    quote = match[0] if match else ""
    return f"{block.prefix.rstrip()}\n{quote}{' ' * (len(block.prefix) - len(quote))}{_comment(block.text)}"


def _scaffold_table(rows: list[TextBlock]) -> str:
    return "\n\n".join([_comment(" / ".join(row.text for row in rows)), "\n".join(_scaffold_rows(rows))])


def _scaffold_rows(rows: list[TextBlock]) -> Iterator[str]:
    for index, row in enumerate(rows):
        yield scaffold_row(row)
        if index == 0:
            yield scaffold_row(row, "---|")


def scaffold_row(row: TextBlock, cell: str = "  |") -> str:
    """Return a row of a table with as many cells, which are empty."""
    return f"{row.prefix}|{cell * (len(_BORDER.findall(row.text.strip('|'))) + 1)}"
