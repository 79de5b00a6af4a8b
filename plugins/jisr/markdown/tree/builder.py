"""Conversion of the blocks of a body to a tree of elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from jisr.markdown import attributes
from jisr.markdown.blocks.block_parser import BodyParser
from jisr.markdown.blocks.item_numbers import BROKEN_NUMBER, format_number, shown_numbers, wrong_numbers
from jisr.markdown.blocks.nodes import BlockNode
from jisr.markdown.blocks.prose import is_prose
from jisr.markdown.blocks.swallowed_numbers import find_loose_numbers, find_swallowed_numbers
from jisr.markdown.blocks.tables import TableRow
from jisr.markdown.findings import Findings
from jisr.markdown.footnotes import Footnotes
from jisr.markdown.inline.inline_parser import InlineParser, build_simple_inline
from jisr.markdown.inline.link_definitions import LinkDefinitions
from jisr.markdown.inline.media_elements import build_figure
from jisr.markdown.inline.raw_html import build_html
from jisr.markdown.source_map import Line, join_lines, strip_marks
from jisr.markdown.tree.element_builder import ElementBuilder

_MAX_FILLED_COLUMNS = 100  # short rows are filled up to this column: no table needs more, and a wide one could take minutes

_NUMBER_ALONE = '"{value}" begins a list with a single item. Write {right} where a year or another number is meant.'
_PHONE_PLUS = '"{value}" is the item of a list, and loses its plus. Write {right} where a phone number is meant.'
_OPEN_FENCE = (
    '"{value}" begins code that does not end, so that all that follows is code. Write {value} on a line below the code.'
)
_UNDERLINED = (
    '"{value}" becomes a heading, since {underline} stands right below it. Leave an empty line between them, and write --- '
    "where a line across the page is meant."
)
_MORE_THAN = '"{value}" becomes a quotation. Write {right} where more than a number is meant.'
_NUMBER = re.compile(r"> ?[$€£]?[0-9\u0660-\u0669\u06f0-\u06f9][\d.,٫٬]*(?<!\D)")
_PHONE = re.compile(r"\+ +(\(?\d{1,4}\)?(?:[ \-.()/]*\d){6,14})(?!\d)")
_SENTENCE_END = re.compile(r"[.!?؟:؛;،,…۔]\W*$")


class TreeBuilder:
    """Builds the tree of one body.

    ``ordered_lists`` are its top-level ordered lists, ``part_lines`` the first lines of its blocks, counted from 0.
    """

    def __init__(self, parser: BodyParser, findings: Findings, language: str, is_statement: bool = False) -> None:
        self.parser = parser
        self.findings = findings
        self.language = language
        self.is_statement = is_statement
        self.notes = Footnotes(parser.notes, findings)
        self.definitions = LinkDefinitions(parser.definitions, findings)
        self.ordered_lists: list[Element] = []
        self.part_lines: dict[Element, int] = {}
        self.root = Element("div")
        self._build_children(self.root, parser.document)
        self._build_footnotes()
        if is_statement:
            self._report_swallowed_numbers()

    def _report_swallowed_numbers(self) -> None:
        """Add an error for each resolution of a statement that the item or paragraph above takes for its words."""
        for find in (find_swallowed_numbers, find_loose_numbers):
            for one in find(self.parser.document):
                values = {"value": one.value, "escaped": one.escaped, "right": one.right}
                self.findings.error((one.number, one.column), "numbering", one.text, **values)

    def _build_children(self, element: Element, container: BlockNode, tight: bool = False) -> None:
        builder = ElementBuilder(element, self.findings)
        for block in container.children:
            if block.kind == "html":
                build_html(builder, join_lines(block.lines), self.findings)
            elif block.kind == "paragraph":
                self._build_paragraph(builder, block, element if tight else None)
            elif block.kind != "note":
                element = _ELEMENT_BUILDERS[block.kind](self, block)
                self.part_lines[element] = block.number
                builder.add(element)
        builder.finish()

    def _build_paragraph(self, builder: ElementBuilder, block: BlockNode, item: Element | None) -> None:
        """Add a paragraph; in a tight list its text is added to the item itself."""
        lines, attribute_list = self._split_attributes(block.lines)
        if item is None and not lines:
            if builder.last is not None:
                self._set_attributes(builder.last, attribute_list, block)
                return
            lines, attribute_list = block.lines, ""
        if item is not None:
            if builder.last is not None:
                builder.add_text("\n")
            self._set_attributes(item, attribute_list, block)
            self._parse_inline(builder, lines)
            return
        paragraph = Element("p")
        self._set_attributes(paragraph, attribute_list, block)
        self._build_inline(paragraph, lines)
        paragraph = build_figure(paragraph)
        self.part_lines[paragraph] = block.number
        builder.add(paragraph)

    def _split_attributes(self, lines: Sequence[Line]) -> tuple[Sequence[Line], str]:
        last = lines[-1]
        words = last.text.strip(" ")
        if not words.endswith("}"):
            return lines, ""
        if attributes.ATTRIBUTE_LINE.fullmatch(words):
            return lines[:-1], words
        text, attribute_list = attributes.split_trailing_list(last.text.rstrip(" "), needs_colon=True)
        if not attribute_list or last.text[len(text)] != " ":  # behind a word it is the word's, or an escape
            return lines, ""
        return [*lines[:-1], Line(last.number, last.column, text)], attribute_list

    def _set_attributes(self, element: Element, attribute_list: str, block: BlockNode) -> None:
        if attribute_list:
            number = block.lines[-1].number if block.lines else block.number
            column = block.lines[-1].column if block.lines else 0
            self.findings.set_attributes(element, attributes.parse_attributes(attribute_list.strip("{:} ")), (number, column))

    def _build_inline(self, element: Element, lines: Sequence[Line]) -> None:
        builder = ElementBuilder(element, self.findings)
        self._parse_inline(builder, lines)
        builder.finish()

    def _parse_inline(self, builder: ElementBuilder, lines: Sequence[Line]) -> None:
        if lines:
            last = lines[-1]
            text_lines = [*lines[:-1], Line(last.number, last.column, last.text.rstrip(" \t"))]
            passage = join_lines(text_lines)
            if not build_simple_inline(builder, passage):
                InlineParser(passage, self.definitions, self.notes, self.findings).build(builder)

    def _build_heading(self, block: BlockNode) -> Element:
        heading = Element(f"h{max(2, block.indent_width)}")  # the title of the page is its h1
        self._warn_of_underline(block)
        last = block.lines[-1]
        text, attribute_list = attributes.split_trailing_list(last.text.rstrip(" "), needs_colon=False)
        self.findings.positions[heading] = (block.lines[0].number, block.lines[0].column)
        if attribute_list:
            self._set_attributes(heading, attribute_list, block)
        if not text.strip():
            value = "#" * block.indent_width
            message = '"{value}" begins a heading without words. Write them behind it, or take it out.'
            self.findings.warning((block.number, block.column), "heading", message, value=value)
        self._build_inline(heading, [*block.lines[:-1], Line(last.number, last.column, text)])
        return heading

    def _warn_of_underline(self, block: BlockNode) -> None:
        """Add a warning for a sentence that a line of dashes makes a heading."""
        underline = block.info
        if not underline:
            return
        last = block.lines[-1]
        is_last = block is self.parser.document.children[-1]
        if len(block.lines) > 1 or len(underline) < 3 or is_last or _SENTENCE_END.search(last.text):
            self.findings.warning(
                (last.number, last.column), "heading", _UNDERLINED, value=last.text.strip(), underline=underline
            )

    def _build_quote(self, block: BlockNode) -> Element:
        self._warn_of_more_than(block)
        quote = Element("blockquote")
        self._build_children(quote, block)
        return quote

    def _warn_of_more_than(self, block: BlockNode) -> None:
        """Add a warning for a sign for more than a number, which makes a quotation of one line."""
        first, lines = block.children[0] if block.children else block, self.parser.source_map.lines
        number = _NUMBER.match(lines[block.number], block.column)
        is_single = len(block.children) == 1 and first.kind == "paragraph"
        if number and is_single and not any(lines[one.number].lstrip().startswith(">") for one in first.lines[1:]):
            position = (block.number, block.column)
            self.findings.warning(position, "leftover", _MORE_THAN, value=number[0], right=f"\\{number[0]}")

    def _build_list(self, block: BlockNode) -> Element:
        self._warn_of_accidents(block)
        first = block.marker.number if block.marker else None
        element = Element("ul" if first is None else "ol")
        if first not in (None, 1):
            element.set("start", str(first))
        if first is not None and block.parent is self.parser.document:
            self.ordered_lists.append(element)
        tight = block.tight
        numbers = self._item_numbers(block)
        for index, item in enumerate(block.children):
            jumps = index and numbers and numbers[index] != numbers[index - 1] + 1
            grown = SubElement(element, "li", {"value": str(numbers[index])} if jumps else {})
            self.part_lines[grown] = item.number
            self._build_children(grown, item, tight)
        return element

    def _warn_of_accidents(self, block: BlockNode) -> None:
        """Add a warning for a year that begins a list, and for a bullet that is the plus of a phone number."""
        number, items = block.marker.number if block.marker else None, block.children
        line = self.parser.source_map.lines
        if number is not None and number >= 100 and len(items) == 1:
            typed = line[block.number][block.column :].split(" ", 1)[0]
            self.findings.warning(
                (block.number, block.column), "list", _NUMBER_ALONE, value=typed, right=f"{typed[:-1]}\\{typed[-1]}"
            )
        for item in items if block.marker and block.marker.delimiter == "+" else ():
            typed = line[item.number][item.column :]
            if phone := _PHONE.match(typed):
                self.findings.warning((item.number, item.column), "list", _PHONE_PLUS, value=phone[0], right=f"+{phone[1]}")

    def _item_numbers(self, block: BlockNode) -> list[int]:
        """Return the numbers of the items of a list; in a statement one that is not as typed is an error."""
        markers = [item.marker for item in block.children if item.marker]
        typed = [one.number for one in markers if one.number is not None]
        shown = shown_numbers(typed)
        for index in wrong_numbers(typed) if self.is_statement else ():
            item, sample = block.children[index], markers[index].typed
            right = format_number(shown[index], sample) + sample[-1]
            position = (item.number, item.column)
            self.findings.error(position, "numbering", BROKEN_NUMBER, value=sample, right=right, mended="")
        return shown

    def _build_code(self, block: BlockNode) -> Element:
        if block.fence and not block.fence_end:
            self.findings.warning((block.number, block.column), "unclosed", _OPEN_FENCE, value=block.fence)
        pre = Element("pre")
        code = SubElement(pre, "code")
        words = block.info.split()
        if words:
            code.set("class", f"language-{words[0].strip('{}.')}")
        code.text = strip_marks("".join(line.text + "\n" for line in block.lines))
        if not block.fence and block.lines and is_prose(code.text):
            text = (
                '"{value}" is indented by four spaces or a tab, which makes it code. '
                "Take these spaces out, or put the lines between two lines of ~~~ where code is meant."
            )
            first = block.lines[0]
            self.findings.warning((first.number, first.column), "code", text, value=" ".join(first.text.split()))
        return pre

    def _build_rule(self, _block: BlockNode) -> Element:
        return Element("hr")

    def _build_description_list(self, block: BlockNode) -> Element:
        terms = Element("dl")
        for child in block.children:
            if child.kind == "term":
                lines, attribute_list = self._split_attributes(child.lines)
                term = SubElement(terms, "dt")
                self._set_attributes(term, attribute_list, child)
                self._build_inline(term, lines)
            else:
                tight = [one.kind for one in child.children] == ["paragraph"]
                self._build_children(SubElement(terms, "dd"), child, tight)
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

    def _build_row(self, element: Element, name: str, row: TableRow, alignments: Sequence[str]) -> None:
        cells = row.cells()
        columns = alignments if len(alignments) <= _MAX_FILLED_COLUMNS else alignments[: len(cells)]
        for number, alignment in enumerate(columns):
            cell = SubElement(element, name, {"class": alignment} if alignment else {})
            if number >= len(cells):
                continue
            line = cells[number]
            text, attribute_list = attributes.split_trailing_list(line.text, needs_colon=True)
            self._build_inline(cell, [Line(line.number, line.column, text)])
            if attribute_list:
                position = (line.number, line.column + len(text))
                self.findings.set_attributes(cell, attributes.parse_attributes(attribute_list), position)
        if len(cells) > len(alignments):
            extra = cells[len(alignments)]
            text = (
                '"{value}" stands beyond the last column of its table and is not shown. Add a column to the head of the table.'
            )
            self.findings.warning((extra.number, extra.column), "table", text, value=extra.text)

    def _build_footnotes(self) -> None:
        """Add the footnotes that the text refers to, and those that footnotes refer to, in the order of their references."""
        items: list[Element] = []
        while len(items) < len(self.notes.order):
            item = Element("li", {"id": f"fn-{len(items) + 1}"})
            self._build_children(item, self.parser.notes[self.notes.order[len(items)]])
            items.append(item)
        for number, item in enumerate(items, start=1):
            self.notes.add_back_links(item, number, self.language)
        if items:
            notes = SubElement(self.root, "div", {"class": "footnotes", "role": "doc-endnotes"})
            SubElement(notes, "ol").extend(items)
        self.notes.warn_unused(self.parser.repeated_notes)
        self.definitions.warn_unused()


_ELEMENT_BUILDERS = {
    "heading": TreeBuilder._build_heading,
    "quote": TreeBuilder._build_quote,
    "list": TreeBuilder._build_list,
    "code": TreeBuilder._build_code,
    "rule": TreeBuilder._build_rule,
    "terms": TreeBuilder._build_description_list,
    "table": TreeBuilder._build_table,
}
