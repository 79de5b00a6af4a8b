"""The numbers of list items: those that a page shows, and those that differ from what was typed."""

from __future__ import annotations

from collections.abc import Sequence

BROKEN_NUMBER = '"{value}" breaks the numbers of its list. Write {right} there.{mended}'
"""The message for an item that is shown with another number than typed."""


def shown_numbers(typed: Sequence[int]) -> list[int]:
    """Return the numbers that a page shows for the items of one list.

    A number that jumps is kept: a quotation of resolutions 1, 5 and 8 says so. All numbers being the same is a convention
    for the next ones. A number that stands twice or goes back is counted on, by whichever reading keeps more of the others.

    >>> shown_numbers([1, 5, 8]), shown_numbers([1, 1, 1]), shown_numbers([1, 2, 2, 4]), shown_numbers([1, 3, 3])
    ([1, 5, 8], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3])
    """
    counted = list(range(typed[0], typed[0] + len(typed))) if typed else []
    if len(set(typed)) <= 1:
        return counted
    kept = [typed[0]]
    for number in typed[1:]:
        kept.append(number if number > kept[-1] else kept[-1] + 1)
    return kept if _count_changes(typed, kept) < _count_changes(typed, counted) else counted


def wrong_numbers(typed: Sequence[int]) -> list[int]:
    """Return the indexes of the items that are shown with another number than typed.

    >>> wrong_numbers([1, 5, 8]), wrong_numbers([1, 1, 1]), wrong_numbers([1, 2, 2, 4])
    ([], [], [2])
    """
    shown = shown_numbers(typed)
    return [index for index, number in enumerate(typed) if number != shown[index]] if len(set(typed)) > 1 else []


def _count_changes(typed: Sequence[int], shown: Sequence[int]) -> int:
    return sum(one != other for one, other in zip(typed, shown, strict=True))


def format_number(number: int, sample: str) -> str:
    """Return a number in the digits of a sample.

    >>> format_number(12, "٣.")
    '١٢'
    """
    zero = ord(sample[0]) - int(sample[0])
    return "".join(chr(zero + int(digit)) for digit in str(number))
