"""The pieces that words are read into, and how the tree grows by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from jisr.markdown.attributes import parse_attributes
from jisr.markdown.findings import Findings
from jisr.markdown.inline.emphasis import DelimiterRun
from jisr.markdown.inline.raw_html import RawHtmlTag, build_tag
from jisr.markdown.source_map import Passage
from jisr.markdown.tree.element_builder import ElementBuilder

InlineTokenKind = Literal["text", "run", "bracket", "open", "close", "leaf", "tag", "attributes"]


@dataclass(slots=True, eq=False)
class InlineToken:
    """A piece of a text: words as they are shown, or what begins, ends or stands between them."""

    kind: InlineTokenKind
    offset: int
    text: str = ""
    run: DelimiterRun | None = None
    element: Element | None = None
    tag: RawHtmlTag | None = None
    # of a bracket:
    image: bool = False
    active: bool = True
    runs: int = 0  # how many runs stand before it
    end: int = 0


def token_text(token: InlineToken) -> str:
    """Give what a token says in a text without markup."""
    if token.kind == "leaf" and token.element is not None:
        return token.element.get("alt") or token.element.text or ("\n" if token.element.tag == "br" else "")
    return token.text if token.kind in ("text", "bracket") else ""


@dataclass(slots=True)
class TokenWriter:
    """The tokens of a passage as elements."""

    growth: ElementBuilder
    whole: Passage
    findings: Findings
    ended: Element | None = None  # what ended just before: an attribute list belongs to it

    def write(self, tokens: Iterable[InlineToken]) -> None:
        """Let the tree grow by tokens."""
        for token in tokens:
            if token.kind == "attributes":
                self._assign(token)
                continue
            self.ended = None
            if token.run is not None:
                self._write_run(token.run)
            elif token.tag is not None:
                build_tag(self.growth, token.tag, self.whole, self.findings)
            elif token.kind == "open" and token.element is not None:
                self.growth.open(token.element, self.whole.spot(token.offset))
            elif token.kind == "close":
                self.ended = self.growth.close()
            elif token.element is not None:
                self.growth.add(token.element)
                self.ended = token.element
            else:
                self.growth.text(token.text)

    def _write_run(self, run: DelimiterRun) -> None:
        for _ in run.closes:
            self.ended = self.growth.close()
        if run.left:
            self.growth.text(run.character * run.left)
            self.ended = None
        for name in reversed(run.opens):
            self.growth.open(Element(name), self.whole.spot(run.offset))
            self.ended = None

    def _assign(self, token: InlineToken) -> None:
        if self.ended is None:
            self.growth.text(token.text)
            return
        written = parse_attributes(token.text.strip("{:}"))
        self.findings.assign(self.ended, written, self.whole.spot(token.offset))
