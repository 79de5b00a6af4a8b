"""Tokens of inline content, and their conversion to elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from jisr.markdown.attributes import parse_attributes
from jisr.markdown.findings import Findings
from jisr.markdown.inline.emphasis import DelimiterRun
from jisr.markdown.inline.raw_html import RawHtmlTag, build_tag
from jisr.markdown.source_map import Passage
from jisr.markdown.tree.element_builder import ElementBuilder

_UNLINKED_TAGS = frozenset("a button code kbd samp pre svg math".split())
"""Elements in which a bare address stays text."""

InlineTokenKind = Literal["text", "run", "bracket", "open", "close", "leaf", "tag", "attributes", "address"]


@dataclass(slots=True, eq=False)
class InlineToken:
    """A token of inline content: text, or the start or end of an element, or a whole one."""

    kind: InlineTokenKind
    offset: int
    text: str = ""
    run: DelimiterRun | None = None
    element: Element | None = None
    tag: RawHtmlTag | None = None
    target: str = ""  # of a bare address
    # of a bracket:
    image: bool = False
    active: bool = True
    run_count: int = 0  # number of delimiter runs before it
    end: int = 0


def token_text(token: InlineToken) -> str:
    """Return the plain text of a token."""
    if token.kind == "leaf" and token.element is not None:
        return token.element.get("alt") or token.element.text or ("\n" if token.element.tag == "br" else "")
    return token.text if token.kind in ("text", "bracket", "address") else ""


def shown_pieces(tokens: Iterable[InlineToken]) -> Iterator[tuple[int, str]]:
    """Return the text that is shown of tokens, each piece with its offset, once emphasis is paired."""
    for token in tokens:
        if token.kind in ("text", "bracket"):
            yield token.offset, token.text
        elif token.run is not None and token.run.remaining:
            inner = token.run.length - token.run.remaining if token.run.closes else 0
            yield token.offset + inner, token.run.character * token.run.remaining


@dataclass(slots=True)
class TokenWriter:
    """Converts the tokens of a passage to elements."""

    builder: ElementBuilder
    passage: Passage
    findings: Findings
    last_closed: Element | None = None  # the element that ended just before, which an attribute list belongs to

    def write(self, tokens: Iterable[InlineToken]) -> None:
        """Add tokens to the tree."""
        for token in tokens:
            if token.kind == "attributes":
                self._set_attributes(token)
                continue
            self.last_closed = None
            if token.run is not None:
                self._write_run(token.run)
            elif token.tag is not None:
                build_tag(self.builder, token.tag, self.passage, self.findings)
            elif token.kind == "open" and token.element is not None:
                self.builder.open(token.element, self.passage.position_at(token.offset))
            elif token.kind == "address" and not self.builder.is_within(_UNLINKED_TAGS):
                self._write_address(token)
            elif token.kind == "close":
                self.last_closed = self.builder.close()
            elif token.element is not None:
                self.builder.add(token.element)
                self.last_closed = token.element
            else:
                self.builder.add_text(token.text)

    def _write_address(self, token: InlineToken) -> None:
        link, position = Element("a"), self.passage.position_at(token.offset)
        before = token.target.removesuffix(token.text)  # of a scheme that was not typed
        self.findings.set_link(link, "href", before + self.findings.strip_invisible(token.text, position), position)
        link.text = token.text
        self.builder.add(link)
        self.last_closed = link

    def _write_run(self, run: DelimiterRun) -> None:
        for _ in run.closes:
            self.last_closed = self.builder.close()
        if run.remaining:
            self.builder.add_text(run.character * run.remaining)
            self.last_closed = None
        for name in reversed(run.opens):
            self.builder.open(Element(name), self.passage.position_at(run.offset))
            self.last_closed = None

    def _set_attributes(self, token: InlineToken) -> None:
        if self.last_closed is None:
            self.builder.add_text(token.text)
            return
        values = parse_attributes(token.text.strip("{:}"))
        self.findings.set_attributes(self.last_closed, values, self.passage.position_at(token.offset))
