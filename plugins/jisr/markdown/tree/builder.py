"""The blocks of a body as a tree of elements."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from jisr.markdown import attributes
from jisr.markdown.blocks.block_parser import BodyParser
from jisr.markdown.blocks.nodes import BlockNode
from jisr.markdown.blocks.tables import TableRow
from jisr.markdown.findings import Findings
from jisr.markdown.footnotes import Footnotes
from jisr.markdown.inline.inline_parser import InlineParser, build_simple_inline
from jisr.markdown.inline.raw_html import build_html
from jisr.markdown.source_map import Line, join_lines, strip_marks
from jisr.markdown.tree.element_builder import ElementBuilder

_MAX_FILLED_COLUMNS = 100  # columns up to which short rows are filled: no table needs more, and a wide one could cost minutes


class TreeBuilder:
    """The making of the tree of one body.

    ``lists`` are its ordered lists that stand in no other block, ``begins`` says on which line, counted from 0, a block begins.
    """

    def __init__(self, reading: BodyParser, findings: Findings, language: str) -> None:
        self.parser = reading
        self.findings = findings
        self.language = language
        self.notes = Footnotes(reading.notes, findings)
        self.ordered_lists: list[Element] = []
        self.part_lines: dict[Element, int] = {}
        self.root = Element("div")
        self._build_children(self.root, reading.document)
        self._build_footnotes()

    def _build_children(self, element: Element, container: BlockNode, tight: bool = False) -> None:
        growth = ElementBuilder(element, self.findings)
        for block in container.children:
            if block.kind == "html":
                build_html(growth, join_lines(block.lines), self.findings)
            elif block.kind == "paragraph":
                self._build_paragraph(growth, block, element if tight else None)
            elif block.kind != "note":
                element = self._build_element(block)
                self.part_lines[element] = block.number
                growth.add(element)
        growth.finish()

    def _build_element(self, block: BlockNode) -> Element:
        return _ELEMENT_BUILDERS[block.kind](self, block)

    def _build_paragraph(self, growth: ElementBuilder, block: BlockNode, item: Element | None) -> None:
        """Write a paragraph; in a tight list its words stand in the item itself."""
        lines, written = self._split_attributes(block.lines)
        if item is None and not lines:
            if growth.last is not None:
                self._set_attributes(growth.last, written, block)
                return
            lines, written = block.lines, ""
        if item is not None:
            if growth.last is not None:
                growth.add_text("\n")
            self._set_attributes(item, written, block)
            self._parse_inline(growth, lines)
            return
        paragraph = Element("p")
        self._set_attributes(paragraph, written, block)
        self._build_inline(paragraph, lines)
        self.part_lines[paragraph] = block.number
        growth.add(paragraph)

    def _split_attributes(self, lines: Sequence[Line]) -> tuple[Sequence[Line], str]:
        last = lines[-1].text.strip(" ")
        if last.endswith("}") and attributes.ATTRIBUTE_LINE.fullmatch(last):
            return lines[:-1], last
        return lines, ""

    def _set_attributes(self, element: Element, written: str, block: BlockNode) -> None:
        if written:
            number = block.lines[-1].number if block.lines else block.number
            column = block.lines[-1].column if block.lines else 0
            self.findings.set_attributes(element, attributes.parse_attributes(written.strip("{:} ")), (number, column))

    def _build_inline(self, element: Element, lines: Sequence[Line]) -> None:
        growth = ElementBuilder(element, self.findings)
        self._parse_inline(growth, lines)
        growth.finish()

    def _parse_inline(self, growth: ElementBuilder, lines: Sequence[Line]) -> None:
        if lines:
            last = lines[-1]
            trimmed = [*lines[:-1], Line(last.number, last.column, last.text.rstrip(" \t"))]
            whole = join_lines(trimmed)
            if not build_simple_inline(growth, whole):
                InlineParser(whole, self.parser.definitions, self.notes, self.findings).build(growth)

    def _build_heading(self, block: BlockNode) -> Element:
        heading = Element(f"h{max(2, block.indent_width)}")  # the title of the page is its h1
        last = block.lines[-1]
        text, written = attributes.split_trailing_list(last.text.rstrip(" "), marked=False)
        self.findings.positions[heading] = (block.lines[0].number, block.lines[0].column)
        if written:
            self._set_attributes(heading, written, block)
        self._build_inline(heading, [*block.lines[:-1], Line(last.number, last.column, text)])
        return heading

    def _build_quote(self, block: BlockNode) -> Element:
        quote = Element("blockquote")
        self._build_children(quote, block)
        return quote

    def _build_list(self, block: BlockNode) -> Element:
        first = block.marker.number if block.marker else None
        element = Element("ul" if first is None else "ol")
        if first not in (None, 1):
            element.set("start", str(first))
        if first is not None and block.parent is self.parser.document:
            self.ordered_lists.append(element)
        tight = block.tight
        for item in block.children:
            grown = SubElement(element, "li")
            self.part_lines[grown] = item.number
            self._build_children(grown, item, tight)
        return element

    def _build_code(self, block: BlockNode) -> Element:
        pre = Element("pre")
        code = SubElement(pre, "code")
        words = block.info.split()
        if words:
            code.set("class", f"language-{words[0].strip('{}.')}")
        code.text = strip_marks("".join(line.text + "\n" for line in block.lines))
        return pre

    def _build_rule(self, _block: BlockNode) -> Element:
        return Element("hr")

    def _build_description_list(self, block: BlockNode) -> Element:
        terms = Element("dl")
        for child in block.children:
            if child.kind == "term":
                lines, written = self._split_attributes(child.lines)
                term = SubElement(terms, "dt")
                self._set_attributes(term, written, child)
                self._build_inline(term, lines)
            else:
                self._build_children(
                    SubElement(terms, "dd"), child, tight=[one.kind for one in child.children] == ["paragraph"]
                )
        return terms

    def _build_table(self, block: BlockNode) -> Element:
        table = Element("table")
        if block.info:
            self._set_attributes(table, block.info, block)
        self._build_row(SubElement(SubElement(table, "thead"), "tr"), "th", block.rows[0], block.alignments)
        if len(block.rows) > 1:
            body = SubElement(table, "tbody")
            for row in block.rows[1:]:
                self._build_row(SubElement(body, "tr"), "td", row, block.alignments)
        return table

    def _build_row(self, element: Element, name: str, row: TableRow, sides: Sequence[str]) -> None:
        cells = row.cells()
        shown = sides if len(sides) <= _MAX_FILLED_COLUMNS else sides[: len(cells)]
        for number, side in enumerate(shown):
            cell = SubElement(element, name, {"class": side} if side else {})
            if number >= len(cells):
                continue
            line = cells[number]
            text, written = attributes.split_trailing_list(line.text, marked=True)
            self._build_inline(cell, [Line(line.number, line.column, text)])
            if written:
                self.findings.set_attributes(cell, attributes.parse_attributes(written), (line.number, line.column + len(text)))
        if len(cells) > len(sides):
            extra = cells[len(sides)]
            text = (
                '"{value}" stands beyond the last column of its table and is not shown. Add a column to the head of the table.'
            )
            self.findings.warning((extra.number, extra.column), "table", text, value=extra.text)

    def _build_footnotes(self) -> None:
        """Write the notes that the text refers to, and those that notes refer to, in the order of their marks."""
        written: list[Element] = []
        while len(written) < len(self.notes.order):
            item = Element("li", {"id": f"fn-{len(written) + 1}"})
            self._build_children(item, self.parser.notes[self.notes.order[len(written)]])
            written.append(item)
        for number, item in enumerate(written, start=1):
            self.notes.add_back_links(item, number, self.language)
        if written:
            notes = SubElement(self.root, "div", {"class": "footnotes", "role": "doc-endnotes"})
            SubElement(notes, "ol").extend(written)
        self.notes.warn_unused()


_ELEMENT_BUILDERS = {
    "heading": TreeBuilder._build_heading,
    "quote": TreeBuilder._build_quote,
    "list": TreeBuilder._build_list,
    "code": TreeBuilder._build_code,
    "rule": TreeBuilder._build_rule,
    "terms": TreeBuilder._build_description_list,
    "table": TreeBuilder._build_table,
}
