"""Numbered lists whose numbers are broken: one twice, one left out, one with another sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from jisr.checks.lint_findings import Edit, Finding, remedy
from jisr.checks.masking import DIGITS, OPAQUE
from jisr.checks.source_text_positions import MaskedFile
from jisr.core.frozen import dataclass

_ITEM = re.compile(rf"(?P<indent>[ \t\u00a0>]*+)(?P<number>[{DIGITS}]{{1,9}})(?P<sign>[.)])(?=[ \t\u00a0]|$)")
_BULLET = re.compile(r"[ \t\u00a0>]*+[-+*](?:[ \t\u00a0]|$)")
_TYPED_NUMBER = re.compile(rf"(?:\((?P<inside>[{DIGITS}]{{1,2}})\)|(?P<before>[{DIGITS}]{{1,2}}) ?[-–—])(?=[ \u00a0]+\S)")
_LEAD = re.compile(r"[ \t\u00a0>]*+")

BROKEN_NUMBER = '"{value}" breaks the numbers of its list. Write {right} there.{mended}'
NO_LIST_ITEM = '"{value}" begins no item of a list. Write "{right}" where one is meant.'


@dataclass(frozen=True, slots=True)
class _ListItem:
    offset: int
    number: int
    sign: str
    typed: str


@dataclass(slots=True)
class _ListParser:
    """A body while it is read: the numbered lists that are open, by how far they are indented."""

    open_lists: dict[int, list[_ListItem]] = field(default_factory=dict)
    lists: list[list[_ListItem]] = field(default_factory=list)

    def close_lists(self, width: int) -> None:
        """Close the lists that are indented as far or farther."""
        for one in [one for one in self.open_lists if one >= width]:
            del self.open_lists[one]

    def add_item(self, item: _ListItem, width: int) -> None:
        """Take an item."""
        self.close_lists(width + 1)
        near = [one for one in self.open_lists if width - one < 2]
        if near:
            self.open_lists[near[-1]].append(item)
        else:
            self.open_lists[width] = [item]
            self.lists.append(self.open_lists[width])


def broken_numbers(page: MaskedFile) -> Iterator[Finding]:
    """Return each item whose number is not the next one; all alike (1. 1. 1.) is a custom, and no fault."""
    for items in _find_lists(page):
        if len({(one.number, one.sign) for one in items}) > 1:
            yield from _number_findings(items)


def _find_lists(page: MaskedFile) -> list[list[_ListItem]]:
    reading, blank = _ListParser(), True
    for begin, line, words in page.lines:
        if not line.strip():
            blank = True
            continue
        found = _ITEM.match(line)
        lead = _LEAD.match(line)
        width = len(lead[0].expandtabs(4)) if lead else 0
        if found and not words.startswith(OPAQUE) and (blank or reading.open_lists or int(found["number"]) == 1):
            item = _ListItem(
                begin + found.start("number"), int(found["number"]), found["sign"], found["number"] + found["sign"]
            )
            reading.add_item(item, width)
        elif _BULLET.match(line) or line.startswith("#") or (blank and not words.startswith(OPAQUE)):
            reading.close_lists(width)
        blank = False
    return reading.lists


def _number_findings(items: list[_ListItem]) -> Iterator[Finding]:
    first, sign = items[0].number, items[0].sign
    for place, item in enumerate(items[1:], 1):
        before, due = items[place - 1], first + place
        if item.sign != sign and item.number == 1 and all(one.sign == item.sign for one in items[place:]):
            yield from _number_findings(items[place:])  # another list, which its own sign begins
            return
        if item.sign == sign and item.number in (before.number + 1, due):
            continue
        right = (
            _format_number(due if item.number == due or _is_unambiguous(items, place) else before.number + 1, item.typed) + sign
        )
        certain = item.number == due or _is_unambiguous(items, place)
        edit = Edit(item.offset, item.offset + len(item.typed), right) if certain else None
        values = {"value": item.typed, "right": right, "mended": remedy(certain)}
        yield Finding(item.offset, "numbering", BROKEN_NUMBER, values, edit)


def _is_unambiguous(items: list[_ListItem], place: int) -> bool:
    """Whether the items before and after have the numbers that their places give them, so that one number is possible."""
    first = items[0].number
    if place + 1 == len(items):
        return False
    return (items[place - 1].number, items[place + 1].number) == (first + place - 1, first + place + 1)


def _format_number(number: int, typed: str) -> str:
    """Return a number in the digits of what was typed.

    >>> _format_number(12, "٣.")
    '١٢'
    """
    zero = ord(typed[0]) - int(typed[0])
    return "".join(chr(zero + int(digit)) for digit in str(number))


def typed_numbers(page: MaskedFile) -> Iterator[Finding]:
    """Return each line that begins with the next number as word processors write it (1- or (1)), where two or more do."""
    runs: list[list[tuple[int, str, str]]] = []
    for begin, line, words in page.lines:
        typed = None if words.startswith(OPAQUE) else _TYPED_NUMBER.match(line)
        if typed is None:
            continue
        number = typed["inside"] or typed["before"]
        if not runs or int(number) != int(runs[-1][-1][1]) + 1:
            runs.append([])
        runs[-1].append((begin, number, typed[0]))
    for run in runs:
        if len(run) > 1 and int(run[0][1]) == 1:
            for begin, number, mark in run:
                yield Finding(begin, "numbering", NO_LIST_ITEM, {"value": mark, "right": f"{number}."})
