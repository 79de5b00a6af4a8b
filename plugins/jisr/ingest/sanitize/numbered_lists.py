"""Numbers as pages show them: of lists, backwards, of single items, letters and Roman numerals; and of footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable

from jisr.ingest.sanitize.node_tree import CONTAINERS, HtmlNode, descendant_elements, integer_attribute, text_content

_LARGEST = 999_999
_STYLE_TYPE = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:[^;]*\b(lower|upper)-(alpha|latin|roman)\b", re.IGNORECASE)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BACK_SIGN = re.compile("[↩↵⏎⤴⇑⇧↑^⬆#¶§🔗⚓\ufe0e\ufe0f\\s]+")
_NOTE_NAME = re.compile(r"^(?:_?(?:ftn|edn|fn)|sdfoot|sdend|footnote|note|nb|nh|cite|ref)", re.IGNORECASE)
_NOTE_NUMBER = re.compile(r"\d{1,3}")
WORD_NOTE = re.compile(r"_(?:ftn|edn)(?:ref)?\d{1,4}|sd(?:foot|end)note\d{1,4}(?:anc|sym)")
"""Names that word processors give to notes and to the places that lead to them."""


def number_items(node: HtmlNode) -> None:
    """State the number of each item that is not the one after that of the item before; write letters and Roman numerals."""
    for child in node.children:
        if isinstance(child, HtmlNode):
            number_items(child)
            if child.name == "ol":
                _number_list(child)


def _number_list(node: HtmlNode) -> None:
    items = [child for child in node.children if isinstance(child, HtmlNode) and child.name == "li"]
    step = -1 if "reversed" in node.attributes else 1
    start = integer_attribute(node, "start", _LARGEST)
    number = start if start is not None else len(items) if step < 0 else 1
    form, expected = _form(node), 1 if start is None else start
    for item in items:
        stated = integer_attribute(item, "value", _LARGEST)
        number = max(0, number if stated is None else stated)
        item.attributes.pop("value", None)
        if form:
            item.children.insert(0, f"{_label(number, form)}. ")
        elif number != expected:
            item.attributes["value"] = str(number)
        expected, number = number + 1, number + step
    if form:
        node.name = "ul"


def _form(node: HtmlNode) -> str:
    """Return "a", "A", "i" or "I" for a list with letters or Roman numerals, "" for one with numbers."""
    match = _STYLE_TYPE.search(node.attributes.get("style", ""))
    stated = {"alpha": "a", "latin": "a", "roman": "i"}[match[2].lower()] if match else ""
    form = (stated.upper() if match and match[1].lower() == "upper" else stated) or node.attributes.get("type", "").strip()
    return form if form in ("a", "A", "i", "I") else ""


def _label(number: int, form: str) -> str:
    """Return a number as a letter or a Roman numeral, as pages show it.

    >>> _label(4, "I"), _label(28, "a"), _label(0, "i")
    ('IV', 'ab', '0')
    """
    label, rest = "", number
    if not 0 < number < 4000:
        return str(number)
    if form in "aA":
        while rest:
            rest, letter = divmod(rest - 1, 26)
            label = chr(ord("a") + letter) + label
    for value, sign in _ROMAN if form in "iI" else ():
        label += sign * (rest // value)
        rest %= value
    return label.upper() if form.isupper() else label


def note_names(root: HtmlNode) -> frozenset[str]:
    """Return the names of footnotes and of the places that lead to them, as word processors and platforms give them."""
    names = (one.attributes.get(key, "") for one in descendant_elements(root) for key in ("id", "name"))
    return frozenset(name for name in names if _NOTE_NAME.search(name))


def read_footnotes(node: HtmlNode, is_within: Callable[[str], bool]) -> None:
    """Drop the links back from footnotes; raise their numbers in the text, and put those before a note in its first line."""
    kept: list[HtmlNode | str] = []
    number = ""
    for child in node.children:
        if isinstance(child, str):
            kept.append(child)
            continue
        if child.name == "a" and is_within(child.attributes.get("href", "")):
            sign = " ".join(text_content(child).split())
            if _BACK_SIGN.fullmatch(sign):
                continue
            is_number, before = _NOTE_NUMBER.fullmatch(sign), text_content(kept[-1])[-1:] if kept else ""
            if is_number and node.name in CONTAINERS and not any(text_content(one).strip() for one in kept):
                number = sign
                continue
            if is_number and before.strip(" \n([{"):
                child.name, child.attributes = "sup", {}
        read_footnotes(child, is_within)
        if number and text_content(child).strip():
            first = next((one for one in [*descendant_elements(child), child] if one.name == "p"), child)
            first.children.insert(0, f"{number}. ")
            number = ""
        kept.append(child)
    node.children = [*([f"{number} "] if number else []), *kept]
