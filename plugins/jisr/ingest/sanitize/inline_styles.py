"""Emphasis, struck words, lines and lists that styles state, as elements: of editors and of word processors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from jisr.ingest.sanitize.node_tree import BLOCKS, HtmlNode, text_content

_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em"))
_STYLED = frozenset("span font p a li small big u ins mark label td dd center".split())  # others are bold as a whole page is
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:(bold|[6-9]00)|(normal|lighter|[1-5]00))\b", re.IGNORECASE)
_SLANT = re.compile(r"(?:^|;)\s*font-style\s*:\s*(?:(italic|oblique)|(normal))\b", re.IGNORECASE)
_STRUCK = frozenset(("s", "strike", "del"))
_STRIKE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\b(line-through)\b", re.IGNORECASE)
_LINES = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:(pre(?:-wrap|-line)?|break-spaces)|(normal|nowrap))\b", re.IGNORECASE)
_VERSE = re.compile(r"(?:^|[\s_-])(?:verse|poem|poetry|lyrics?)(?:$|[\s_-])", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_MARKER = re.compile(
    r"\s*(?:([0-9\u0660-\u0669\u06f0-\u06f9]{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)\u066b-]|[·•o§\uf0a7\uf0b7\u25aa\u25cf*–-])[\s\u00a0]+"
)


def apply_styles(node: HtmlNode) -> None:
    """Change a tree so that its elements state what its styles do."""
    _group_lists(node)
    _break_lines(node, False)
    for names, pattern, tag in ((_BOLD, _WEIGHT, "strong"), (_ITALIC, _SLANT, "em"), (_STRUCK, _STRIKE, "del")):
        node.children = _Emphasis(names, pattern, tag).apply(node.children)


@dataclass(frozen=True, slots=True)
class _Emphasis:
    """One kind of emphasis: the elements that have it, the style that states it, and the element to write."""

    names: frozenset[str]
    pattern: re.Pattern[str]
    tag: str

    def apply(self, children: list[HtmlNode | str]) -> list[HtmlNode | str]:
        """Return nodes with an element around what a style emphasizes, and none around what it does not."""
        return [child if isinstance(child, str) else self._apply_to(child) for child in children]

    def _apply_to(self, node: HtmlNode) -> HtmlNode:
        stated = self._stated(node)
        is_emphasized = node.name in self.names if stated is None else stated and (node.name in self.names | _STYLED)
        if not is_emphasized:
            return HtmlNode(self._plain_name(node), node.attributes, self.apply(node.children))
        if self._has_plain_part(node):
            return HtmlNode(self._plain_name(node), node.attributes, self._wrap(node.children))
        if node.name in self.names or not text_content(node).strip():
            return node
        return HtmlNode(node.name, node.attributes, [HtmlNode(self.tag, {}, node.children)])

    def _wrap(self, children: list[HtmlNode | str]) -> list[HtmlNode | str]:
        """Return nodes with an element around each part that no style makes plain."""
        result: list[HtmlNode | str] = []
        for is_mixed, group in groupby(children, self._is_mixed):
            members = list(group)
            if not is_mixed:
                has_text = any(text_content(one).strip() for one in members)
                result += [HtmlNode(self.tag, {}, members)] if has_text else members
            for child in members if is_mixed else ():
                if isinstance(child, HtmlNode):
                    inner = self.apply(child.children) if self._stated(child) is False else self._wrap(child.children)
                    result.append(HtmlNode(self._plain_name(child), child.attributes, inner))
        return result

    def _is_mixed(self, node: HtmlNode | str) -> bool:
        return isinstance(node, HtmlNode) and (self._stated(node) is False or self._has_plain_part(node))

    def _has_plain_part(self, node: HtmlNode) -> bool:
        """Whether a style within an element takes its emphasis away."""
        return any(map(self._is_mixed, node.children))

    def _stated(self, node: HtmlNode) -> bool | None:
        match = self.pattern.search(node.attributes.get("style", ""))
        return None if match is None else match[1] is not None

    def _plain_name(self, node: HtmlNode) -> str:
        return "span" if node.name in self.names else node.name


def _break_lines(node: HtmlNode, keeps_lines: bool) -> None:
    """Put breaks where a style keeps the line ends of the text; a poem in ``pre`` is no code."""
    if node.name == "pre" and _VERSE.search(node.attributes.get("class", "")):
        node.name, keeps_lines = "p", True
    elif node.name in ("pre", "code", "textarea"):
        return
    match = _LINES.search(node.attributes.get("style", ""))
    keeps_lines = keeps_lines if match is None else match[1] is not None
    children: list[HtmlNode | str] = []
    for child in node.children:
        if isinstance(child, HtmlNode):
            _break_lines(child, keeps_lines)
            children.append(child)
        elif keeps_lines and (child.strip() or node.name not in BLOCKS):
            for number, line in enumerate(child.split("\n")):
                children += [HtmlNode("br"), line] if number else [line]
        else:
            children.append(child)
    node.children = children


def _group_lists(node: HtmlNode) -> None:
    node.children = _group_word_lists(node.children)
    for child in node.children:
        if isinstance(child, HtmlNode):
            _group_lists(child)


def _group_word_lists(children: list[HtmlNode | str]) -> list[HtmlNode | str]:
    """Return nodes with the paragraphs that a word processor numbered as lists."""
    if not any(isinstance(child, HtmlNode) and _list_level(child) for child in children):
        return children
    result: list[HtmlNode | str] = []
    lists: list[tuple[int, HtmlNode]] = []  # the open ones with their levels
    for child in children:
        level = _list_level(child) if isinstance(child, HtmlNode) else 0
        if isinstance(child, HtmlNode) and level:
            _add_item(child, level, lists, result)
        elif isinstance(child, HtmlNode) or child.strip() or not lists:
            lists.clear()
            result.append(child)
    return result


def _add_item(paragraph: HtmlNode, level: int, lists: list[tuple[int, HtmlNode]], result: list[HtmlNode | str]) -> None:
    marker = _take_marker(paragraph)
    name = "ol" if re.match(r"\s*[^\W_]{1,4}[.)-]", marker) else "ul"
    while lists and (lists[-1][0] > level or (lists[-1][0] == level and lists[-1][1].name != name)):
        lists.pop()
    if not lists or lists[-1][0] < level:
        number = re.search(r"\d+", marker)
        new = HtmlNode(name, {"start": str(int(number[0]))} if number and name == "ol" else {})
        (lists[-1][1].children[-1].children if lists and isinstance(lists[-1][1].children[-1], HtmlNode) else result).append(
            new
        )
        lists.append((level, new))
    attributes = {key: value for key, value in paragraph.attributes.items() if key in ("dir", "lang", "style")}
    lists[-1][1].children.append(HtmlNode("li", attributes, paragraph.children))


def _list_level(node: HtmlNode) -> int:
    match = _WORD_LIST.search(node.attributes.get("style", "")) if node.name == "p" else None
    return int(match[1]) if match else 0


def _take_marker(node: HtmlNode) -> str:
    """Remove the number or sign before an item and return it."""
    for parent in _elements(node):
        for child in parent.children:
            if isinstance(child, HtmlNode) and _WORD_MARKER.search(child.attributes.get("style", "")):
                parent.children.remove(child)
                return text_content(child)
    match = _MARKER.match(text_content(node))
    if match is None:
        return ""
    _remove_start(node, match.end())
    return match[0]


def _elements(node: HtmlNode) -> list[HtmlNode]:
    found = [node]
    for child in node.children:
        found += _elements(child) if isinstance(child, HtmlNode) else []
    return found


def _remove_start(node: HtmlNode, count: int) -> int:
    """Remove characters from the start of the text of an element. Returns how many are left to remove."""
    for index, child in enumerate(node.children):
        if count <= 0:
            break
        if isinstance(child, str):
            node.children[index] = child[count:]
            count -= len(child)
        else:
            count = _remove_start(child, count)
    return count
