"""Untrusted HTML as a tree of limited depth with valid nesting.

Browsers repair HTML by copying open elements into each new block, which makes a short text enormous, and the time of nh3
grows with the square of the depth. Here an element ends with the block in which it began, and tags deeper than ``MAX_DEPTH``
are ignored.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from jisr.ingest.sanitize.tokenizer import HtmlTag, tokenize_html

MAX_DEPTH = 100

VOID = frozenset("area base bgsound br col embed frame hr image img input keygen link meta param source track wbr".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html legend li listing main marquee menu nav ol p pre search section summary table tbody td tfoot "
    "th thead tr ul xmp".split()
)
ROWS = frozenset(("thead", "tbody", "tfoot"))
_TABLE_PARTS = ROWS | {"caption", "tr", "td", "th"}
_TABLE_CONTAINERS = ROWS | {"table", "tr"}  # elements that contain parts of tables only
CONTAINERS = frozenset(("div", "section", "article", "main", "td", "center"))  # of text between blocks
_CELLS = frozenset(("td", "th", "caption"))
_FOREIGN_ELEMENTS = frozenset(("svg", "math"))
_IGNORED_ELEMENTS = frozenset(("colgroup", "col", "html", "body", "base"))
_IMPLIED_END_TAGS = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"}}


@dataclass(slots=True, eq=False)
class HtmlNode:
    """An element: the values of its attributes are decoded, its children are text and elements."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[HtmlNode | str] = field(default_factory=list)


def integer_attribute(node: HtmlNode, name: str, maximum: int) -> int | None:
    """Return the number in an attribute, or None where it has none up to ``maximum``."""
    value = node.attributes.get(name, "").strip()
    return int(value) if len(value) <= 6 and value.isascii() and value.isdecimal() and int(value) <= maximum else None


def text_content(node: HtmlNode | str) -> str:
    """Return the text in an element."""
    if isinstance(node, str):
        return node
    return "".join(map(text_content, node.children))


def descendant_elements(node: HtmlNode) -> Iterator[HtmlNode]:
    """Yield the elements in an element, in document order."""
    for child in node.children:
        if isinstance(child, HtmlNode):
            yield child
            yield from descendant_elements(child)


def serialize_nodes(children: list[HtmlNode | str]) -> str:
    """Return nodes as HTML.

    >>> serialize_nodes([HtmlNode("p", {"lang": "ar"}, ["بيان <1>"])])
    '<p lang="ar">بيان &lt;1&gt;</p>'
    """
    parts = []
    for child in children:
        if isinstance(child, str):
            parts.append(html.escape(child, quote=False))
            continue
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in child.attributes.items())
        parts.append(f"<{child.name}{attributes}>")
        if child.name not in VOID:
            parts += [serialize_nodes(child.children), f"</{child.name}>"]
    return "".join(parts)


def parse_html(text: str) -> HtmlNode:
    """Parse any text as HTML, into a tree below a ``div``.

    >>> serialize_nodes(parse_html("<p>بيان<b>أول<p>ثان</b> <li>x<table>y").children)
    '<p>بيان<b>أول</b></p><p>ثان </p><li>x<table><tbody><tr><td>y</td></tr></tbody></table></li>'
    """
    builder = _HtmlTreeBuilder()
    for token in tokenize_html(text):
        if isinstance(token, str):
            builder.add_text(token)
        elif token.is_end_tag:
            builder.end_element(token.name)
        else:
            builder.start_element(token)
    return builder.open_elements[0]


