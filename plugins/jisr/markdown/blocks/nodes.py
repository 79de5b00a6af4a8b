"""The blocks of a body: paragraphs, lists, quotes, code, tables, notes; and the tree of them while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from re import Pattern

from jisr.markdown.blocks import block_starts
from jisr.markdown.blocks.tables import TableRow
from jisr.markdown.inline.link_targets import LinkDefinition, match_definition
from jisr.markdown.source_map import Line, SourceMap, join_lines

MAX_NESTING = 100
"""Deeper than this a page cannot show containers in containers."""

_CONTAINER_KINDS = frozenset(["document", "quote", "list", "item", "note", "terms", "meaning"])
_TEXT_KINDS = frozenset(["paragraph", "code", "html"])
_PARENT_KINDS = {"item": "list", "term": "terms", "meaning": "terms"}


@dataclass(slots=True, eq=False)
class BlockNode:
    """A block while it is read; it is complete when all lines are."""

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
    indent_width: int = 0  # how far what belongs to an item is indented, or the level of a heading
    fence: str = ""
    info: str = ""  # the language of code, the name of a note, the attributes of a table
    end: Pattern[str] | None = None
    rows: list[TableRow] = field(default_factory=list)
    alignments: tuple[str, ...] = ()

    @property
    def tight(self) -> bool:
        """Whether no blank line stands between the items of a list, nor between the blocks of an item."""
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
    part_of = _PARENT_KINDS.get(block.kind)
    return (
        container.kind == part_of if part_of else container.kind in _CONTAINER_KINDS and container.kind not in ("list", "terms")
    )


def remove_block(block: BlockNode) -> None:
    """Take a block out of the tree."""
    siblings = block.parent.children if block.parent else []
    if siblings and siblings[-1] is block:  # as nearly always
        siblings.pop()
    elif block in siblings:
        siblings.remove(block)


class BlockTree:
    """The tree of blocks at a line of a body: what is open, and the line that is read."""

    def __init__(self, sheet: SourceMap) -> None:
        self.sheet = sheet
        self.document = self.tip = BlockNode("document", 0)
        self.definitions: dict[str, LinkDefinition] = {}
        self.text, self.offset, self.number = "", 0, 0

    @property
    def _blank(self) -> bool:
        return not self.text[self.offset :].strip(" \t")

    @property
    def _indent(self) -> int:
        return block_starts.indent_width(self.text, self.offset)

    def release(self) -> None:
        """Let go of the tree, whose blocks know what they stand in: what knows itself stays until it is collected."""
        waiting = [self.document]
        while waiting:
            block = waiting.pop()
            block.parent = None
            waiting += block.children

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
        """Take the definitions of links from the beginning of a paragraph."""
        if not paragraph.lines or not paragraph.lines[0].text.startswith("["):
            return
        whole, end = join_lines(paragraph.lines), 0
        while found := match_definition(whole.text, end):
            number, column = whole.position_at(found.offset)
            self.definitions.setdefault(found.label, LinkDefinition(found.label, found.target, found.title, number, column))
            end = found.end
        del paragraph.lines[: whole.text.count("\n", 0, end) + (0 < end == len(whole.text) and whole.text[-1] != "\n")]

    def _record_blank(self, container: BlockNode) -> None:
        """Remember blank lines: a list with one between its items is a loose one."""
        blank = self._blank
        if blank and container.children and container.children[-1].kind == "rule":
            container = container.children[-1]  # as cmark, which leaves a rule open: a blank line after it counts for none
        if blank and container.children:
            container.children[-1].blank_after = True
        begins = container.kind == "item" and not container.children and container.number == self.number
        own = blank and not begins and container.kind not in ("quote", "heading", "rule") and not container.fence
        self._clear_blank(container)
        container.blank_after = own

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
            text = self.sheet.raw_lines[self.number] if "\t" in self.sheet.raw_lines[self.number] else text
        block.lines.append(Line(self.number, at, text))
        if block.kind == "html" and block.end and block.end.search(text):
            self._close(block)
