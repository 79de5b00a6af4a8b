"""A stranger's HTML as a tree that is whole, not deep, and nested as pages can nest it.

Browsers mend a text by copying open elements into each new block, which makes a short text enormous, and nh3 takes a time
that grows with the square of the depth. Here an element ends with the block it began in, and what lies deeper than
``MAX_DEPTH`` is taken as if its tag were not there.
"""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, field

from jisr.ingest.sanitize.tokenizer import HtmlTag, tokenize_html

MAX_DEPTH = 100

VOID = frozenset("area base bgsound br col embed frame hr image img input keygen link meta param source track wbr".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "header hgroup hr html legend li listing main marquee menu nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul xmp".split()
)
ROWS = frozenset(("thead", "tbody", "tfoot"))
_TABLE_PARTS = ROWS | {"caption", "tr", "td", "th"}
_TABLE_CONTAINERS = ROWS | {"table", "tr"}  # what holds parts of tables alone
_CELLS = frozenset(("td", "th", "caption"))
_FOREIGN_ELEMENTS = frozenset(("svg", "math"))
_IGNORED_ELEMENTS = frozenset(("form", "colgroup", "col", "html", "body", "base"))
_IMPLIED_END_TAGS = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"}}


@dataclass(slots=True, eq=False)
class HtmlNode:
    """An element of the tree: the values of its attributes are decoded, its children are words and elements."""

    name: str
    said: dict[str, str] = field(default_factory=dict)
    children: list[HtmlNode | str] = field(default_factory=list)


def integer_attribute(node: HtmlNode, name: str, most: int) -> int | None:
    """Give a number that an attribute says, None where it says none up to ``most``."""
    said = node.said.get(name, "").strip()
    return int(said) if len(said) <= 6 and said.isascii() and said.isdecimal() and int(said) <= most else None


def text_content(node: HtmlNode | str) -> str:
    """Give all words in an element."""
    if isinstance(node, str):
        return node
    return "".join(map(text_content, node.children))


def serialize_nodes(children: list[HtmlNode | str]) -> str:
    """Give nodes as HTML.

    >>> serialize_nodes([HtmlNode("p", {"lang": "ar"}, ["بيان <1>"])])
    '<p lang="ar">بيان &lt;1&gt;</p>'
    """
    parts = []
    for one in children:
        if isinstance(one, str):
            parts.append(html.escape(one, quote=False))
            continue
        said = "".join(f' {name}="{html.escape(value)}"' for name, value in one.said.items())
        parts.append(f"<{one.name}{said}>")
        if one.name not in VOID:
            parts += [serialize_nodes(one.children), f"</{one.name}>"]
    return "".join(parts)


def parse_html(text: str) -> HtmlNode:
    """Give an HTML text as a tree, all in a ``div``; whatever the text, there is one.

    >>> serialize_nodes(parse_html("<p>بيان<b>أول<p>ثان</b> <li>x<table>y").children)
    '<p>بيان<b>أول</b></p><p>ثان </p><li>x<table><tbody><tr><td>y</td></tr></tbody></table></li>'
    """
    growing = _HtmlTreeBuilder()
    for piece in tokenize_html(text):
        if isinstance(piece, str):
            growing.say(piece)
        elif piece.ends:
            growing.end(piece.name)
        else:
            growing.begin(piece)
    return growing.open[0]


