"""Numbers that were meant to begin an item of a list, and that the item or paragraph above takes for its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.core.frozen import dataclass
from jisr.markdown.blocks.block_starts import DIGITS, ListMarker, match_marker
from jisr.markdown.blocks.item_numbers import shown_numbers
from jisr.markdown.blocks.nodes import BlockNode
from jisr.markdown.source_map import Line

SWALLOWED_NUMBER = (
    '"{value}" begins no item, since its line goes on with those above. Put an empty line above it where an item is meant, '
    'or write "{escaped}" where words are meant.'
)
NESTED_NUMBER = (
    '"{value}" stands within the item above, whose next number it has. Write it as far to the left as that item where '
    'it goes on, or write "{escaped}" where words are meant.'
)
LOOSE_NUMBER = (
    '"{value}" begins no item, and is a part of the item above, whose next number it has. Write "{right}" where an item is '
    'meant, or "{escaped}" where words are.'
)
# A number as word processors write it, or without a space behind it. Not "2-3 days": words follow.
_LOOSE = re.compile(
    rf"(?P<open>\(?)(?P<number>[{DIGITS}]{{1,2}})(?P<sign>[.)](?=[^\W\d_]|[«“\"(])"
    r"|[ \u00a0]?[-–—ـ/](?=[ \u00a0\t]+[^\W\d]|[^\W\d_])"
    r"|\)(?=[ \u00a0\t]+[^\W\d])|[ \u00a0]?:(?= +[^\W\d]))"
)


@dataclass(frozen=True, slots=True)
class SwallowedNumber:
    """A number that begins no item of its list: its line and column, the message, and its values."""

    number: int
    column: int
    text: str
    value: str
    escaped: str
    right: str = ""


def find_swallowed_numbers(document: BlockNode) -> Iterator[SwallowedNumber]:
    """Find each number that begins no item, or one of another list: within a paragraph, or the next number within an item."""
    stack = [document]
    while stack:
        block, last = stack.pop(), None
        for child in block.children:
            if child.kind == "list" and child.marker and child.marker.number is not None:
                last = shown_numbers([item.marker.number or 0 for item in child.children if item.marker])[-1]
                if _is_next_item(block, child.marker):
                    yield _swallowed(child.number, child.column, child.marker, NESTED_NUMBER)
            elif child.kind == "paragraph" and (line := _swallowed_line(child, last, block)):
                marker = match_marker(line.text, 0)
                if marker:
                    text = NESTED_NUMBER if _is_next_item(block, marker) else SWALLOWED_NUMBER
                    yield _swallowed(line.number, line.column, marker, text)
        stack += block.children


def find_loose_numbers(document: BlockNode) -> Iterator[SwallowedNumber]:
    """Find each next number of a list that is a part of the item above by its sign: ``2-``, ``(2)``, ``2.x``."""
    stack: list[tuple[BlockNode, dict[int, str]]] = [
        (document, {})
    ]  # with the next number of each list around it, and its sign
    while stack:
        block, expected = stack.pop()
        if block.kind == "item" and block.marker is not None and block.marker.number is not None:
            expected = {**expected, block.marker.number + 1: block.marker.delimiter}
        for line in block.lines[1:] if block.kind == "paragraph" else ():
            match = _LOOSE.match(line.text)
            if match and (sign := expected.get(int(match["number"]))):
                expected = {**expected, int(match["number"]) + 1: sign}
                yield _loose(line, match, sign)
        stack += [(child, expected) for child in block.children]


def _loose(line: Line, match: re.Match[str], sign: str) -> SwallowedNumber:
    typed, glued = match[0], line.text[match.end() :].split(maxsplit=1)[0] if not line.text[match.end()].isspace() else ""
    right = match["number"] + (match["sign"] if match["sign"] in ".)" and not match["open"] else sign)
    escaped = f"\\{typed}" if match["open"] else f"{match['number']}\\{match['sign'].strip()}"
    return SwallowedNumber(
        line.number, line.column, LOOSE_NUMBER, typed + glued, escaped + glued, f"{right} {glued}" if glued else right
    )


def _swallowed(number: int, column: int, marker: ListMarker, text: str) -> SwallowedNumber:
    return SwallowedNumber(number, column, text, marker.typed, f"{marker.typed[:-1]}\\{marker.typed[-1]}")


def _is_next_item(item: BlockNode, marker: ListMarker) -> bool:
    """Whether a list within an item begins with the number of the next item, which its own list does not have."""
    if item.kind != "item" or item.parent is None or not _has_next_number(item, marker):
        return False
    siblings = item.parent.children
    following = siblings[siblings.index(item) + 1 :][:1]
    return not following or following[0].marker is None or following[0].marker.number != marker.number


def _has_next_number(item: BlockNode, marker: ListMarker) -> bool:
    above = item.marker if item.kind == "item" else None
    return above is not None and marker.continues(above) and marker.number == (above.number or 0) + 1


def _is_in_outer_list(item: BlockNode, marker: ListMarker) -> bool:
    if item.kind != "item" or item.marker is None or item.parent is None or not marker.continues(item.marker):
        return False
    return any(one.marker is not None and one.marker.number == marker.number for one in item.parent.children)


def _swallowed_line(paragraph: BlockNode, last: int | None, holder: BlockNode) -> Line | None:
    """Return the first line of a paragraph, but for its first, whose number was meant to begin an item."""
    markers = [match_marker(line.text, 0) for line in paragraph.lines[1:]]
    for line, marker in zip(paragraph.lines[1:], markers, strict=True):
        if marker and (_has_next_number(holder, marker) or _is_in_outer_list(holder, marker)):
            return line
    numbers = [marker.number if marker else None for marker in markers]
    for line, number, following in zip(paragraph.lines[1:], numbers, [*numbers[1:], None], strict=False):
        if number is not None and ((last is not None and number == last + 1) or (following is not None and following > number)):
            return line
    return None
