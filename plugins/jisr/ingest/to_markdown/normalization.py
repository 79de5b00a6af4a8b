"""Elements of a tree in another shape: without blocks, with breaks for line ends, numbers as small characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jisr.ingest.sanitize.node_tree import BLOCKS, Node, words

_LOWERED = str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SMALL = re.compile(r"[0-9+\-=()n]{1,6}")


def resized(node: Node) -> Node:
    """Give raised and lowered numbers as the characters that are so."""
    said = words(node) if node.name in ("sub", "sup") and len(node.children) == 1 else ""
    if not _SMALL.fullmatch(said) or not isinstance(node.children[0], str):
        return node
    return Node(node.name, {}, [said.translate(_RAISED if node.name == "sup" else _LOWERED)])


def within(node: Node) -> Iterator[Node | str]:
    """Give all that an element holds, in the order of its text."""
    for child in node.children:
        yield child
        if isinstance(child, Node):
            yield from within(child)


def typed(node: Node) -> Iterator[str]:
    """Give the words of an element as typed, with its breaks as line ends."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from ["\n"] if child.name == "br" else [child.said.get("alt", "")] if child.name == "img" else typed(child)


def broken(node: Node) -> Node:
    """Give an element in which line ends are breaks."""
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node):
            children.append(broken(child))
            continue
        for at, line in enumerate(child.split("\n")):
            children += [Node("br"), line] if at else [line]
    return Node("div" if node.name == "pre" else node.name, node.said, children)


def flat(node: Node) -> Node:
    """Give an element without blocks: their words stand between spaces."""
    children: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
        elif child.name in BLOCKS:
            children += [" ", *flat(child).children, " "]
        else:
            children.append(flat(child) if child.name != "br" else " ")
    return Node(node.name, node.said, children)


def terms_in(node: Node) -> Iterator[Node]:
    """Give the terms and meanings of a list of them."""
    for child in node.children:
        if isinstance(child, Node) and child.name == "div":
            yield from terms_in(child)
        elif isinstance(child, Node):
            yield child
        elif child.strip():
            yield Node("dd", {}, [child])