class _HtmlTreeBuilder:
    """The open elements of a tree, the outermost first."""

    def __init__(self) -> None:
        self.open = [HtmlNode("div")]
        self.lost: Counter[str] = Counter()  # tags that were too deep: their ends end nothing
        self.ended: set[HtmlNode] = set()  # ended while a block in them was open: they end with that
        self.foreign = 0

    def say(self, said: str) -> None:
        """Add words."""
        top = self.open[-1]
        if top.name in _TABLE_CONTAINERS:
            if not said.strip():
                return
            self._begin_cell("td", {})
            top = self.open[-1]
        if top.name == "pre" and not top.children:
            said = said.lstrip("\n")  # a browser drops the first
        if said:
            top.children.append(said)

    def begin(self, tag: HtmlTag) -> None:
        """Begin an element."""
        name = tag.name
        if name in _IGNORED_ELEMENTS:
            return
        if name in ("td", "th") and self._table():
            self._begin_cell(name, tag.said)
        elif name in _TABLE_PARTS and self._table():
            self._begin_part(name, tag.said)
        else:
            self._make_room(name)
            self._add(tag, "div" if name in _TABLE_PARTS else name)

    def _make_room(self, name: str) -> None:
        """End what cannot hold an element of that name."""
        if self.open[-1].name in _TABLE_CONTAINERS and name not in ("script", "style"):
            self._begin_cell("td", {})
        if name in _IMPLIED_END_TAGS:
            self._end_nearest(_IMPLIED_END_TAGS[name], BLOCKS - {"div", "p", "address"})
        if name in BLOCKS:
            self._end_nearest({"p"}, _CELLS | {"table"})
            if name in HEADINGS and self.open[-1].name in HEADINGS:
                self._pop(len(self.open) - 1)
        if name == "a":
            self._end_nearest({"a"}, _CELLS | {"table"})

    def _add(self, tag: HtmlTag, name: str) -> None:
        void = name in VOID or (tag.empty and (self.foreign > 0 or name == "xmp" or name not in BLOCKS))
        if len(self.open) > MAX_DEPTH and not void:
            self.lost[name] += 1
            self.say(" " if name in BLOCKS else "")
            return
        node = HtmlNode(name, tag.said, [tag.inside] if tag.inside else [])
        self.open[-1].children.append(node)
        if not void:
            self.open.append(node)
            self.foreign += name in _FOREIGN_ELEMENTS

    def _table(self) -> bool:
        """Whether a table is open."""
        return any(node.name == "table" for node in self.open)

    def _begin_part(self, name: str, said: dict[str, str]) -> None:
        within = {"table"} | (ROWS if name == "tr" else set())
        self._pop(max(at for at, node in enumerate(self.open) if node.name in within) + 1)
        if name == "tr" and self.open[-1].name == "table":
            self._push("tbody", {})
        self._push(name, said)

    def _begin_cell(self, name: str, said: dict[str, str]) -> None:
        nearest = max(at for at, node in enumerate(self.open) if node.name in ("table", "tr"))
        if self.open[nearest].name == "table":
            self._begin_part("tr", {})
        else:
            self._pop(nearest + 1)
        self._push(name, said)

    def _push(self, name: str, said: dict[str, str]) -> None:
        node = HtmlNode(name, said)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, name: str) -> None:
        """End an element; what ends nothing is passed over."""
        if self.lost[name]:
            self.lost[name] -= 1
        elif name == "br":
            self.begin(HtmlTag("br"))
        elif name in _TABLE_PARTS or name == "table":
            self._end_nearest({name}, frozenset(("table",)))
        elif name in HEADINGS:
            self._end_nearest(HEADINGS, _CELLS | _TABLE_CONTAINERS)
        elif name in BLOCKS:
            self._end_nearest({name}, _CELLS | _TABLE_CONTAINERS)
        else:
            self._end_words(name)

    def _end_words(self, name: str) -> None:
        crossed = False
        for at in range(len(self.open) - 1, 0, -1):
            node = self.open[at]
            if node.name == name and node not in self.ended:
                if crossed:
                    self.ended.add(node)
                else:
                    self._pop(at)
                return
            if node.name in _CELLS or node.name in _TABLE_CONTAINERS:
                return
            crossed = crossed or node.name in BLOCKS

    def _end_nearest(self, names: set[str] | frozenset[str], unless: frozenset[str]) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].name in names:
                self._pop(at)
                return
            if self.open[at].name in unless:
                return

    def _pop(self, height: int) -> None:
        while len(self.open) > height or self.open[-1] in self.ended:
            self.foreign -= self.open.pop().name in _FOREIGN_ELEMENTS
