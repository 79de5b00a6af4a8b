"""Headings, lists and verses that people typed as plain paragraphs, made what they are."""

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
    inner = [one for one in node.children if not isinstance(one, str) or one.strip()]
    return node.name == "p" and len(inner) == 1 and isinstance(inner[0], HtmlNode) and inner[0].name in _STRONG
