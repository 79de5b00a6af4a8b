"""Rules on numbered lists: a number that repeats or goes back or has another sign.

The lists are those of the parser of bodies, so that a check says what a page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from jisr.checks.lint_findings import Edit, Finding, fix_hint
from jisr.checks.masked_file import MaskedFile
from jisr.checks.masking import DIGITS
from jisr.checks.parsed_body import offset_at, parse_body
from jisr.core.diagnostics.problems import Phrase
from jisr.core.frozen import dataclass
from jisr.markdown.blocks.block_starts import ListMarker
from jisr.markdown.blocks.item_numbers import BROKEN_NUMBER, format_number, shown_numbers, wrong_numbers
from jisr.markdown.blocks.nodes import BlockNode
from jisr.markdown.blocks.swallowed_numbers import find_loose_numbers, find_swallowed_numbers

_MAY_HAVE_LISTS = re.compile(rf"^[^\S\r\n>*+-]*[{DIGITS}]{{1,9}}[.)]|[>*+.)-]\s+[{DIGITS}]{{1,9}}[.)]", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n\s*\n")
OTHER_SIGN = (
    '"{value}" begins another list, since "{sign}" stands behind the numbers above. Write {right} there where the list goes on.'
    "{mended}"
)


@dataclass(frozen=True, slots=True)
class _ListItem:
    offset: int
    number: int
    sign: str
    typed: str


def broken_numbers(page: MaskedFile) -> Iterator[Finding]:
    """Find each item that is shown with another number than typed, or whose sign begins a list of its own."""
    for items in _neighbouring_items(page):
        if len({item.sign for item in items}) > 1:
            yield from _sign_findings(page, items)
        else:
            yield from _number_findings(items)


def _neighbouring_items(page: MaskedFile) -> Iterator[list[_ListItem]]:
    """Return the items of each numbered list, and of lists that follow one another as if they were one."""
    if not _MAY_HAVE_LISTS.search(page.file.body):
        return
    parser = parse_body(page)
    stack = [parser.document]
    while stack:
        block = stack.pop()
        for is_numbered, blocks in groupby(block.children, key=_is_numbered):
            if is_numbered:
                items = [item for one in blocks for item in one.children]
                offsets = [offset_at(page, parser.source_map, item.number, item.column) for item in items]
                yield [_list_item(item.marker, at) for item, at in zip(items, offsets, strict=True) if item.marker]
        stack += reversed(block.children)
    parser.release()


def _is_numbered(block: BlockNode) -> bool:
    return block.kind == "list" and block.marker is not None and block.marker.number is not None


def _list_item(marker: ListMarker, offset: int) -> _ListItem:
    return _ListItem(offset, marker.number or 0, marker.delimiter, marker.typed)


def _number_findings(items: list[_ListItem]) -> Iterator[Finding]:
    """Find the items of one list that are shown with another number than typed."""
    typed = [item.number for item in items]
    shown = shown_numbers(typed)
    for index in wrong_numbers(typed):
        yield _finding(items[index], shown[index], items[index].sign, _is_unambiguous(items, index))


def _sign_findings(page: MaskedFile, items: list[_ListItem]) -> Iterator[Finding]:
    """Find the items with another sign than those before them, where their numbers are of one list."""
    first, sign = items[0].number, items[0].sign
    for index, item in enumerate(items[1:], 1):
        before, expected = items[index - 1], first + index
        follows = item.number in (before.number + 1, expected)
        is_lower = item.number <= before.number or _EMPTY_LINE.search(page.text, before.offset, item.offset)
        if item.sign != sign and is_lower and not follows and all(one.sign == item.sign for one in items[index:]):
            yield from _number_findings(items[index:])  # another sign begins another list
            return
        if item.sign == sign and (follows or item.number > before.number):
            continue
        certain = item.number == expected or _is_unambiguous(items, index)
        number = expected if certain else max(item.number if item.sign != sign else 0, before.number + 1)
        yield _finding(item, number, sign, certain)


def _finding(item: _ListItem, number: int, sign: str, certain: bool) -> Finding:
    right = format_number(number, item.typed) + sign
    edit = Edit(item.offset, item.offset + len(item.typed), right) if certain else None
    values: dict[str, str | Phrase] = {"value": item.typed, "right": right, "mended": fix_hint(certain)}
    if item.sign != sign:
        return Finding(item.offset, "numbering", OTHER_SIGN, {**values, "sign": sign}, edit)
    return Finding(item.offset, "numbering", BROKEN_NUMBER, values, edit)


def _is_unambiguous(items: list[_ListItem], index: int) -> bool:
    """Whether the items before and after have the numbers of their positions, so that one number is possible."""
    first = items[0].number
    if index + 1 == len(items):
        return False
    return (items[index - 1].number, items[index + 1].number) == (first + index - 1, first + index + 1)


def swallowed_numbers(page: MaskedFile) -> Iterator[Finding]:
    """Find each number that begins no item, or one of another list: within a paragraph, or the next number within an item."""
    if not _MAY_HAVE_LISTS.search(page.file.body):
        return
    parser = parse_body(page)
    for find in (find_swallowed_numbers, find_loose_numbers):
        for one in find(parser.document):
            offset = offset_at(page, parser.source_map, one.number, one.column)
            values = {"value": one.value, "escaped": one.escaped, "right": one.right}
            yield Finding(offset, "numbering", one.text, values)
    parser.release()
