"""Elements of a tree in another shape: without blocks, with breaks for line ends, numbers as small characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.ingest.sanitize.node_tree import BLOCKS, HtmlNode, text_content

_SUBSCRIPTS = str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SMALL = re.compile(r"[0-9+\-=()n]{1,6}")


def convert_small_digits(node: HtmlNode) -> HtmlNode:
    """Return raised and lowered numbers as the characters that are so."""
    said = text_content(node) if node.name in ("sub", "sup") and len(node.children) == 1 else ""
    if not _SMALL.fullmatch(said) or not isinstance(node.children[0], str):
        return node
    return HtmlNode(node.name, {}, [said.translate(_SUPERSCRIPTS if node.name == "sup" else _SUBSCRIPTS)])


def descendants(node: HtmlNode) -> Iterator[HtmlNode | str]:
    """Return all that an element holds, in the order of its text."""
    for child in node.children:
        yield child
        if isinstance(child, HtmlNode):
            yield from descendants(child)


def raw_text(node: HtmlNode) -> Iterator[str]:
    """Return the words of an element as typed, with its breaks as line ends."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from (
                ["\n"] if child.name == "br" else [child.attributes.get("alt", "")] if child.name == "img" else raw_text(child)
            )


def convert_line_ends(node: HtmlNode) -> HtmlNode:
    """Return an element in which line ends are breaks."""
    children: list[HtmlNode | str] = []
    for child in node.children:
        if isinstance(child, HtmlNode):
            children.append(convert_line_ends(child))
            continue
        for at, line in enumerate(child.split("\n")):
            children += [HtmlNode("br"), line] if at else [line]
    return HtmlNode("div" if node.name == "pre" else node.name, node.attributes, children)


def flatten_blocks(node: HtmlNode) -> HtmlNode:
    """Return an element without blocks: their words stand between spaces."""
    children: list[HtmlNode | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
        elif child.name in BLOCKS:
            children += [" ", *flatten_blocks(child).children, " "]
        else:
            children.append(flatten_blocks(child) if child.name != "br" else " ")
    return HtmlNode(node.name, node.attributes, children)


def definition_items(node: HtmlNode) -> Iterator[HtmlNode]:
    """Return the terms and meanings of a list of them."""
    for child in node.children:
        if isinstance(child, HtmlNode) and child.name == "div":
            yield from definition_items(child)
        elif isinstance(child, HtmlNode):
            yield child
        elif child.strip():
            yield HtmlNode("dd", {}, [child])