class _HtmlTreeBuilder:
    """The open elements of a tree, the outermost first."""

    def __init__(self) -> None:
        self.open_elements = [HtmlNode("div")]
        self.skipped_tags: Counter[str] = Counter()  # start tags that were too deep: their end tags end nothing
        self.deferred_ends: set[HtmlNode] = set()  # ended while a block in them was open: they end with that block
        self.foreign_depth = 0

    def add_text(self, text: str) -> None:
        """Add text."""
        top = self.open_elements[-1]
        if top.name in _TABLE_CONTAINERS:
            if not text.strip():
                return
            self._start_cell("td", {})
            top = self.open_elements[-1]
        if top.name == "pre" and not top.children:
            text = text.lstrip("\n")  # a browser drops the first line end
        if text:
            top.children.append(text)

    def start_element(self, tag: HtmlTag) -> None:
        """Start an element."""
        name = tag.name
        if name in _IGNORED_ELEMENTS or (name == "form" and self.open_elements[-1].name in _TABLE_CONTAINERS):
            return
        if name in ("td", "th") and self._is_in_table():
            self._start_cell(name, tag.attributes)
        elif name in _TABLE_PARTS and self._is_in_table():
            self._start_table_part(name, tag.attributes)
        else:
            self._close_conflicting(name)
            self._add_element(tag, "div" if name in _TABLE_PARTS else name)

    def _close_conflicting(self, name: str) -> None:
        """End the elements that cannot contain one of that name."""
        if self.open_elements[-1].name in _TABLE_CONTAINERS and name not in ("script", "style"):
            self._start_cell("td", {})
        if name in _IMPLIED_END_TAGS:
            self._close_nearest(_IMPLIED_END_TAGS[name], BLOCKS - {"div", "p", "address"})
        if name in BLOCKS:
            self._close_nearest({"p"}, _CELLS | {"table"})
            if name in HEADINGS and self.open_elements[-1].name in HEADINGS:
                self._close_to_depth(len(self.open_elements) - 1)
        if name == "a":
            self._close_nearest({"a"}, _CELLS | {"table"})

    def _add_element(self, tag: HtmlTag, name: str) -> None:
        is_void = name in VOID or (tag.is_self_closing and (self.foreign_depth > 0 or name == "xmp" or name not in BLOCKS))
        if len(self.open_elements) > MAX_DEPTH and not is_void:
            self.skipped_tags[name] += 1
            self.add_text(" " if name in BLOCKS else "")
            return
        node = HtmlNode(name, tag.attributes, [tag.raw_text] if tag.raw_text else [])
        self.open_elements[-1].children.append(node)
        if not is_void:
            self.open_elements.append(node)
            self.foreign_depth += name in _FOREIGN_ELEMENTS

    def _is_in_table(self) -> bool:
        """Whether a table is open."""
        return any(node.name == "table" for node in self.open_elements)

    def _start_table_part(self, name: str, attributes: dict[str, str]) -> None:
        containers = {"table"} | (ROWS if name == "tr" else set())
        self._close_to_depth(max(index for index, node in enumerate(self.open_elements) if node.name in containers) + 1)
        if name == "tr" and self.open_elements[-1].name == "table":
            self._open_element("tbody", {})
        self._open_element(name, attributes)

    def _start_cell(self, name: str, attributes: dict[str, str]) -> None:
        nearest = max(index for index, node in enumerate(self.open_elements) if node.name in ("table", "tr"))
        if self.open_elements[nearest].name == "table":
            self._start_table_part("tr", {})
        else:
            self._close_to_depth(nearest + 1)
        self._open_element(name, attributes)

    def _open_element(self, name: str, attributes: dict[str, str]) -> None:
        node = HtmlNode(name, attributes)
        self.open_elements[-1].children.append(node)
        self.open_elements.append(node)

    def end_element(self, name: str) -> None:
        """End an element; an end tag without a start tag is ignored."""
        if self.skipped_tags[name]:
            self.skipped_tags[name] -= 1
        elif name == "br":
            self.start_element(HtmlTag("br"))
        elif name in _TABLE_PARTS or name == "table":
            self._close_nearest({name}, frozenset(("table",)))
        elif name in HEADINGS:
            self._close_nearest(HEADINGS, _CELLS | _TABLE_CONTAINERS)
        elif name in BLOCKS:
            self._close_nearest({name}, _CELLS | _TABLE_CONTAINERS)
        else:
            self._end_inline(name)

    def _end_inline(self, name: str) -> None:
        crosses_block = False
        for index in range(len(self.open_elements) - 1, 0, -1):
            node = self.open_elements[index]
            if node.name == name and node not in self.deferred_ends:
                if crosses_block:
                    self.deferred_ends.add(node)
                else:
                    self._close_to_depth(index)
                return
            if node.name in _CELLS or node.name in _TABLE_CONTAINERS:
                return
            crosses_block = crosses_block or node.name in BLOCKS

    def _close_nearest(self, names: set[str] | frozenset[str], barriers: frozenset[str]) -> None:
        for index in range(len(self.open_elements) - 1, 0, -1):
            if self.open_elements[index].name in names:
                self._close_to_depth(index)
                return
            if self.open_elements[index].name in barriers:
                return

    def _close_to_depth(self, depth: int) -> None:
        while len(self.open_elements) > depth or self.open_elements[-1] in self.deferred_ends:
            self.foreign_depth -= self.open_elements.pop().name in _FOREIGN_ELEMENTS


def split_runs(node: HtmlNode) -> None:
    """Make paragraphs of the text between blocks and double breaks, as a page shows it."""
    for child in node.children:
        if isinstance(child, HtmlNode) and child.name in CONTAINERS:
            split_runs(child)
    has_blocks = any(isinstance(child, HtmlNode) and child.name in BLOCKS for child in node.children)
    runs: list[list[HtmlNode | str]] = [[]]
    breaks = 0
    for child in node.children:
        name = child.name if isinstance(child, HtmlNode) else "" if child.strip() else " "
        breaks = breaks + 1 if name == "br" else breaks if name == " " else 0
        if breaks > 1 or name in BLOCKS:
            runs += [[child], []] if breaks < 2 else [[]]
        else:
            runs[-1].append(child)
    filled = [run for run in runs if any(not isinstance(one, str) or one.strip() for one in run)]
    if len(filled) > 1 and (has_blocks or len(runs) > 1):
        node.children = [child for run in runs for child in _as_paragraph(run)]


def _as_paragraph(run: list[HtmlNode | str]) -> list[HtmlNode | str]:
    has_text = any(text_content(one).strip() for one in run)
    is_block = any(isinstance(one, HtmlNode) and one.name in BLOCKS for one in run)
    return [HtmlNode("p", {}, run)] if has_text and not is_block else run


def text_blocks(node: HtmlNode) -> Iterator[tuple[HtmlNode, HtmlNode]]:
    """Yield the innermost blocks with text, each with its parent, in their order; text between blocks is none."""
    for child in node.children:
        if not isinstance(child, HtmlNode):
            continue
        inner = [pair for pair in text_blocks(child) if pair[1].name in BLOCKS]
        if inner:
            yield from inner
        elif (child.name in BLOCKS or (node.name == "div" and child.name == "span")) and text_content(child).strip():
            yield node, child
