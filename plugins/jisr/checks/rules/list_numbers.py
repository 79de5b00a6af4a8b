"""Rules on numbered lists: a number that repeats, is missing or has another sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from jisr.checks.lint_findings import Edit, Finding, fix_hint
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import DIGITS, OPAQUE
from jisr.core.frozen import dataclass

_ITEM = re.compile(rf"(?P<indent>[ \t\u00a0>]*+)(?P<number>[{DIGITS}]{{1,9}})(?P<sign>[.)])(?=[ \t\u00a0]|$)")
_BULLET = re.compile(r"[ \t\u00a0>]*+[-+*](?:[ \t\u00a0]|$)")
_LEAD = re.compile(r"[ \t\u00a0>]*+")

BROKEN_NUMBER = '"{value}" breaks the numbers of its list. Write {right} there.{mended}'


@dataclass(frozen=True, slots=True)
class _ListItem:
    offset: int
    number: int
    sign: str
    typed: str


@dataclass(slots=True)
class _ListParser:
    """The state of parsing a body: the open numbered lists, by indentation."""

    open_lists: dict[int, list[_ListItem]] = field(default_factory=dict)
    lists: list[list[_ListItem]] = field(default_factory=list)

    def close_lists(self, width: int) -> None:
        """Close the lists that are indented by this width or more."""
        for one in [one for one in self.open_lists if one >= width]:
            del self.open_lists[one]

    def add_item(self, item: _ListItem, width: int) -> None:
        """Add an item to the open list of its indentation, or begin a list."""
        self.close_lists(width + 1)
        widths = [one for one in self.open_lists if width - one < 2]
        if widths:
            self.open_lists[widths[-1]].append(item)
        else:
            self.open_lists[width] = [item]
            self.lists.append(self.open_lists[width])


def broken_numbers(page: MaskedFile) -> Iterator[Finding]:
    """Find each item whose number is not the next one; all the same (1. 1. 1.) is a convention, and no fault."""
    for items in _find_lists(page):
        if len({(one.number, one.sign) for one in items}) > 1:
            yield from _number_findings(items)


def _find_lists(page: MaskedFile) -> list[list[_ListItem]]:
    parser, blank = _ListParser(), True
    for start, line, words in page.lines:
        if not line.strip():
            blank = True
            continue
        marker = _ITEM.match(line)
        indent = _LEAD.match(line)
        width = len(indent[0].expandtabs(4)) if indent else 0
        if marker and not words.startswith(OPAQUE) and (blank or parser.open_lists or int(marker["number"]) == 1):
            number, sign = marker["number"], marker["sign"]
            parser.add_item(_ListItem(start + marker.start("number"), int(number), sign, number + sign), width)
        elif _BULLET.match(line) or line.startswith("#") or (blank and not words.startswith(OPAQUE)):
            parser.close_lists(width)
        blank = False
    return parser.lists


def _number_findings(items: list[_ListItem]) -> Iterator[Finding]:
    first, sign = items[0].number, items[0].sign
    for index, item in enumerate(items[1:], 1):
        before, expected = items[index - 1], first + index
        if item.sign != sign and item.number == 1 and all(one.sign == item.sign for one in items[index:]):
            yield from _number_findings(items[index:])  # another sign begins another list
            return
        if item.sign == sign and item.number in (before.number + 1, expected):
            continue
        certain = item.number == expected or _is_unambiguous(items, index)
        right = _format_number(expected if certain else before.number + 1, item.typed) + sign
        edit = Edit(item.offset, item.offset + len(item.typed), right) if certain else None
        values = {"value": item.typed, "right": right, "mended": fix_hint(certain)}
        yield Finding(item.offset, "numbering", BROKEN_NUMBER, values, edit)


def _is_unambiguous(items: list[_ListItem], index: int) -> bool:
    """Whether the items before and after have the numbers of their positions, so that one number is possible."""
    first = items[0].number
    if index + 1 == len(items):
        return False
    return (items[index - 1].number, items[index + 1].number) == (first + index - 1, first + index + 1)


def _format_number(number: int, sample: str) -> str:
    """Return a number in the digits of a sample.

    >>> _format_number(12, "٣.")
    '١٢'
    """
    zero = ord(sample[0]) - int(sample[0])
    return "".join(chr(zero + int(digit)) for digit in str(number))
