"""Footnotes of old pages: a sign that leads to a note, and a note that leads back, become notes of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jisr.ingest.sanitize.node_tree import BLOCKS, HEADINGS, HtmlNode, text_content

NOTE_MARK, NOTE_TEXT, NOTE_END = "\ue001", "\ue003", "\ue002"  # around the number of a note, in its place and before its text
_MARK = re.compile(f" ?{NOTE_MARK}(\\d+){NOTE_END}")
_TEXT = re.compile(f"^{NOTE_TEXT}(\\d+){NOTE_END} ?", re.MULTILINE)
_SIGN = re.compile(r"[\[(]?\s*(?:\w{1,4}|[*†‡§]{1,4})\s*[\])]?\.?")
_NAME = re.compile(r"(?:_?(?:ftn|edn|fn)|sdfoot|sdend|foot-?note|note|nb|reference)[\W_]*\w*", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:[\[(]\s*[\])]|\d{1,3}[.)]?(?=\s|$)|[↩↵⏎⤴↑^]\ufe0e?)[\s.:]*")
_BACK = re.compile("[\\s\\ufe0e\\ufe0f↩↵⏎⤴⇑⇧↑^⬆\\[\\]().:]*")
_MOST_NOTES = 2000


def note_mark(number: int) -> str:
    """Return the sign of a note in a text."""
    return f"{NOTE_MARK}{number}{NOTE_END}"


def note_start(number: int) -> str:
    """Return what stands before the words of a note, which are a paragraph."""
    return f"{NOTE_TEXT}{number}{NOTE_END} "


def write_notes(markdown: str) -> str:
    """Return Markdown with its notes as Markdown has them."""
    return _TEXT.sub(r"[^\1]: ", _MARK.sub(r"[^\1]", markdown))


@dataclass(slots=True)
class _Page:
    """The elements of a page by their names, the element around each, and the place of each."""

    root: HtmlNode
    named: dict[str, HtmlNode] = field(default_factory=dict)
    parents: dict[HtmlNode, HtmlNode] = field(default_factory=dict)
    places: dict[HtmlNode, int] = field(default_factory=dict)
    links: list[tuple[HtmlNode, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            self.places[node] = len(self.places)
            for key in ("id", "name"):
                if value := node.attributes.get(key, ""):
                    self.named.setdefault(value, node)
            fragment = node.attributes.get("href", "").partition("#")[2]
            if node.name == "a" and fragment:
                self.links.append((node, fragment))
            children = [child for child in node.children if isinstance(child, HtmlNode)]
            self.parents.update((child, node) for child in children)
            waiting += reversed(children)

    def above(self, node: HtmlNode) -> Iterator[HtmlNode]:
        """Yield an element and those around it."""
        one: HtmlNode | None = node
        while one is not None:
            yield one
            one = self.parents.get(one)


def mark_footnotes(root: HtmlNode) -> int:
    """Put marks in place of footnotes, and the notes at the end; return how many there are."""
    page = _Page(root)
    numbers: dict[HtmlNode, int] = {}
    for link, name in page.links[:_MOST_NOTES]:
        target = page.named.get(name)
        if target is None or not _SIGN.fullmatch(text_content(link).strip()):
            continue
        note = next((one for one in page.above(target) if one.name in BLOCKS), root)
        is_before = page.places[link] < page.places[note] and note is not root
        if is_before and (_NAME.fullmatch(name) or _leads_back(note, link, page)):
            number = numbers.setdefault(note, len(numbers) + 1)
            _replace(link, number, page)
    notes: list[HtmlNode | str] = []
    for note, number in numbers.items():
        notes.append(HtmlNode("p", {}, [note_start(number), *_words_of(note, page)]))
        _take_out(note, page)
    root.children += notes
    return len(numbers)


def _leads_back(note: HtmlNode, link: HtmlNode, page: _Page) -> bool:
    """Whether a link in a note leads to the sign, or to an element right around it."""
    near = list(page.above(link))[:3]
    return any(page.named.get(name) in near for one, name in page.links if note in page.above(one))


def _replace(link: HtmlNode, number: int, page: _Page) -> None:
    """Put a mark in place of a sign, its brackets and the element that raises it."""
    around = page.parents[link]
    alone = not "".join(text_content(one) for one in around.children if one is not link).strip(" []()")
    if around.name in ("sup", "span", "small") and alone:
        around.name, around.attributes, around.children = "span", {}, [note_mark(number)]
        return
    _strip_brackets(link, around)
    around.children[around.children.index(link)] = note_mark(number)


def _strip_brackets(link: HtmlNode, around: HtmlNode) -> None:
    """Take out the brackets right before and behind a link."""
    position = around.children.index(link)
    for index, pattern in ((position - 1, r"[\[(]\s*$"), (position + 1, r"^\s*[\])]")):
        if 0 <= index < len(around.children) and isinstance(text := around.children[index], str):
            around.children[index] = re.sub(pattern, "", text)


def _words_of(note: HtmlNode, page: _Page) -> list[HtmlNode | str]:
    """Return the words of a note without the links back and its number; paragraphs become lines."""
    for link, _ in page.links:
        if note in page.above(link) and _BACK.fullmatch(re.sub(r"\w{1,4}", "", text_content(link), count=1)):
            around = page.parents[link]
            _strip_brackets(link, around)
            around.children.remove(link)
            while around is not note and not re.sub(r"[\s\[\]()]", "", text_content(around)):
                page.parents[around].children.remove(around)
                around = page.parents[around]
    words = list(_lines(note))
    while words and isinstance(words[0], str):
        first = _LABEL.sub("", words[0], count=1) if _LABEL.match(words[0]) else words[0].lstrip()
        if first:
            words[0] = first
            break
        del words[0]
    return words


def _lines(node: HtmlNode) -> Iterator[HtmlNode | str]:
    has_line = False
    for child in node.children:
        if isinstance(child, HtmlNode) and not text_content(child).strip() and child.name != "br":
            continue
        if isinstance(child, HtmlNode) and child.name in BLOCKS:
            if has_line:
                yield HtmlNode("br")
            yield from _lines(child)
            has_line = True
        else:
            has_line = has_line or not isinstance(child, str) or bool(child.strip())
            yield child


def _take_out(note: HtmlNode, page: _Page) -> None:
    """Take out a note, the list that it was the last of, and the rule or heading that stood above that."""
    node = note
    while node is not page.root:
        around = page.parents[node]
        position = around.children.index(node)
        del around.children[position]
        before = [one for one in around.children[:position] if not isinstance(one, str) or one.strip()]
        after = "".join(text_content(one) for one in around.children[position:]).strip()
        last = before[-1] if before else None
        if isinstance(last, HtmlNode) and not after and (last.name == "hr" or last.name in HEADINGS):
            around.children.remove(last)
        if any(text_content(one).strip() for one in around.children) or around is page.root:
            return
        node = around
