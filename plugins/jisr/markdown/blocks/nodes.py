"""Nodes of the block tree (paragraphs, lists, quotes, code, tables, footnotes), and the tree during parsing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from re import Pattern

from jisr.core.i18n.numbers import to_ascii_digits
from jisr.markdown.blocks import block_starts
from jisr.markdown.blocks.tables import TableRow
from jisr.markdown.inline.link_targets import LinkDefinition, match_definition, normalize_label
from jisr.markdown.source_map import Line, SourceMap, join_lines

_CONTAINER_KINDS = frozenset(["document", "quote", "item", "note", "meaning"])  # of any block
_TEXT_KINDS = frozenset(["paragraph", "code", "html"])
_PARENT_KINDS = {"item": "list", "term": "terms", "meaning": "terms"}


@dataclass(slots=True, eq=False)
class BlockNode:
    """A block, complete when all lines are parsed."""

    kind: str
    number: int
    column: int = 0
    parent: BlockNode | None = None
    children: list[BlockNode] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    open: bool = True
    blank_after: bool = False
    depth: int = 0
    marker: block_starts.ListMarker | None = None
    indent_width: int = 0  # indent of the content of an item, or the level of a heading
    fence: str = ""
    fence_end: bool = False
    info: str = ""  # the language of code, the name of a note, the attributes of a table, the underline of a heading
    end: Pattern[str] | None = None
    rows: list[TableRow] = field(default_factory=list)
    alignments: tuple[str, ...] = ()

    @property
    def tight(self) -> bool:
        """Whether there is no blank line between the items of a list or between the blocks of an item."""
        for item in self.children:
            last = item is self.children[-1]
            if item.blank_after and not last:
                return False
            for block in item.children:
                if not (last and block is item.children[-1]) and _ends_with_blank(block):
                    return False
        return True


def _ends_with_blank(block: BlockNode) -> bool:
    while not block.blank_after:
        if block.kind not in ("list", "item") or not block.children:
            return False
        block = block.children[-1]
    return True


def _can_contain(container: BlockNode, block: BlockNode) -> bool:
    parent_kind = _PARENT_KINDS.get(block.kind)
    return container.kind == parent_kind if parent_kind else container.kind in _CONTAINER_KINDS


def note_key(name: str) -> str:
    """Return what the name of a note is compared by: digits of any script are the same.

    >>> note_key("١"), note_key("Source")
    ('1', 'source')
    """
    return to_ascii_digits(normalize_label(name))


def remove_block(block: BlockNode) -> None:
    """Remove a block from the tree."""
    siblings = block.parent.children if block.parent else []
    if siblings and siblings[-1] is block:  # the usual case
        siblings.pop()
    elif block in siblings:
        siblings.remove(block)


class BlockTree:
    """The block tree during parsing: the open blocks, and the position in the present line."""

    def __init__(self, source_map: SourceMap) -> None:
        self.source_map = source_map
        self.document = self.tip = BlockNode("document", 0)
        self.definitions: list[LinkDefinition] = []
        self.text, self.offset, self.number = "", 0, 0

    @property
    def _blank(self) -> bool:
        return not self.text[self.offset :].strip(" \t")

    @property
    def _indent(self) -> int:
        return block_starts.indent_width(self.text, self.offset)

    @property
    def _is_no_break_indent(self) -> bool:
        """Whether an indent of four columns has no-break spaces, which indent no code and no paragraph of an item."""
        columns = self.source_map.no_break_columns.get(self.number)
        return columns is not None and not columns.isdisjoint(range(self.offset, self.offset + 4))

    def release(self) -> None:
        """Remove the references of blocks to their parents, which form cycles that only the garbage collector would free."""
        stack = [self.document]
        while stack:
            block = stack.pop()
            block.parent = None
            stack += block.children

    def _open(self, container: BlockNode, block: BlockNode) -> BlockNode:
        while not _can_contain(container, block):
            container = container.parent or self.document
        self._close_until(container)
        block.parent = container
        block.depth = container.depth + (block.kind in ("quote", "item", "note", "meaning"))
        container.children.append(block)
        self.tip = block
        return block

    def _close_until(self, block: BlockNode) -> None:
        while self.tip is not block and self.tip.parent is not None:
            self._close(self.tip)

    def _close(self, block: BlockNode) -> None:
        block.open = False
        if block.kind == "paragraph":
            self._consume_definitions(block)
            if not block.lines:
                remove_block(block)
        elif block.kind == "code" and not block.fence:
            while block.lines and not block.lines[-1].text.strip(" "):
                block.lines.pop()
        if block is self.tip:
            self.tip = block.parent or self.document

    def _consume_definitions(self, paragraph: BlockNode) -> None:
        """Remove link reference definitions from the beginning of a paragraph, and record them."""
        if not paragraph.lines or not paragraph.lines[0].text.startswith("["):
            return
        passage, end = join_lines(paragraph.lines), 0
        while definition := match_definition(passage.text, end):
            typed, place = " ".join(passage.text[end : definition.end].split()), passage.position_at(end)
            number, column = passage.position_at(definition.offset)
            self.definitions.append(replace(definition, number=number, column=column, typed=typed, place=place))
            end = definition.end
        del paragraph.lines[: passage.text.count("\n", 0, end) + (0 < end == len(passage.text) and passage.text[-1] != "\n")]

    def _record_blank(self, container: BlockNode) -> None:
        """Record blank lines: a list with one between its items is loose."""
        blank = self._blank
        if blank and container.children and container.children[-1].kind == "rule":
            container = container.children[-1]  # as cmark, which leaves a rule open: a blank line after it is not counted
        if blank and container.children:
            container.children[-1].blank_after = True
        is_first_line = container.kind == "item" and not container.children and container.number == self.number
        blank_after = blank and not is_first_line and container.kind not in ("quote", "heading", "rule") and not container.fence
        self._clear_blank(container)
        container.blank_after = blank_after

    @staticmethod
    def _clear_blank(container: BlockNode) -> None:
        parent = container.parent
        while parent is not None:
            parent.blank_after = False
            parent = parent.parent

    def _add_text(self, container: BlockNode) -> None:
        if container.kind in _TEXT_KINDS:
            self._add_line(container)
        elif not self._blank:
            self._add_line(self._open(container, BlockNode("paragraph", self.number)))

    def _add_line(self, block: BlockNode) -> None:
        at = self.offset if block.kind != "paragraph" else self.offset + self._indent
        text = self.text[at:]
        if block.kind == "code" and self.offset == 0 and block.depth == 0:
            text = self.source_map.raw_lines[self.number] if "\t" in self.source_map.raw_lines[self.number] else text
        block.lines.append(Line(self.number, at, text))
        if block.kind == "html" and block.end and block.end.search(text):
            self._close(block)
