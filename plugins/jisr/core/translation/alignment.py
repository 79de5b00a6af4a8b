"""Two versions of a text side by side: which part of one stands beside which part of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, log

from jisr.core.frozen import dataclass

_GAP_COST = 1.0
"""What it costs that a part stands beside nothing; two that stand alone cost more than two that go ill together."""
_NEW_PART_COST = 0.9
_BAND_WIDTH = 100
"""How far parts may lie from the place that their order gives them: the time grows with the text alone."""


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A part of a body, as far as it is aligned.

    ``kind`` is the name of its element: only parts of one kind stand beside each other. ``anchor`` is its id where that is
    the same in all languages. ``size`` is the count of its letters. ``new``: the other version was made before it was there.
    """

    kind: str
    anchor: str = ""
    size: int = 0
    is_new: bool = False


AlignedPair = tuple[int | None, int | None]


def align(first: Sequence[BodyPart], second: Sequence[BodyPart]) -> tuple[AlignedPair, ...]:
    """Return couples of places in two versions, in their order; None where a part has nothing beside it.

    Parts keep their order and stand beside parts of their kind: items with the same anchor, paragraphs of like length where
    one version has more of them. The cheapest way through both is found as Needleman and Wunsch did for proteins
    (https://doi.org/10.1016/0022-2836(70)90057-4); that lengths tell which sentences belong together, Gale and Church
    (https://aclanthology.org/J93-1004/).

    >>> heading, first = BodyPart("h2"), BodyPart("li", "r1")
    >>> align([heading, BodyPart("p"), first], [heading, first, BodyPart("li", "r2")])
    ((0, 0), (1, None), (2, 1), (None, 2))
    """
    if [(one.kind, one.anchor) for one in first] == [(one.kind, one.anchor) for one in second]:
        return tuple((place, place) for place in range(len(first)))
    return tuple(reversed(list(_backtrack(first, second, _cost_matrix(first, second)))))


def _cost_matrix(first: Sequence[BodyPart], second: Sequence[BodyPart]) -> list[dict[int, float]]:
    """Return what it costs at least to get as far as each place of both versions, near the line between their ends."""
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
            together = above.get(j - 1, inf) + _substitution_cost(first[i - 1], second[j - 1]) if i and j else inf
            row[j] = min(together, above.get(j, inf) + _GAP_COST, row.get(j - 1, inf) + _GAP_COST)
        rows.append(row)
    return rows


def _backtrack(first: Sequence[BodyPart], second: Sequence[BodyPart], costs: list[dict[int, float]]) -> Iterator[AlignedPair]:
    """Return the couples of the cheapest way, the last first; what both have stands before what one has alone."""
    i, j = len(first), len(second)
    while i or j:
        here = costs[i][j]
        if j and costs[i].get(j - 1, inf) + _GAP_COST == here:
            j -= 1
            yield None, j
        elif i and costs[i - 1].get(j, inf) + _GAP_COST == here:
            i -= 1
            yield i, None
        else:
            i, j = i - 1, j - 1
            yield i, j


def _substitution_cost(one: BodyPart, other: BodyPart) -> float:
    """Return how ill two parts go together."""
    if one.kind != other.kind:
        return inf
    if one.anchor and other.anchor and one.kind != "p":  # a paragraph that is missing moves the numbers of all after it
        return 0.0 if one.anchor == other.anchor else inf
    lengths = min(0.8, abs(log((1 + one.size) / (1 + other.size))) / 2)
    return lengths + _NEW_PART_COST * (one.is_new + other.is_new)
