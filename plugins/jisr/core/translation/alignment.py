"""Alignment of two versions of a text: which part of one corresponds to which part of the other."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from math import inf, log

from jisr.core.frozen import dataclass
from jisr.core.translation.blocks import TextBlock

_NUMBER = re.compile(r"\d+")

_GAP_COST = 1.0
"""The cost of an unaligned part; two unaligned parts cost more than a poorly matching pair."""
_NEW_PART_COST = 0.9
_BAND_WIDTH = 100
"""Maximal distance of a pair from the diagonal, so that the time grows linearly with the text."""


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A part of a body, with the properties that alignment compares.

    ``kind`` is the name of its element: only parts of one kind are aligned. ``anchor`` is its id where that is the same in
    all languages. ``size`` is the count of its letters. ``is_new``: it was added after the other version was translated.
    """

    kind: str
    anchor: str = ""
    size: int = 0
    is_new: bool = False


AlignedPair = tuple[int | None, int | None]


def align(first: Sequence[BodyPart], second: Sequence[BodyPart]) -> tuple[AlignedPair, ...]:
    """Return the pairs of indexes of aligned parts, in order; None where a part has no counterpart.

    Parts keep their order and are aligned with parts of their kind: items with the same anchor, paragraphs of similar length
    where one version has more of them. The algorithm is that of Needleman and Wunsch
    (https://doi.org/10.1016/0022-2836(70)90057-4); lengths as evidence for the alignment of sentences are from Gale and
    Church (https://aclanthology.org/J93-1004/).

    >>> heading, first = BodyPart("h2"), BodyPart("li", "r1")
    >>> align([heading, BodyPart("p"), first], [heading, first, BodyPart("li", "r2")])
    ((0, 0), (1, None), (2, 1), (None, 2))
    """
    if [(one.kind, one.anchor) for one in first] == [(one.kind, one.anchor) for one in second]:
        return tuple((index, index) for index in range(len(first)))
    return tuple(reversed(list(_backtrack(first, second, _cost_matrix(first, second)))))


def align_blocks(
    first: Sequence[TextBlock], second: Sequence[TextBlock], new: Container[TextBlock] = ()
) -> tuple[AlignedPair, ...]:
    """Return the pairs of indexes of aligned blocks; ``new`` are those of the first that the second cannot have."""
    return align(_block_parts(first, new), _block_parts(second, ()))


def _block_parts(blocks: Sequence[TextBlock], new: Container[TextBlock]) -> list[BodyPart]:
    """Return blocks for alignment: items by their number, unless all of them have the number 1."""
    numbers = [_NUMBER.search(block.prefix) if block.kind == "item" else None for block in blocks]
    counted = any(number and int(number[0]) != 1 for number in numbers)
    return [_block_part(block, number, counted, block in new) for block, number in zip(blocks, numbers, strict=True)]


def _block_part(block: TextBlock, number: re.Match[str] | None, counted: bool, is_new: bool) -> BodyPart:
    kind = f"{block.kind} {block.prefix.count('#')}{'.' if number else ''}" if block.kind in ("heading", "item") else block.kind
    return BodyPart(kind, str(int(number[0])) if number and counted else "", len(block.text), is_new)


def _cost_matrix(first: Sequence[BodyPart], second: Sequence[BodyPart]) -> list[dict[int, float]]:
    """Return the minimal cost of each pair of prefixes of both versions, in a band around the diagonal."""
    rows: list[dict[int, float]] = []
    slope = len(second) / max(1, len(first))
    reach = _BAND_WIDTH + int(slope)
    for i in range(len(first) + 1):
        row: dict[int, float] = {}
        above = rows[i - 1] if i else {}
        for j in range(max(0, int(i * slope) - reach), min(len(second), int(i * slope) + reach) + 1):
            if i == j == 0:
                row[j] = 0.0
                continue
            substitution = above.get(j - 1, inf) + _substitution_cost(first[i - 1], second[j - 1]) if i and j else inf
            row[j] = min(substitution, above.get(j, inf) + _GAP_COST, row.get(j - 1, inf) + _GAP_COST)
        rows.append(row)
    return rows


def _backtrack(first: Sequence[BodyPart], second: Sequence[BodyPart], costs: list[dict[int, float]]) -> Iterator[AlignedPair]:
    """Return the pairs of the cheapest path, the last first; on a tie, aligned parts come before unaligned ones."""
    i, j = len(first), len(second)
    while i or j:
        cost = costs[i][j]
        if j and costs[i].get(j - 1, inf) + _GAP_COST == cost:
            j -= 1
            yield None, j
        elif i and costs[i - 1].get(j, inf) + _GAP_COST == cost:
            i -= 1
            yield i, None
        else:
            i, j = i - 1, j - 1
            yield i, j


def _substitution_cost(one: BodyPart, other: BodyPart) -> float:
    """Return the cost of aligning two parts."""
    if one.kind != other.kind:
        return inf
    if one.anchor and other.anchor and one.kind != "p":  # a missing paragraph shifts the numbers of all after it
        return 0.0 if one.anchor == other.anchor else inf
    lengths = min(0.8, abs(log((1 + one.size) / (1 + other.size))) / 2)
    return lengths + _NEW_PART_COST * (one.is_new + other.is_new)
