"""Anchors of a body: ids of headings, resolutions and paragraphs, and ids by authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from jisr.markdown.findings import Findings

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_WITHIN_WORDS = ("Cf", "Mn", "Me", "Mc")
_RESERVED_IDS = re.compile(
    r"r\d+(-\d+)?|p\d+|fn(ref)?-.*|top|main|languages|untranslated|content|menu|search|header|footer|nav|replies|reply-.*|s-.*"
)


def make_anchor(words: str) -> str:
    """Return a readable id for a text: letters and digits of any script stay, vowel marks go, all else becomes a hyphen.

    >>> make_anchor("المطالب والتوصيات"), make_anchor("R5"), make_anchor("Où ? Ici !"), make_anchor("☎️ حقّ")
    ('المطالب-والتوصيات', 's-r5', 'où-ici', 'حق')
    """
    composed = _strip_invisible(unicodedata.normalize("NFC", words))
    letters = "".join(character if character.isalnum() else " " for character in composed)
    plain = "-".join(letters.lower().split()) or "section"
    return f"s-{plain}" if _RESERVED_IDS.fullmatch(plain) else plain


def _strip_invisible(words: str) -> str:
    """Return a text without what stands within words and nobody types in an address.

    These are joiners and other format characters, vowel marks, signs of emoji, hyphenation marks and apostrophes.
    """
    return "".join(one for one in words if one not in "\u0640'\u2019" and unicodedata.category(one) not in _WITHIN_WORDS)


def assign_resolution_anchors(lists: Sequence[Element], findings: Findings) -> Iterator[tuple[int, str, Element]]:
    """Set the ids of the items of a statement's ordered lists, and return number, anchor and element of each.

    A list that begins with the number after the last of the former goes on with it, and so do its ids; the id that an item
    has by the order of its list stays as a second anchor.
    """
    last, own_prefix = 0, ""
    for order, element in enumerate(lists, start=1):
        prefix = "r" if order == 1 else f"r{order}-"
        first = int(element.get("start", "1"))
        own_prefix = own_prefix if order > 1 and first == last + 1 else prefix
        last = first - 1
        for item in element:
            number = last = int(item.get("value", last + 1))
            anchor = f"{own_prefix}{number}"
            if own_prefix != prefix:
                _add_second_anchor(item, f"{prefix}{number}")
            author_id = item.get("id")
            if author_id is not None and author_id != anchor:
                text = '"{value}" cannot be the id of a resolution: it is {anchor} in all languages. Take the id out.'
                findings.warning(findings.positions.get(item, (0, 0)), "anchor", text, value=author_id, anchor=anchor)
            item.set("id", anchor)
            yield number, anchor, item


def _add_second_anchor(item: Element, anchor: str) -> None:
    """Put an empty element with an id at the beginning of the words of an item."""
    holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    place = Element("span", {"id": anchor})
    holder.text, place.tail = None, holder.text
    holder.insert(0, place)


def assign_paragraph_anchors(root: Element) -> None:
    """Set the id of the n-th paragraph of a text to ``p<n>``, the same in all versions with the same blocks.

    Paragraphs in lists, notes and tables are not counted: lists have their own numbers, and whether an item has a paragraph
    depends on empty lines. A paragraph keeps the id by its author, and no id is used twice.
    """
    ids = {element.get("id") for element in root.iter()}
    blocks = (block for one in root for block in (one if one.tag == "blockquote" else (one,)))
    for number, paragraph in enumerate((block for block in blocks if block.tag == "p"), start=1):
        if paragraph.get("id") is None and f"p{number}" not in ids:
            paragraph.set("id", f"p{number}")


def assign_anchors(root: Element, findings: Findings) -> frozenset[str]:
    """Set ids of headings without one, and return all ids of a body; a duplicate id is an error."""
    ids: set[str] = set()
    elements = list(root.iter())
    for element in elements:
        if not element.keys():
            continue
        for anchor in {element.get("id"), element.get("name") if element.tag == "a" else None} - {None}:
            _register_anchor(str(anchor), element, ids, findings)
    counts: dict[str, int] = {}
    for element in elements:
        if element.tag in HEADINGS and element.get("id") is None:
            base = make_anchor("".join(element.itertext()))
            anchor = base
            while anchor in ids:
                counts[base] = counts.get(base, 1) + 1
                anchor = f"{base}-{counts[base]}"
            ids.add(anchor)
            element.set("id", anchor)
    return frozenset(ids)


def _register_anchor(anchor: str, element: Element, ids: set[str], findings: Findings) -> None:
    position = findings.positions.get(element, (0, 0))
    if not anchor or any(character.isspace() for character in anchor):
        text = '"{value}" cannot be an id: it is empty or has a space. Write one word.'
        findings.error(position, "anchor", text, value=anchor)
    elif anchor in ids:
        text = '"{value}" is an id that stands twice in this text, so that a link could not choose. Give one another id.'
        findings.error(position, "anchor", text, value=anchor)
    elif right := _without_outer_signs(anchor):
        text = '"{value}" begins or ends with a sign, which programs take out of a shared address. Write {right}, in links too.'
        findings.warning(position, "anchor", text, value=anchor, right=right)
    ids.add(anchor)


def _without_outer_signs(anchor: str) -> str:
    """Return an id without the signs around its letters and digits; an empty string where it has none, or nothing else.

    >>> [_without_outer_signs(anchor) for anchor in ("x。", "(a.b)", "حقّ", "_toc1")]
    ['x', 'a.b', '', '']
    """
    signs = "".join({one for one in anchor if one != "_" and unicodedata.category(one)[0] not in "LNM"})
    plain = anchor.strip(signs)
    return "" if plain == anchor else plain
