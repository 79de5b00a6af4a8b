"""Python-Markdown with the parts that read a body as a git host previews it.

``Markdown.build_parser`` is its seam for another combination of parts: blocks and words are read by ours, which know the
place of each character and take a time that grows with the text alone; what is done to the tree afterwards is a
``Treeprocessor`` each.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from jisr.core.model.body import MarkdownSource
from jisr.markdown.blocks.block_parser import BodyParser
from jisr.markdown.blocks.nodes import MAX_NESTING
from jisr.markdown.findings import Findings
from jisr.markdown.html_writer import outer_html
from jisr.markdown.source_map import SourceMap
from jisr.markdown.transforms.anchors import assign_anchors, assign_paragraph_anchors, assign_resolution_anchors
from jisr.markdown.transforms.bidi_isolation import isolate
from jisr.markdown.transforms.spaces import tie_spaces
from jisr.markdown.tree.builder import TreeBuilder

_TOO_DEEP = "What begins here stands in more than {value} others, which no page can show. Write it with fewer levels."


class MarkdownHost(Markdown):
    """The reading of one body; it is not used for a second one, so nothing of a text stays."""

    def __init__(self, source: MarkdownSource, sheet: SourceMap) -> None:
        self.source = source
        self.findings = Findings(sheet)
        self.root = Element("div")
        self.ordered_lists: list[Element] = []
        self.part_lines: dict[Element, int] = {}
        self.resolution_items: list[tuple[int, str, Element]] = []
        self.anchors: frozenset[str] = frozenset()
        super().__init__(output_format="html")
        self.serializer = outer_html

    def convert(self, source: str) -> str:
        """Return the body as HTML, and let go of the parts: they know the reading, and would keep it until it is collected."""
        try:
            return super().convert(source)
        finally:
            del self.parser, self.treeprocessors

    def build_parser(self) -> MarkdownHost:
        """Put our parts together instead of those of Markdown as John Gruber described it."""
        self.preprocessors = Registry()
        self.parser = BlockParserAdapter(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.postprocessors = Registry()
        self.treeprocessors.register(ResolutionProcessor(self), "resolutions", 20)
        self.treeprocessors.register(AnchorProcessor(self), "anchors", 10)
        self.treeprocessors.register(SpacingProcessor(self), "spaces", 7)
        self.treeprocessors.register(IsolationProcessor(self), "isolation", 5)
        return self


class BlockParserAdapter(BlockParser):
    """The blocks and words of a body as a tree."""

    md: MarkdownHost

    def parseDocument(self, _lines: Iterable[str]) -> ElementTree:  # noqa: N802 (the name is Python-Markdown's)
        """Return the tree of the body."""
        findings = self.md.findings
        reading = BodyParser(findings.source_map)
        if reading.nesting_position is not None:
            findings.error(reading.nesting_position, "nesting", _TOO_DEEP, value=MAX_NESTING)
        planting = TreeBuilder(reading, findings, self.md.source.language.tag)
        self.md.root, self.md.ordered_lists, self.md.part_lines = planting.root, planting.ordered_lists, planting.part_lines
        reading.release()
        return ElementTree(planting.root)


class ResolutionProcessor(Treeprocessor):
    """The items of a statement's ordered lists and its paragraphs get their anchors, by which they are cited."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Return the items and paragraphs their ids."""
        if self.md.source.kind == "statements":
            self.md.resolution_items = list(assign_resolution_anchors(self.md.ordered_lists, self.md.findings))
            assign_paragraph_anchors(root)


class AnchorProcessor(Treeprocessor):
    """Headings get ids; an id that stands twice is a problem."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Return the headings their ids and take all ids down."""
        self.md.anchors = assign_anchors(root, self.md.findings)


class SpacingProcessor(Treeprocessor):
    """Spaces that a language ties to its punctuation do not break."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Tie the spaces."""
        tie_spaces(root, self.md.source.language.tag)


class IsolationProcessor(Treeprocessor):
    """Blocks get the direction of their letters; runs that go against it become elements of their own."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Isolate, last of all, so that ids and resolutions are made from the words as they were typed."""
        isolate(root, self.md.source.language)
