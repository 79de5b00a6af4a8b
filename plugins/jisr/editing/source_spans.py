"""The blocks of a body where they stand in it, and other words put in their place while every other line stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jisr.core.translation.blocks import TextBlock, split_blocks

_HARD_BREAK = re.compile(r"( {2,}|\\)$")


def block_words(block: TextBlock) -> str:
    r"""Return the words of a block as a translator sees them: on one line, but where its author wants a new one.

    >>> block_words(split_blocks("1. ئاو\\\n   و نان\n   و کار")[0])
    'ئاو\\\nو نان و کار'
    """
    pairs = zip(block.lines, block.lines[1:], strict=False)
    gaps = ["\n" if _HARD_BREAK.search(before) else " " for before, _ in pairs]
    return "".join(line.strip() + gap for line, gap in zip(block.lines, [*gaps, ""], strict=True))


def split_lines(body: str) -> list[str]:
    """Return the lines of a body with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", body)


def find_span(block: TextBlock, lines: Sequence[str], first: int, following: int) -> tuple[int, int]:
    """Return from where to where a block stands in the lines of a body whose first has the number ``first``.

    ``following`` is the number of the line where the next block begins. Raises ValueError where it cannot be told.
    """
    begin = block.line - first
    for end in range(begin + max(1, len(block.lines)), following - first + 1):
        found = split_blocks("".join(lines[begin:end]))
        if [(one.kind, one.text) for one in found] == [(block.kind, block.text)]:
            return begin, end
    raise ValueError(block.text)


def replace_words(block: TextBlock, raw: Sequence[str], text: str) -> str:
    """Return the lines of a block with other words in it. Raises ValueError where these would not be one block of its kind."""
    start = block.lines[0].strip()
    place = raw[0].find(start)
    if place < 0:
        raise ValueError(text)
    prefix, newline = raw[0][:place], raw[0][len(raw[0].rstrip("\r\n")) :]
    onward = re.sub(r"[^>\s]", " ", prefix)
    ends = "" if block.kind in ("heading", "row") else "  "
    lines = [line.strip() for line in text.strip().split("\n")]
    joined = "".join(f"{line}{'' if line.endswith(chr(92)) else ends}{newline or chr(10)}{onward}" for line in lines[:-1])
    rest = "".join(raw[len(block.lines) :]) if block.kind == "heading" else ""
    written = f"{prefix}{joined}{lines[-1]}{newline}{rest}"
    if [one.kind for one in split_blocks(written)] != [block.kind]:
        raise ValueError(text)
    return written


def replace_block_lines(body: str, found: Sequence[TextBlock], first: int, wanted: Mapping[int, str]) -> str:
    """Return a body with other lines for some of its blocks, by their place in ``found``; every other character stays.

    Raises ValueError where a block cannot be told from what surrounds it.
    """
    lines = split_lines(body)
    following = [block.line for block in found[1:]] + [first + len(lines)]
    for place in sorted(wanted, reverse=True):
        begin, end = find_span(found[place], lines, first, following[place])
        lines[begin:end] = [wanted[place]]
    return "".join(lines)
