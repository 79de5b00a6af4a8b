"""Headings, lists, verses and captions that people typed as plain paragraphs, made what they are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from jisr.ingest.sanitize.node_tree import BLOCKS, CONTAINERS, HEADINGS, HtmlNode, text_content

_ITEM = re.compile(r"\s*(?:(?P<bullet>[-•▪●*–·])|(?P<number>\d{1,3})\s?[.)\-–])\s+")
_END = re.compile(r"[.!?؟،,;؛…»”\"')\]]\s*$")
_LONGEST_HEADING = 80  # characters
_VERSE = re.compile(r"(?:^|\s)(?:wp-block-verse|verse|poem|poetry|poesie)(?:\s|$)", re.IGNORECASE)
_STRONG = frozenset(["strong", "b"])


def clean_markup(root: HtmlNode, changes: Counter[str]) -> None:
    """Make bold lines headings, paragraphs with numbers or bullets lists, and line ends of verses breaks."""
    waiting, containers, has_heading = [root], [root], False
    while waiting:
        node = waiting.pop()
        has_heading = has_heading or node.name in HEADINGS
        if node.name in ("pre", "div", "p", "blockquote") and _VERSE.search(node.attributes.get("class", "")):
            _break_verse(node)
            changes["verses"] += 1
            continue
        _make_figure(node)
        _split_breaks(node)
        _make_lists(node, changes)
        waiting += [child for child in node.children if isinstance(child, HtmlNode)]
        containers += [node] if node.name in CONTAINERS and node is not root else []
    for node in [] if has_heading else containers:
        _make_headings(node, changes)


def _break_verse(node: HtmlNode) -> None:
    """Make the line ends of a verse breaks."""
    node.name = "p" if node.name == "pre" else node.name
    children: list[HtmlNode | str] = []
    for child in node.children:
        if isinstance(child, HtmlNode):
            children.append(child)
            continue
        for number, line in enumerate(child.strip("\n").split("\n")):
            children += [HtmlNode("br"), line] if number else [line]
    node.children = children


def _make_figure(node: HtmlNode) -> None:
    """Make a picture with words in italics below it, or one that SPIP shows with its title, a figure."""
    parts = [one for one in node.children if isinstance(one, HtmlNode)]
    has_words = any(isinstance(one, str) and one.strip() for one in node.children)
    if node.name == "dl" and "spip_documents" in node.attributes.get("class", "").split():
        node.name, node.children = "figure", [one for part in parts for one in _document_part(part)]
    elif node.name in ("p", "div") and len(parts) in (2, 3) and not has_words:
        picture, *breaks, words = parts
        if _holds_picture(picture) and words.name in ("em", "i", "small") and all(one.name == "br" for one in breaks):
            node.name, node.children = "figure", [picture, HtmlNode("figcaption", {}, words.children)]


def _document_part(part: HtmlNode) -> list[HtmlNode | str]:
    if any(isinstance(one, HtmlNode) and _holds_picture(one) for one in part.children):
        return part.children
    inner = part.children[0] if len(part.children) == 1 else None
    words = inner.children if isinstance(inner, HtmlNode) and inner.name in _STRONG else part.children
    return [HtmlNode("figcaption", {}, words)] if text_content(part).strip() else []


def _holds_picture(node: HtmlNode) -> bool:
    return node.name == "img" or (node.name == "a" and (inner := _only_child(node)) is not None and inner.name == "img")


def _only_child(node: HtmlNode) -> HtmlNode | None:
    """Return the element that is all that an element holds, or None."""
    inner = [one for one in node.children if not isinstance(one, str) or one.strip()]
    return inner[0] if len(inner) == 1 and isinstance(inner[0], HtmlNode) else None


def _split_breaks(node: HtmlNode) -> None:
    """Make paragraphs of words in a container between two breaks, and a list of lines that are its items."""
    if node.name in CONTAINERS and any(isinstance(one, HtmlNode) and one.name == "br" for one in node.children):
        children: list[HtmlNode | str] = []
        run: list[HtmlNode | str] = []
        for one in [*node.children, HtmlNode("hr")]:
            is_block = isinstance(one, HtmlNode) and one.name in BLOCKS
            if is_block or _ends_paragraph(run, one):
                while run and isinstance(run[-1], HtmlNode) and run[-1].name == "br":
                    run.pop()
                children += [HtmlNode("p", {}, run)] if any(not isinstance(part, str) or part.strip() for part in run) else []
                run = []
                children += [one] if is_block else []
            else:
                run.append(one)
        node.children = children[:-1]
    children = []
    for one in node.children:
        children += _lines_as_items(one) if isinstance(one, HtmlNode) and one.name == "p" else [one]
    node.children = children


def _ends_paragraph(run: list[HtmlNode | str], one: HtmlNode | str) -> bool:
    """Whether a break follows a break, with nothing but spaces between them."""
    words = [part for part in run if not isinstance(part, str) or part.strip()]
    last = words[-1] if words else None
    return isinstance(one, HtmlNode) and one.name == "br" and isinstance(last, HtmlNode) and last.name == "br"


def _lines_as_items(paragraph: HtmlNode) -> list[HtmlNode | str]:
    """Return a paragraph for each line of one whose lines all begin as items of a list, or else the paragraph."""
    lines: list[list[HtmlNode | str]] = [[]]
    for one in paragraph.children:
        if isinstance(one, HtmlNode) and one.name == "br":
            lines.append([])
        else:
            lines[-1].append(one)
    lines = [line for line in lines if any(not isinstance(one, str) or one.strip() for one in line)]
    items = [_ITEM.match(line[0]) if isinstance(line[0], str) else None for line in lines]
    if len(lines) > 1 and all(items):
        return [HtmlNode("p", {}, line) for line in lines]
    first = HtmlNode("p", {}, lines[0]) if len(lines) > 1 else None
    if first is not None and _is_bold(first) and not _END.search(text_content(first)):
        rest = [part for number, line in enumerate(lines[1:]) for part in ([HtmlNode("br")] if number else []) + line]
        return [first, HtmlNode("p", dict(paragraph.attributes), rest)]
    return [paragraph]


def _make_lists(node: HtmlNode, changes: Counter[str]) -> None:
    """Make paragraphs that follow each other, and begin with bullets or with numbers in order, a list."""
    children: list[HtmlNode | str] = []
    items: list[tuple[HtmlNode, re.Match[str]]] = []

    def flush() -> None:
        if len(items) > 1:
            changes["lists"] += 1
            number = items[0][1]["number"]
            entries: list[HtmlNode | str] = [HtmlNode("li", {}, one.children) for one, _ in items]
            children.append(HtmlNode("ol", {"start": str(int(number))}, entries) if number else HtmlNode("ul", {}, entries))
            for (one, match), _ in zip(items, entries, strict=True):
                one.children[0] = str(one.children[0])[match.end() :]
        else:
            children.extend(one for one, _ in items)
        items.clear()

    for child in node.children:
        if isinstance(child, str) and not child.strip():
            continue
        match = _item_of(child)
        if match and items and not _follows(items[-1][1], match):
            flush()
        if match and isinstance(child, HtmlNode) and (items or match["bullet"] or int(match["number"]) == 1):
            items.append((child, match))
        else:
            flush()
            children.append(child)
    flush()
    if node.name in BLOCKS and any(isinstance(one, HtmlNode) and one.name in ("p", "ol", "ul") for one in children):
        node.children = children


def _item_of(child: HtmlNode | str) -> re.Match[str] | None:
    """Return what begins a paragraph that is an item of a list, without breaks in it."""
    if isinstance(child, str) or child.name != "p" or not child.children or not isinstance(child.children[0], str):
        return None
    if any(isinstance(one, HtmlNode) and one.name == "br" for one in child.children):
        return None
    return _ITEM.match(child.children[0])


def _follows(before: re.Match[str], match: re.Match[str]) -> bool:
    if before["bullet"] or match["bullet"]:
        return before["bullet"] == match["bullet"]
    return int(match["number"]) == int(before["number"]) + 1


def _make_headings(root: HtmlNode, changes: Counter[str]) -> None:
    """Make short paragraphs that are bold as a whole headings, where a text has no others and words follow."""
    blocks = [child for child in root.children if not isinstance(child, str) or child.strip()]
    for one, following in pairwise(blocks):
        if isinstance(one, HtmlNode) and _is_bold(one) and isinstance(following, HtmlNode) and not _is_bold(following):
            words = text_content(one).strip()
            if len(words) <= _LONGEST_HEADING and not _END.search(words) and any(map(str.isalpha, words)):
                one.name = "h2"
                changes["headings"] += 1


def _is_bold(node: HtmlNode) -> bool:
    inner = _only_child(node)
    while inner is not None and inner.name in ("span", "font"):
        inner = _only_child(inner)
    return node.name == "p" and inner is not None and inner.name in _STRONG
