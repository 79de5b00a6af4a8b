"""A translation that is to be written: the original's blocks as comments, each beside the place for its translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from jisr.core.translation.blocks import TextBlock

_QUOTE = re.compile(r"(?:> ?)*")


def scaffold(blocks: Sequence[TextBlock]) -> str:
    r"""Return the body of a new translation. Comments are shown on no page, and code stands as it is.

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
    """Return a place for an item with the original below it, inside the item: above it, it would end the list."""
    quote = _QUOTE.match(block.prefix)
    begun = quote[0] if quote else ""
    return f"{block.prefix.rstrip()}\n{begun}{' ' * (len(block.prefix) - len(begun))}{_comment(block.text)}"


def _scaffold_table(rows: list[TextBlock]) -> str:
    return "\n\n".join([_comment(" / ".join(row.text for row in rows)), "\n".join(_scaffold_rows(rows))])


def _scaffold_rows(rows: list[TextBlock]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = row.text.strip("|").count("|") + 1
        yield row.prefix + "|" + "  |" * cells
        if number == 0:
            yield row.prefix + "|" + "---|" * cells
