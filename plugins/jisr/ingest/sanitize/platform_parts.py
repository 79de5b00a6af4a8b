"""What platforms add to the words of an author: sharing, subscribing, fields, closing lines, codes, the title again.

Structure decides before wording: names of classes that platforms give, forms, addresses of buttons, links of a text to
itself. Wordings (``platform_words.py``) count at the edges of a text alone. Nothing that is most of a text is removed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from jisr.ingest.language.letter_folding import normalize_text
from jisr.ingest.sanitize import cards, platform_words
from jisr.ingest.sanitize.node_tree import (
    BLOCKS,
    HEADINGS,
    HtmlNode,
    descendant_elements,
    split_runs,
    text_blocks,
    text_content,
)
from jisr.ingest.sanitize.numbered_lists import WORD_NOTE, note_names, read_footnotes
from jisr.ingest.sanitize.platform_codes import replace_codes
from jisr.ingest.sanitize.safe_urls import strip_tracking

_LONGEST_NAME = 80  # of a class
_FORM_FIELDS = frozenset(("input", "button", "textarea", "select"))
_SCRIPT_NOTICE = re.compile("java ?script", re.IGNORECASE)
_LONGEST_LABEL = 8  # words beside the buttons of a block
_LONGEST_CLOSING = 45  # words of a closing line
_SMALL_PART = 25  # words of a part with a platform's class, which may be more than half of a short text
_LONGEST_PART = 120  # words of one of links or fields
_MOST_CLOSINGS = 10
_MOST_FIELDS = 4  # before a text
_FIELDS = frozenset(("span", "time", "div"))
_DATE_FIELD = re.compile(r"(?:[^\W\d]{2,12}[,،]? ?)?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?: ?[-–,]? ?\d{1,2}:\d{2}(?::\d{2})?)?")
_LEAST_TEXT = 3  # words that stay
_EDGE_BLOCKS = 4
_CUT_MARK = re.compile(
    r"\s*(?:\[\s*(?:…|\.{2,4}|\u2026)\s*\]|\(\s*(?:…|\.{3})\s*\)|\[\s*(?:Read more|\+|more|plus|المزيد)\s*\])\s*$",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"(?<=[.!?؟۔])\s+\S+(?:\s+\S+)?$")  # one or two words of a sentence that was cut
_SENTENCE_END = (".", "!", "?", "؟", "۔", "…", ":", "»", "”", '"')


@dataclass(slots=True)
class PlatformParts:
    """The post that a text belongs to, and what was found in the text."""

    title: str = ""
    link: str = ""
    home: str = ""
    count: int = 0  # parts that were removed
    tracking_count: int = 0  # links that tell who follows them
    author: str = ""  # of a line such as "By …"
    is_protected: bool = False  # a form for a password stands in place of the text
    has_password: bool = False
    places: frozenset[str] = frozenset()  # names of the notes in the text that lead back
    word_counts: dict[int, int] = field(default_factory=dict)  # by the identity of an element, before anything is removed

    def remove_from(self, root: HtmlNode) -> None:
        """Remove what a platform added to a text, in its tree."""
        total = self._count_below(root)
        self.has_password = any(map(_is_password, descendant_elements(root)))
        self.is_protected = platform_words.PROTECTED_TITLE.match(self.title) is not None and total <= _LONGEST_LABEL * 2
        self._remove_elements(root, total)
        self.count += replace_codes(root)
        links = [one.attributes.get("href", "") for one in descendant_elements(root) if one.name == "a"]
        self.tracking_count = sum(strip_tracking(one) != one for one in links)
        self._remove_bare_fields(root)
        self.places = note_names(root)
        read_footnotes(root, self._is_within)
        for node in list(descendant_elements(root)):
            if cards.RECORDING_CLASS.search(node.attributes.get("class", "")):
                cards.name_recording(node)
            if node.name == "a" and "lightbox" in node.attributes.get("class", "").split() and _has_media(node):
                node.children = [one for one in descendant_elements(node) if one.name == "img"]
            if cards.link_document(node):
                continue
            if cards.CARD_CLASS.search(node.attributes.get("class", "")):
                cards.link_card(node)
            elif cards.FILE_CLASS.search(node.attributes.get("class", "")):
                cards.drop_repeated_link(node)
            elif node.name == "a" and self._is_within(node.attributes.get("href", "")):
                node.name, node.attributes = "span", {}  # a footnote or a heading: our page has no such place
        split_runs(root)
        self._remove_repeated_title(root)
        self._remove_byline(root)
        self._remove_submission(root)
        self._remove_closing(root)

    def _count_below(self, node: HtmlNode) -> int:
        children = (self._count_below(one) if isinstance(one, HtmlNode) else len(one.split()) for one in node.children)
        self.word_counts[id(node)] = sum(children)
        return self.word_counts[id(node)]

    def _drop(self, parent: HtmlNode, child: HtmlNode) -> None:
        parent.children = [one for one in parent.children if one is not child]
        self.count += 1

    def _remove_elements(self, node: HtmlNode, total: int) -> None:
        """Remove parts that are a platform's by their class, role, form or links."""
        dropped: set[int] = set()
        for child in node.children:
            if not isinstance(child, HtmlNode):
                continue
            size = self.word_counts[id(child)]
            if _is_password(child):
                self.is_protected = self.is_protected or total <= _LONGEST_PART
            is_small = size <= _LONGEST_CLOSING and (_is_buttons(child) or (_is_terms(child) and total - size >= _LEAST_TEXT))
            if self._is_platform_part(child, size, total) or is_small:
                if child.name == "form":
                    self._remove_elements(child, total)
                dropped.add(id(child))
            else:
                self._remove_elements(child, total)
        node.children = [child for child in node.children if id(child) not in dropped]
        self.count += len(dropped)

    def _is_platform_part(self, node: HtmlNode, size: int, total: int) -> bool:
        names = [name for name in node.attributes.get("class", "").split() if len(name) <= _LONGEST_NAME]
        is_named = any(map(platform_words.PLATFORM_CLASS.fullmatch, names)) or platform_words.PLATFORM_ID.fullmatch(
            node.attributes.get("id", "").strip()
        )
        is_navigation = node.name == "nav" or node.attributes.get("role") in ("navigation", "search")
        is_form = node.name == "form" and any(one.name in _FORM_FIELDS for one in descendant_elements(node))
        is_notice = node.name == "noscript" and _SCRIPT_NOTICE.search(text_content(node)) is not None
        if platform_words.LINE_NUMBER_CLASS.search(node.attributes.get("class", "")) and not re.search(r"[^\W\d]", _line(node)):
            return bool(size)
        if not (is_named or is_navigation or is_form or is_notice) or (size == 0 and _has_media(node)):
            return False
        is_password = is_form and self.has_password and any(map(_is_password, descendant_elements(node)))
        linked = sum(self.word_counts[id(one)] for one in descendant_elements(node) if one.name == "a")
        is_small = size <= _SMALL_PART or ((is_form or linked * 2 > size) and size <= _LONGEST_PART)
        return is_password or (is_small and total - size >= _LEAST_TEXT) or size * 2 <= total

    def _remove_bare_fields(self, root: HtmlNode) -> None:
        """Remove the title, the name of an account and the date before a text, as Drupal has them also without classes."""
        first: list[HtmlNode] = []
        for child in root.children:
            if isinstance(child, HtmlNode) and child.name in _FIELDS and _count_words(child) <= 2 * _LONGEST_LABEL:
                first.append(child)
            elif not isinstance(child, str) or child.strip() or len(first) == _MOST_FIELDS:
                break
        kinds = ["title" if self._is_title(one) else _field_kind(one) for one in first]
        known = [number for number, kind in enumerate(kinds) if kind]
        filled = [one for one in root.children if text_content(one).strip() or (isinstance(one, HtmlNode) and _has_media(one))]
        if len(known) < 2 or "date" not in kinds or known[-1] + 1 >= len(filled):
            return
        for one in first[: known[-1] + 1]:
            if not _has_media(one):
                self._drop(root, one)

    def _remove_repeated_title(self, root: HtmlNode) -> None:
        """Remove a heading or first line that is the title again."""
        blocks = list(text_blocks(root))
        for number, (parent, block) in enumerate(blocks[:_EDGE_BLOCKS]):
            is_first = number == 0 or block.name in HEADINGS
            if is_first and len(blocks) > 1 and self._is_title(block) and not _has_media(block):
                self._drop(parent, block)
                return
            lines = [one for one in block.children if not isinstance(one, str) or one.strip()]
            first, second = [*lines, "", ""][:2]
            is_line = isinstance(first, HtmlNode) and isinstance(second, HtmlNode) and second.name == "br"
            if number == 0 and is_line and isinstance(first, HtmlNode) and self._is_title(first) and len(lines) > 2:
                self._drop(block, first)
                return

    def _is_title(self, node: HtmlNode) -> bool:
        title = re.findall(r"\w+", normalize_text(self.title))
        return bool(title) and re.findall(r"\w+", normalize_text(text_content(node))) == title

    def _remove_byline(self, root: HtmlNode) -> None:
        """Remove a first line that names the author, and remember the name."""
        blocks = list(text_blocks(root))
        for parent, block in blocks[:2] if len(blocks) > 1 else ():
            text = _line(block)
            is_marked = any(
                one.name in ("strong", "b", "em", "i", "small") and _line(one) == text for one in descendant_elements(block)
            )
            has_class = re.search("author|byline", block.attributes.get("class", ""), re.IGNORECASE)
            match = platform_words.BYLINE.fullmatch(text) or (
                platform_words.OPEN_BYLINE.fullmatch(text) if is_marked or has_class else None
            )
            if match and len(text.split()) <= _LONGEST_LABEL and not _has_media(block):
                self.author = match["name"].strip()
                self._drop(parent, block)
                return

    def _remove_submission(self, root: HtmlNode) -> None:
        """Leave of a line on who brought an address to a list of links the address alone, unless the post leads there."""
        blocks = list(text_blocks(root))
        for parent, block in dict.fromkeys((*blocks[:1], *blocks[-1:])):
            if platform_words.SUBMISSION.match(_line(block)) and _count_words(block) <= _LONGEST_CLOSING:
                links = [one for one in descendant_elements(block) if one.name == "a"]
                named = [one for one in links if _line(one) in ("[link]", one.attributes.get("href", ""))]
                block.children = [one for one in named if not self._is_own(one.attributes.get("href", ""))]
                self._drop(parent, block) if not block.children else None
                self.count += bool(block.children)

    def _remove_closing(self, root: HtmlNode) -> None:
        """Remove last lines that lead to the text itself or invite to it, and the sign that it was cut."""
        for _ in range(_MOST_CLOSINGS):
            blocks = list(text_blocks(root))
            if not blocks:
                self._remove_cut_mark(root)
                return
            parent, block = blocks[-1]
            has_more = len(blocks) > 1 or len(text_content(root).split()) > _count_words(block)
            if has_more and not _has_media(block) and self._is_closing(block):
                self._drop(parent, block)
            elif not (self._remove_last_link(block) or self._remove_cut_mark(block)):
                return

    def _is_closing(self, block: HtmlNode) -> bool:
        text, words = _line(block), _count_words(block)
        inner = list(descendant_elements(block))
        links = [one.attributes.get("href", "") for one in inner if one.name == "a"]
        is_to_itself = any(map(self._is_own, links)) and any(map(self._is_home, links))
        is_of_this = any(map(self._is_own_host, links)) or (self.title and normalize_text(self.title) in normalize_text(text))
        is_count = platform_words.COUNTS.fullmatch(text) and any(one.name == "small" and _line(one) == text for one in inner)
        if platform_words.HOST_NOTICE.match(text) or is_count:
            return True
        if words <= _LONGEST_CLOSING and (is_to_itself or (is_of_this and platform_words.CLOSING.search(text))):
            return True
        is_invitation = words <= _LONGEST_LABEL and platform_words.INVITATION.match(text) is not None
        is_label = text.endswith((":", "…", "...", "→", "»")) or block.name in HEADINGS
        return is_invitation and (is_label or (bool(links) and all(map(self._is_own_host, links))))

    def _remove_last_link(self, block: HtmlNode) -> bool:
        """Remove a last link that leads to the text itself, with words such as "read on"."""
        parent, last = block, block
        while last.children and isinstance(last, HtmlNode):
            final = next((one for one in reversed(last.children) if not isinstance(one, str) or one.strip()), None)
            if not isinstance(final, HtmlNode):
                return False
            parent, last = last, final
            if last.name == "a":
                break
        if last.name != "a" or _count_words(last) > 2 * _LONGEST_LABEL or _has_media(last):
            return False
        said = platform_words.INVITATION.match(_line(last)) is not None or not re.search(r"\w", _line(last))
        is_own = self._is_own(last.attributes.get("href", ""))
        if not (is_own and (said or normalize_text(_line(last)) == normalize_text(self.title))):
            return False
        self._drop(parent, last)
        return True

    def _remove_cut_mark(self, block: HtmlNode) -> bool:
        """Replace "[…]" at the end by "…", or by nothing after a sentence, as what a host says of itself."""
        parent, last = block, _last_content(block)
        while isinstance(last, HtmlNode):
            parent, last = last, _last_content(last)
        if notice := platform_words.HOST_NOTICE.search(last):
            parent.children[-1] = last[: notice.start()].rstrip()
            self.count += 1
            return True
        match = _CUT_MARK.search(last)
        if match is None:
            return False
        before = _FRAGMENT.sub("", last[: match.start()].rstrip())
        parent.children[-1] = before if before.endswith(_SENTENCE_END) or not before else f"{before}…"
        self.count += 1
        return True

    def _is_own(self, href: str) -> bool:
        return bool(self.link) and _address(href) == _address(self.link)

    def _is_within(self, href: str) -> bool:
        """Whether a link leads to a place within the text, which its editor may have had at another address."""
        address, _, name = href.partition("#")
        return href.startswith("#") or bool(
            name and (self._is_own(address) or name in self.places or WORD_NOTE.fullmatch(name))
        )

    def _is_own_host(self, href: str) -> bool:
        return bool(_address(href)) and _address(href).split("/")[0] in {
            _address(one).split("/")[0] for one in (self.link, self.home)
        }

    def _is_home(self, href: str) -> bool:
        """Whether a link leads to the site of the post: its home, or a part of it above the post."""
        own, other = _address(self.link), _address(href)
        return bool(other) and other != own and (own.startswith(f"{other}/") or other == _address(self.home))


