"""Parser of a body into blocks.

It parses line by line, as CommonMark describes it (https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy): a line
first continues open blocks, then may begin new ones, and the rest of it is text.
"""

from __future__ import annotations

from jisr.markdown.attributes import ATTRIBUTE_LINE
from jisr.markdown.blocks import block_starts
from jisr.markdown.blocks.nodes import BlockNode, BlockTree, note_key, remove_block
from jisr.markdown.blocks.tables import TableRow, match_header, parse_alignments
from jisr.markdown.findings import MAX_NESTING
from jisr.markdown.source_map import Line, SourceMap


class BodyParser(BlockTree):
    """Parses one body into blocks."""

    def __init__(self, source_map: SourceMap) -> None:
        super().__init__(source_map)
        self.notes: dict[str, BlockNode] = {}
        self.repeated_notes: list[BlockNode] = []
        self.nesting_position: tuple[int, int] | None = None
        self.sublist_line = -1  # the last line that began a sublist by its indent alone
        for self.number, self.text in enumerate(source_map.lines):
            self.offset = 0
            if not self._parse_plain_line():
                self._parse_line()
        self._close_until(self.document)

    def _parse_plain_line(self) -> bool:
        """Parse a line by the fast path, and return whether it applies.

        It applies to a blank line or one that begins with a letter, where at most a paragraph is open: most lines. The general
        path has the same result for them.
        """
        tip, text = self.tip, self.text
        if tip is not self.document and (tip.kind != "paragraph" or tip.parent is not self.document):
            return False
        if text[:1].isalpha():
            self.document.blank_after = tip.blank_after = False
            block = self._open(tip, BlockNode("paragraph", self.number)) if tip is self.document else tip
            block.lines.append(Line(self.number, 0, text))
        elif not text or self._blank:
            self._close_until(self.document)
            self._record_blank(self.document)
        else:
            return False
        return True

    # A line continues open blocks, or begins new ones.

    def _parse_line(self) -> None:
        container, all_matched = self._match_open_blocks()
        if container is None:
            return
        old_tip, unmatched = self.tip, not all_matched
        block = container if container.kind in ("code", "html") else self._open_new_blocks(container)
        if block is None:
            self._clear_blank(self.tip)
            return
        if unmatched and block is container and self.tip is old_tip and self.tip.kind == "paragraph" and not self._blank:
            self._add_line(self.tip)
            return
        self._close_until(block)
        self._record_blank(block)
        self._add_text(block)

    def _match_open_blocks(self) -> tuple[BlockNode | None, bool]:
        """Return the innermost block that the line continues, and whether it continues all open ones; None: it is consumed."""
        block = self.document
        while block.children and (child := block.children[-1]).open:
            continues = _CONTINUATIONS[child.kind](self, child)
            if continues is None:
                return None, True
            if not continues:
                return block, False
            block = child
        return block, True

    def _continues_always(self, _block: BlockNode) -> bool | None:
        return True

    def _continues_never(self, _block: BlockNode) -> bool | None:
        return False

    def _continues_until_blank(self, _block: BlockNode) -> bool | None:
        return not self._blank

    def _continues_quote(self, _block: BlockNode) -> bool | None:
        indent = self._indent
        match = block_starts.QUOTE.match(self.text, self.offset + indent) if indent < 4 else None
        if match is not None:
            self.offset = match.end()
        return match is not None

    def _continues_indented(self, block: BlockNode) -> bool | None:
        indent = self._indent
        fits = indent >= block.indent_width or self._begins_sublist(block)
        if fits and self._is_no_break_indent and not self._blank:
            fits = block_starts.match_marker(self.text, self.offset + indent) is not None
        self.offset += block.indent_width if fits else 0
        return fits or (self._blank and bool(block.children))

    def _begins_sublist(self, item: BlockNode) -> bool:
        """Whether the line is an item below a numbered one: any indent of two or more nests, whatever the number's width.

        The item then takes this indent for its own. The next number of its list stays in this list.
        """
        indent, above = self._indent, item.marker
        if above is None or above.number is None or indent < max(0, item.column - self.offset) + 2:
            return False
        at = self.offset + indent
        marker = block_starts.match_marker(self.text, at)
        if marker is None or marker.is_empty or block_starts.THEMATIC_BREAK.match(self.text, at):
            return False
        if marker.continues(above) and marker.number == above.number + 1:
            return False
        item.indent_width, self.sublist_line = indent, self.number
        return True

    def _continues_code(self, block: BlockNode) -> bool | None:
        indent = self._indent
        if block.fence:
            rest = self.text[self.offset + indent :].rstrip(" \t")
            if indent < 4 and len(rest) >= len(block.fence) and rest == block.fence[0] * len(rest):
                block.fence_end = True
                self._close_until(block)
                self._close(block)
                return None
            self.offset += min(indent, block.indent_width)
            return True
        if not self._blank and (indent < 4 or self._is_no_break_indent):
            return False
        self.offset += min(indent, 4)
        return True

    def _continues_html(self, block: BlockNode) -> bool | None:
        return block.end is not None or not self._blank

    # New blocks.

    def _open_new_blocks(self, container: BlockNode) -> BlockNode | None:
        """Open the blocks whose markers are in the line; return the innermost, or None where the line is consumed."""
        may_be_lazy = self.tip.kind == "paragraph"
        while container.kind not in ("code", "html"):
            indent = self._indent
            if indent >= 4 and self._is_no_break_indent:
                self.offset, indent = self.offset + indent, 0
            if indent >= 4:
                if container.kind == "table":
                    return self._add_row(container, self.offset)
                if not may_be_lazy and not self._blank:
                    self.offset += 4
                    container = self._open(container, BlockNode("code", self.number))
                return container
            if self._blank:
                return container
            block = self._open_one_block(container, indent)
            if block is None or block is container:
                return block
            container, may_be_lazy = block, False
        return container

    def _open_one_block(self, container: BlockNode, indent: int) -> BlockNode | None:
        """Open one block; return it, the container where none begins, or None where the line is consumed."""
        at = self.offset + indent
        character = self.text[at]
        if character == ">" and self._check_nesting(container, at):
            self.offset = block_starts.QUOTE.match(self.text, at).end()  # type: ignore[union-attr]
            return self._open(container, BlockNode("quote", self.number, at))
        if character == "#" and (heading := block_starts.HEADING.match(self.text, at)):
            self._add_heading(container, heading.end(), len(heading[1]))
            return None
        if character in "`~" and (fence := block_starts.FENCE.match(self.text, at)):
            info = (fence[2] or fence[4] or "").strip()
            self._open(
                container, BlockNode("code", self.number, at, fence=fence[1] or fence[3], info=info, indent_width=indent)
            )
            return None
        if character == "<":
            is_html, end = block_starts.match_html_block(self.text, at, container.kind == "paragraph")
            if is_html:
                return self._open(container, BlockNode("html", self.number, end=end))
        if character in "=-" and container.kind == "paragraph" and self._make_setext_heading(container, at):
            return None
        if character in "*-_" and block_starts.THEMATIC_BREAK.match(self.text, at):
            self._close(self._open(container, BlockNode("rule", self.number)))
            return None
        return self._open_item(container, at)

    def _open_item(self, container: BlockNode, at: int) -> BlockNode | None:
        marker, in_paragraph = block_starts.match_marker(self.text, at), container.kind == "paragraph"
        interrupts = not in_paragraph or self.sublist_line == self.number
        begins_item = marker and (interrupts or not (marker.is_empty or marker.number not in (None, 1)))
        if marker and begins_item and self._check_nesting(container, at):
            if container.kind != "list" or not container.children[0].marker.continues(marker):  # type: ignore[union-attr]
                container = self._open(container, BlockNode("list", self.number, at, marker=marker))
            item = BlockNode("item", self.number, at, marker=marker, indent_width=at - self.offset + marker.width)
            self.offset = min(at + marker.width, len(self.text))
            return self._open(container, item)
        character = self.text[at]
        if character == "[" and (note := block_starts.NOTE.match(self.text, at)) and self._check_nesting(container, at):
            self.offset = note.end()
            block = self._open(container, BlockNode("note", self.number, at, info=note[1], indent_width=4))
            if self.notes.setdefault(note_key(note[1]), block) is not block:
                self.repeated_notes.append(block)
            return block
        if character == ":" and (match := block_starts.DESCRIPTION.match(self.text, at)):
            meaning = self._open_description(container, at, len(match[0]))
            if meaning is not None:
                return meaning
        if "-" in self.text and in_paragraph and container.lines:
            return self._open_table(container)
        return self._add_row(container, at) if container.kind == "table" else container

    def _check_nesting(self, container: BlockNode, at: int) -> bool:
        if container.depth < MAX_NESTING:
            return True
        self.nesting_position = self.nesting_position or (self.number, at)
        return False

    def _add_heading(self, container: BlockNode, at: int, level: int) -> None:
        heading = self._open(container, BlockNode("heading", self.number, indent_width=level))
        text = self.text[at:].rstrip(" ")
        hashes = text.rfind(" #") + 1 or (0 if text.startswith("#") else len(text))
        end = block_starts.HEADING_END.search(text, max(0, hashes - 1)) if hashes < len(text) else None
        content = text[: end.start()] if end else text
        heading.lines.append(Line(self.number, at, content.rstrip(" ")))
        self._close(heading)

    def _make_setext_heading(self, paragraph: BlockNode, at: int) -> bool:
        match = block_starts.UNDERLINE.match(self.text, at)
        if match is None:
            return False
        self._consume_definitions(paragraph)
        if not paragraph.lines:
            return False
        paragraph.kind, paragraph.indent_width, paragraph.info = "heading", 1 if match[1][0] == "=" else 2, match[1]
        self._close_until(paragraph)
        self._close(paragraph)
        return True

    def _open_description(self, container: BlockNode, at: int, width: int) -> BlockNode | None:
        """Open a description: its term is the paragraph before it, or it is a further description of the last term."""
        if container.kind == "paragraph":
            self._consume_definitions(container)
            term: BlockNode | None = container
            holder = container.parent
        else:
            holder = container.parent if container.kind == "terms" else container
            last = holder.children[-1] if holder and holder.children else None
            term = last if last and last.kind == "paragraph" else None
            if term is None and not (last and last.kind == "terms"):
                return None
        if holder is None or holder.depth >= MAX_NESTING - 1 or (term and not term.lines):
            return None
        terms = self._description_list(holder, term)
        self.offset = at + width
        return self._open(terms, BlockNode("meaning", self.number, at, indent_width=width))

    def _description_list(self, holder: BlockNode, term: BlockNode | None) -> BlockNode:
        self._close_until(holder)
        if term is not None:
            remove_block(term)
        last = holder.children[-1] if holder.children else None
        if last is None or last.kind != "terms":
            last = self._open(holder, BlockNode("terms", term.number if term else self.number))
        last.open, self.tip = True, last
        for line in term.lines if term else ():
            self._close(self._open(last, BlockNode("term", line.number, lines=[line])))
        return last

    def _open_table(self, paragraph: BlockNode) -> BlockNode | None:
        alignments = parse_alignments(self.text[self.offset :])
        row = match_header(paragraph.lines[-1], len(alignments)) if alignments else None
        if row is None:
            return paragraph
        parent = paragraph.parent
        paragraph.lines.pop()
        if not paragraph.lines and parent:
            remove_block(paragraph)
            self.tip = parent
        container = paragraph if paragraph.lines else parent or self.document
        self._open(container, BlockNode("table", self.number - 1, rows=[row], alignments=alignments))
        return None

    def _add_row(self, table: BlockNode, at: int) -> BlockNode | None:
        text = self.text[at:]
        if ATTRIBUTE_LINE.fullmatch(text.strip()):
            table.info = text.strip()
        else:
            table.rows.append(TableRow(self.number, at, text))
        return None


_CONTINUATIONS = {
    "list": BodyParser._continues_always,
    "terms": BodyParser._continues_always,
    "quote": BodyParser._continues_quote,
    "item": BodyParser._continues_indented,
    "note": BodyParser._continues_indented,
    "meaning": BodyParser._continues_indented,
    "paragraph": BodyParser._continues_until_blank,
    "table": BodyParser._continues_until_blank,
    "code": BodyParser._continues_code,
    "html": BodyParser._continues_html,
    "heading": BodyParser._continues_never,
    "rule": BodyParser._continues_never,
}
