"""HTML of a body as lines of plain text, with the control characters that stand for its directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import field
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.bidi.control_characters import POP_ISOLATE
from jisr.core.bidi.marks import (
    ISOLATES_BY_DIRECTION,
    LEFT_TO_RIGHT_MARK,
    MARKS_BY_DIRECTION,
    OVERRIDES_BY_DIRECTION,
    POP_OVERRIDE,
)
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction
from jisr.core.model.resolutions import anchor_to_number

_BLOCKS = frozenset(
    "address article aside blockquote details div dl dd dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li"
    " main nav ol p pre section summary table ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SILENT = frozenset(["script", "style", "template", "-comment"])
_RESOLUTION = re.compile(r"r\d+(-\d+)?")
_OTHER_SPACES = "\n\t\r\f"
_INDENT = "   "
_RULE = "-----"


def isolate(text: str, direction: str) -> str:
    """Return a text as an isolate of a direction."""
    return f"{ISOLATES_BY_DIRECTION[direction]}{text}{POP_ISOLATE}"


def mark_line(line: str, direction: Direction, document: Direction) -> str:
    r"""Return a line that is displayed in its own order in a box of either direction.

    A right-to-left line begins and ends with its mark: its first strong letter decides the direction of a line of plain text,
    and punctuation at its end would take that of the box (https://www.unicode.org/reports/tr9/#P2). So does a line of another
    direction than its document; in a document from left to right any other begins with a mark where its first letter turns it.

    >>> mark_line("بڕیار.", "rtl", "rtl") == "\u200fبڕیار.\u200f", mark_line("Biryar.", "ltr", "ltr")
    (True, 'Biryar.')
    """
    plain = line.rstrip()
    if not plain.strip():
        return ""
    if direction == "rtl" or document == "rtl":
        return f"{MARKS_BY_DIRECTION[direction]}{plain}{MARKS_BY_DIRECTION[direction]}"
    strong = next((one for one in map(unicodedata.bidirectional, plain) if one in ("L", "R", "AL", "LRI", "RLI", "FSI")), "L")
    return plain if strong in ("L", "LRI") else LEFT_TO_RIGHT_MARK + plain


def render_plain_text(html: str, direction: Direction) -> str:
    """Return HTML as plain text: blocks apart by an empty line, items with their numbers, links with their addresses."""
    body = LexborHTMLParser(f"<body>{html}</body>").body
    writer = _Writer(direction)
    if body is not None:
        writer.blocks(body, direction, "", "")
    return "\n".join(writer.lines).strip("\n")


@dataclass(slots=True)
class _Writer:
    """The lines of a document, each complete with its marks."""

    document: Direction
    lines: list[str] = field(default_factory=list)

    def blocks(self, node: LexborNode, direction: Direction, first: str, indent: str) -> None:
        """Write the children of a node: runs of words between blocks are paragraphs. ``first`` begins the first line."""
        pieces: list[str] = []
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag in _BLOCKS:
                first = self._paragraph("".join(pieces), direction, first, indent)
                pieces = []
                first = self._block(child, tag, _direction(child, direction), first, indent)
            elif tag not in _SILENT:
                pieces.append(_inline(child, direction))
        self._paragraph("".join(pieces), direction, first, indent)

    def _block(self, node: LexborNode, tag: str, direction: Direction, first: str, indent: str) -> str:
        """Write a block, and return what begins the line after it."""
        special: dict[str, Callable[[LexborNode, Direction, str], None]] = {
            "ol": self._items, "ul": self._items, "table": self._table, "pre": self._code,
        }  # fmt: skip
        if tag in special:
            if first.strip():
                self._line(first, direction)
            special[tag](node, direction, indent)
            self._gap()
            return indent
        if tag == "hr":
            self._line(indent + _RULE, direction)
            self._gap()
            return first
        quoted = tag == "blockquote"
        before = len(self.lines)
        self.blocks(node, direction, f"{first}> " if quoted else first, f"{indent}> " if quoted else indent)
        if tag != "dt":
            self._gap()
        return indent if len(self.lines) > before else first

    def _paragraph(self, text: str, direction: Direction, first: str, indent: str) -> str:
        lines = [_join_doubled(one).strip(" ") for one in text.split("\n")]
        for line in lines if any(lines) else ():
            self._line(f"{first}{line}" if line else "", direction)
            first = indent
        return first

    def _items(self, node: LexborNode, direction: Direction, indent: str) -> None:
        """Write the items of a list; an item whose first line is empty keeps its number."""
        number = int(node.attributes.get("start") or 1)
        for item in node.iter():
            if item.tag != "li":
                continue
            number = _number(item, number)
            sign = f"{_resolution_number(item) or number}. " if node.tag == "ol" else "- "
            self.blocks(item, _direction(item, direction), indent + sign, indent + _INDENT)
            while self.lines and not self.lines[-1]:
                self.lines.pop()
            number += 1

    def _table(self, node: LexborNode, direction: Direction, indent: str) -> None:
        """Write the rows of a table, its cells apart by a line."""
        for row in node.css("caption, tr"):
            cells = [row] if row.tag == "caption" else [one for one in row.iter() if one.tag in ("td", "th")]
            words = [_cell(one, _direction(one, direction), direction) for one in cells]
            self._line(indent + " | ".join(words), direction)

    def _code(self, node: LexborNode, direction: Direction, indent: str) -> None:
        """Write code as it is, each line from left to right."""
        for line in node.text().rstrip("\n").split("\n"):
            self.lines.append(indent + (isolate(line, "ltr") if line.strip() and self.document == "rtl" else line))

    def _line(self, line: str, direction: Direction) -> None:
        self.lines.append(mark_line(line, direction, self.document))

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")


def _join_spaces(text: str) -> str:
    """Return a text with each run of spaces as one, as HTML shows it; no-break spaces stay."""
    for space in _OTHER_SPACES:
        text = text.replace(space, " ")
    return _join_doubled(text)


def _join_doubled(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _number(item: LexborNode, number: int) -> int:
    value = item.attributes.get("value")
    return int(value) if value and value.lstrip("-").isdigit() else number


def _resolution_number(item: LexborNode) -> str:
    """Return the number by which a resolution is cited, or an empty string for any other item."""
    anchor = item.attributes.get("id") or ""
    return anchor_to_number(anchor) if _RESOLUTION.fullmatch(anchor) else ""


def _direction(node: LexborNode, direction: Direction) -> Direction:
    own = node.attributes.get("dir")
    return own if own in ("ltr", "rtl") else direction  # type: ignore[return-value]


def _cell(node: LexborNode, own: Direction, direction: Direction) -> str:
    words = _join_spaces("".join(_pieces(node, own))).strip()
    return isolate(words, own) if own != direction and words else words


def _pieces(node: LexborNode, direction: Direction) -> Iterator[str]:
    return (_inline(child, direction) for child in node.iter(include_text=True) if (child.tag or "") not in _SILENT)


def _inline(node: LexborNode, direction: Direction) -> str:
    """Return words of a line with their isolates."""
    tag = node.tag or ""
    if tag == "-text":
        return _join_spaces(node.text_content or "")
    if tag == "br":
        return "\n"
    if tag == "img":
        alternative = _join_spaces(node.attributes.get("alt") or "").strip()
        return f"[{alternative}]" if alternative else ""
    attributes = node.attributes
    if tag in ("video", "audio"):
        sources = (one.attributes.get("src") for one in (node, *node.css("source")))
        return _link("", next(filter(None, sources), ""), direction)
    if attributes.get("role") == "doc-backlink":
        return ""
    own = attributes.get("dir") or ""
    words = "".join(_pieces(node, own if own in ("ltr", "rtl") else direction))  # type: ignore[arg-type]
    if attributes.get("role") == "doc-noteref":
        return f"[{words}]"
    if tag == "a":
        words = _link(words, attributes.get("href") or "", direction)
    if tag == "bdo" and own in OVERRIDES_BY_DIRECTION:
        return isolate(f"{OVERRIDES_BY_DIRECTION[own]}{words}{POP_OVERRIDE}", own)
    if own in ("ltr", "rtl") or tag == "bdi":
        return isolate(words, own if own in ("ltr", "rtl") else "")
    if tag in ("code", "kbd", "samp") and direction == "rtl":
        return isolate(words, "ltr")
    return words


def _link(words: str, target: str, direction: Direction) -> str:
    """Return the words of a link and its address, which follows unless the words are that."""
    if not target or target.startswith("#"):
        return words
    shown = target.removeprefix("mailto:").removeprefix("tel:")
    bare = "".join(one for one in words if unicodedata.category(one) != "Cf").strip()
    if _strip_scheme(bare) in (_strip_scheme(shown), _strip_scheme(unquote(shown))) or target.startswith("tel:"):
        return words
    address = f"<{shown}>"
    return f"{words} {isolate(address, 'ltr') if direction == 'rtl' else address}".lstrip()


def _strip_scheme(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