def _address(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    query = parts.query if re.search(r"(?:^|&)(?:p|id|v|article\d*|page_id)\b", parts.query) else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def _count_words(node: HtmlNode) -> int:
    return len(text_content(node).split())


def _line(node: HtmlNode) -> str:
    return " ".join(text_content(node).split())


def _has_media(node: HtmlNode) -> bool:
    return any(
        one.name in ("img", "amp-img", "iframe", "video", "audio", "object", "embed", "picture")
        for one in descendant_elements(node)
    )


def _is_password(node: HtmlNode) -> bool:
    kind, name = (node.attributes.get(key, "").lower() for key in ("type", "name"))
    return node.name == "input" and (kind == "password" or name == "post_password")


def _last_content(node: HtmlNode) -> HtmlNode | str:
    """Return the last child of an element, after which breaks and spaces are removed."""
    while node.children:
        last = node.children[-1]
        if last.strip() if isinstance(last, str) else last.name != "br":
            return last
        node.children.pop()
    return ""


def _is_terms(node: HtmlNode) -> bool:
    """Whether a block lists the words or categories of a text alone, with a label of up to two words."""
    links = [one for one in descendant_elements(node) if one.name == "a"]
    if node.name not in BLOCKS or not links or _has_media(node):
        return False
    is_all = all(platform_words.TERM_URL.search(one.attributes.get("href", "")) for one in links)
    return is_all and _count_words(node) - sum(map(_count_words, links)) <= 2


def _field_kind(node: HtmlNode) -> str:
    """Return what a field without words of its own is: an account's name or a date; "" for any other."""
    inner = [node, *descendant_elements(node)]
    if any("user" in one.attributes.get("about", "") or "Person" in one.attributes.get("typeof", "") for one in inner):
        return "account"
    text = _line(node)
    is_time = any(one.name == "time" and _line(one) == text for one in inner)
    return "date" if text and (is_time or _DATE_FIELD.fullmatch(text)) else ""


def _is_buttons(node: HtmlNode) -> bool:
    """Whether a block has links to actions of a platform alone, with few words beside them."""
    if node.name not in BLOCKS and node.name != "a":
        return False
    links = [node] if node.name == "a" else [one for one in descendant_elements(node) if one.name == "a"]
    if (
        not links
        or not all(platform_words.ACTION_URL.search(one.attributes.get("href", "")) for one in links)
        or _has_media_beside(node, links)
    ):
        return False
    return _count_words(node) - sum(map(_count_words, links)) <= _LONGEST_LABEL - 2 and sum(
        map(_count_words, links)
    ) <= 6 * len(links)


def _has_media_beside(node: HtmlNode, links: list[HtmlNode]) -> bool:
    return sum(one.name in ("img", "iframe", "video", "audio") for one in descendant_elements(node)) > sum(
        map(_has_media, links)
    )
