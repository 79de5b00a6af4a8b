"""Normal forms of elements: without blocks, with breaks for line ends, small numbers as characters."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.ingest.sanitize.formulas import shift_letters, shift_number
from jisr.ingest.sanitize.node_tree import BLOCKS, HtmlNode, text_content


def convert_small_signs(node: HtmlNode, before: str) -> HtmlNode:
    """Return numbers above or below the line as characters of Unicode or with a sign, letters of formulas with a sign."""
    if node.name not in ("sub", "sup"):
        return node
    text, is_raised = text_content(node), node.name == "sup"
    number = shift_number(text, is_raised) or shift_letters(text, is_raised, before)
    return _replace_text(node, number) if number and not any(map(_is_link, descendants(node))) else node


def _is_link(node: HtmlNode | str) -> bool:
    return isinstance(node, HtmlNode) and node.name == "a"


def _replace_text(node: HtmlNode, text: str) -> HtmlNode:
    """Return an element with other words, in the emphasis that it has."""
    inner = [one for one in node.children if isinstance(one, HtmlNode)]
    return HtmlNode(node.name, node.attributes, [_replace_text(inner[0], text)] if len(inner) == 1 else [text])


def descendants(node: HtmlNode) -> Iterator[HtmlNode | str]:
    """Yield the descendants of an element, in document order."""
    for child in node.children:
        yield child
        if isinstance(child, HtmlNode):
            yield from descendants(child)


def raw_text(node: HtmlNode) -> Iterator[str]:
    """Yield the text of an element with line ends for its breaks."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name == "br":
            yield "\n"
        elif child.name == "img":
            yield child.attributes.get("alt", "")
        else:
            yield from raw_text(child)


def convert_line_ends(node: HtmlNode) -> HtmlNode:
    """Return an element with breaks for line ends."""
    children: list[HtmlNode | str] = []
    for child in node.children:
        if isinstance(child, HtmlNode):
            children.append(convert_line_ends(child))
            continue
        for number, line in enumerate(child.split("\n")):
            children += [HtmlNode("br"), line] if number else [line]
    return HtmlNode("div" if node.name == "pre" else node.name, node.attributes, children)


def flatten_blocks(node: HtmlNode) -> HtmlNode:
    """Return an element without blocks, with spaces around their content."""
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
    """Yield the terms and definitions of a definition list."""
    for child in node.children:
        if isinstance(child, HtmlNode) and child.name == "div":
            yield from definition_items(child)
        elif isinstance(child, HtmlNode):
            yield child
        elif child.strip():
            yield HtmlNode("dd", {}, [child])
