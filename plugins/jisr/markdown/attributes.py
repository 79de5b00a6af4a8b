"""Attribute lists in the syntax of Python-Markdown: ``{: lang="ckb" dir="rtl" }``."""

from __future__ import annotations

import re

INLINE_LIST = re.compile(r"\{:([^}\n]{1,500})\}|\{ ?([#.][^}\n]{1,500})\}")
ATTRIBUTE_LINE = re.compile(r"\{:[^}\n]{1,500}\}")
_TRAILING_LIST = re.compile(r"\s*(\{:?([^}\n]{1,500})\})\s*$")
_MAX_LENGTH = 520
_ITEM = re.compile(r"([\w:.-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'}]+))|([#.])([^\s\"'}=]+)|([\w:.-]+)|\S")


def parse_attributes(text: str) -> dict[str, str]:
    """Parse an attribute list; classes are joined.

    >>> parse_attributes(' .note lang="ckb" dir=rtl #daxwaz .wide')
    {'class': 'note wide', 'lang': 'ckb', 'dir': 'rtl', 'id': 'daxwaz'}
    """
    attributes: dict[str, str] = {}
    for match in _ITEM.finditer(text):
        name, sign, word = match[1], match[5], match[7]
        if name:
            attributes[name.lower()] = match[2] or match[3] or match[4] or ""
        elif sign == "#":
            attributes["id"] = match[6]
        elif sign == ".":
            attributes["class"] = f"{attributes['class']} {match[6]}" if "class" in attributes else match[6]
        elif word:
            attributes[word.lower()] = ""
    return attributes


def split_trailing_list(text: str, needs_colon: bool) -> tuple[str, str]:
    """Return a text without the attribute list at its end, and the list.

    ``needs_colon``: only a list with a colon counts, as in running text, where braces may be plain text.

    >>> split_trailing_list("المطالب {#demands}", needs_colon=False)
    ('المطالب', '#demands')
    """
    if not text.endswith("}"):
        return text, ""
    begin = text.rfind("{", max(0, len(text) - _MAX_LENGTH))
    match = _TRAILING_LIST.match(text, begin) if begin >= 0 else None
    if match is None or (text[begin + 1] != ":" and (needs_colon or text[begin + 1 : begin + 3].strip()[:1] not in ("#", "."))):
        return text, ""
    return text[:begin].rstrip(" "), match[2]
