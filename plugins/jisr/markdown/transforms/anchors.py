"""The ids of a body: of headings, of resolutions, and those that authors give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from jisr.markdown.findings import Findings

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_RESERVED_IDS = re.compile(
    r"r\d+(-\d+)?|p\d+|fn(ref)?-.*|top|main|languages|untranslated|content|menu|search|header|footer|nav|s-.*"
)


def make_anchor(words: str) -> str:
    """Return words as an id that can be read: letters of any script stay, all else becomes a hyphen.

    >>> make_anchor("المطالب والتوصيات"), make_anchor("R5"), make_anchor("Où ? Ici !")
    ('المطالب-والتوصيات', 's-r5', 'où-ici')
    """
    kept = "".join(character if unicodedata.category(character)[0] in "LNM" else " " for character in _strip_joiners(words))
    plain = "-".join(unicodedata.normalize("NFC", kept).lower().split()) or "section"
    return f"s-{plain}" if _RESERVED_IDS.fullmatch(plain) else plain


def _strip_joiners(words: str) -> str:
    """Return words without characters that only join or part letters: an address loses them on its way."""
    return re.sub("[\u200b-\u200d\u0640\u00ad'\u2019]", "", words)


def assign_resolution_anchors(lists: Sequence[Element], findings: Findings) -> Iterator[tuple[int, str, Element]]:
    """Return number, anchor and element of each item of a statement's ordered lists, which get their ids."""
    for order, element in enumerate(lists, start=1):
        for number, item in enumerate(element, start=int(element.get("start", "1"))):
            anchor = f"r{number}" if order == 1 else f"r{order}-{number}"
            written = item.get("id")
            if written is not None and written != anchor:
                text = '"{value}" cannot be the id of a resolution: it is {anchor} in all languages. Take the id out.'
                findings.warning(findings.positions.get(item, (0, 0)), "anchor", text, value=written, anchor=anchor)
            item.set("id", anchor)
            yield number, anchor, item


def assign_paragraph_anchors(root: Element) -> None:
    """Return the n-th paragraph of a text the id ``p<n>``, the same in all languages whose versions have the same blocks.

    Those in lists, notes and tables are not counted: lists have their own numbers, and whether an item holds a paragraph
    depends on empty lines. A paragraph keeps the id that its author gave it, and none gets an id that stands elsewhere.
    """
    written = {element.get("id") for element in root.iter()}
    blocks = (block for one in root for block in (one if one.tag == "blockquote" else (one,)))
    for number, paragraph in enumerate((block for block in blocks if block.tag == "p"), start=1):
        if paragraph.get("id") is None and f"p{number}" not in written:
            paragraph.set("id", f"p{number}")


def assign_anchors(root: Element, findings: Findings) -> frozenset[str]:
    """Return all ids of a body; headings without one get theirs, and an id that stands twice is an error."""
    seen: set[str] = set()
    elements = list(root.iter())
    for element in elements:
        if not element.keys():
            continue
        for anchor in {element.get("id"), element.get("name") if element.tag == "a" else None} - {None}:
            _register_anchor(str(anchor), element, seen, findings)
    given: dict[str, int] = {}
    for element in elements:
        if element.tag in _HEADINGS and element.get("id") is None:
            wanted = make_anchor("".join(element.itertext()))
            anchor = wanted
            while anchor in seen:
                given[wanted] = given.get(wanted, 1) + 1
                anchor = f"{wanted}-{given[wanted]}"
            seen.add(anchor)
            element.set("id", anchor)
    return frozenset(seen)


def _register_anchor(anchor: str, element: Element, seen: set[str], findings: Findings) -> None:
    spot = findings.positions.get(element, (0, 0))
    if not anchor or any(character.isspace() for character in anchor):
        findings.error(spot, "anchor", '"{value}" cannot be an id: it is empty or has a space. Write one word.', value=anchor)
    elif anchor in seen:
        text = '"{value}" is an id that stands twice in this text, so that a link could not choose. Give one another id.'
        findings.error(spot, "anchor", text, value=anchor)
    seen.add(anchor)
