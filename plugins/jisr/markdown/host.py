"""Python-Markdown with our block and inline parsers, which parse a body as a git host previews it.

``Markdown.build_parser`` is its extension point for other components: our parsers know the place of each character and take
linear time; each transformation of the tree afterwards is a ``Treeprocessor``.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from jisr.core.i18n.punctuation import add_no_break_spaces, has_spaced_punctuation
from jisr.core.model.body import REPLIES, MarkdownSource
from jisr.markdown.blocks.block_parser import BodyParser
from jisr.markdown.findings import MAX_NESTING, NESTING_MESSAGE, Findings
from jisr.markdown.html_writer import outer_html
from jisr.markdown.source_map import SourceMap
from jisr.markdown.transforms.anchors import assign_anchors, assign_paragraph_anchors, assign_resolution_anchors
from jisr.markdown.transforms.bidi_isolation import isolate
from jisr.markdown.transforms.text_runs import CODE_TAGS
from jisr.markdown.tree.builder import TreeBuilder

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BEYOND_WORDS = '"{value}" cannot stand in a reply, which has no HTML, images or headings. Write it as words, or take it out.'


class MarkdownHost(Markdown):
    """Python-Markdown for one body; an instance is not used for a second one, so it keeps no state between texts."""

    def __init__(self, source: MarkdownSource, source_map: SourceMap) -> None:
        self.source = source
        self.findings = Findings(source_map)
        self.root = Element("div")
        self.ordered_lists: list[Element] = []
        self.part_lines: dict[Element, int] = {}
        self.resolution_items: list[tuple[int, str, Element]] = []
        self.anchors: frozenset[str] = frozenset()
        super().__init__(output_format="html")
        self.serializer = outer_html

    def convert(self, source: str) -> str:
        """Return the body as HTML, and drop the components: their references to this object would form cycles."""
        try:
            return super().convert(source)
        finally:
            del self.parser, self.treeprocessors

    def build_parser(self) -> MarkdownHost:
        """Register our components instead of those of Python-Markdown."""
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
    """Parses a body into a tree with our block and inline parsers."""

    md: MarkdownHost

    def parseDocument(self, _lines: Iterable[str]) -> ElementTree:  # noqa: N802 (the name is Python-Markdown's)
        """Return the element tree of the body."""
        findings = self.md.findings
        parser = BodyParser(findings.source_map)
        if parser.nesting_position is not None:
            findings.error(parser.nesting_position, "nesting", NESTING_MESSAGE, value=MAX_NESTING)
        source = self.md.source
        builder = TreeBuilder(parser, findings, source.language.tag, source.kind == "statements")
        if self.md.source.kind == REPLIES:
            _refuse_beyond_words(builder.root, findings)
        self.md.root, self.md.ordered_lists, self.md.part_lines = builder.root, builder.ordered_lists, builder.part_lines
        parser.release()
        return ElementTree(builder.root)


def _refuse_beyond_words(root: Element, findings: Findings) -> None:
    """Add an error for each heading, image and tag of a reply, which is words of somebody else on the page of a text."""
    headings = [one for one in root.iter() if one.tag in _HEADINGS and one in findings.positions]
    marks = [(findings.positions[one], "".join(one.itertext()) or "#") for one in headings]
    for position, value in sorted({*marks, *findings.beyond_words}):
        findings.error(position, "reply", _BEYOND_WORDS, value=value)


class ResolutionProcessor(Treeprocessor):
    """Assigns anchors to the resolutions and paragraphs of a statement."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Assign the anchors."""
        if self.md.source.kind == "statements":
            self.md.resolution_items = list(assign_resolution_anchors(self.md.ordered_lists, self.md.findings))
            assign_paragraph_anchors(root)


class AnchorProcessor(Treeprocessor):
    """Assigns ids to headings, and reports duplicate ids."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Assign ids and record all anchors of the body."""
        self.md.anchors = assign_anchors(root, self.md.findings)


class SpacingProcessor(Treeprocessor):
    """Replaces spaces at the punctuation of a language by no-break spaces."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Replace the spaces, where any language has such."""
        tags = {self.md.source.language.tag, *(one.get("lang", "") for one in root.iter())}
        if any(map(has_spaced_punctuation, tags)):
            _add_no_break_spaces(root, self.md.source.language.tag)


def _add_no_break_spaces(element: Element, tag: str) -> None:
    """Replace the spaces in an element, whose language is its ``lang`` or else ``tag``; code is not changed."""
    if element.tag in CODE_TAGS:
        return
    own_tag = element.get("lang", tag)
    element.text = add_no_break_spaces(element.text or "", own_tag) or None
    for child in element:
        _add_no_break_spaces(child, own_tag)
        child.tail = add_no_break_spaces(child.tail or "", own_tag) or None


class IsolationProcessor(Treeprocessor):
    """Sets the direction of blocks, and isolates runs of the other direction."""

    md: MarkdownHost

    def run(self, root: Element) -> None:
        """Isolate the runs, last of all, so that ids and resolutions are made from the text as typed."""
        isolate(root, self.md.source.language)
