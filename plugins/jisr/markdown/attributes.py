"""Attribute lists as Python-Markdown writes them: ``{: lang="ckb" dir="rtl" }``."""

from __future__ import annotations

import re

INLINE = re.compile(r"\{:([^}\n]{1,500})\}|\{ ?([#.][^}\n]{1,500})\}")
ATTRIBUTE_LINE = re.compile(r"\{:[^}\n]{1,500}\}")
_AT_END = re.compile(r"\s*(\{:?([^}\n]{1,500})\})\s*$")
_LONGEST = 520
_ITEM = re.compile(r"([\w:.-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'}]+))|([#.])([^\s\"'}=]+)|([\w:.-]+)|\S")


def read_attributes(written: str) -> dict[str, str]:
    """Give the attributes of a list, classes joined.

    >>> read_attributes(' .note lang="ckb" dir=rtl #daxwaz .wide')
    {'class': 'note wide', 'lang': 'ckb', 'dir': 'rtl', 'id': 'daxwaz'}
    """
    attributes: dict[str, str] = {}
    for found in _ITEM.finditer(written):
        name, sign, word = found[1], found[5], found[7]
        if name:
            attributes[name.lower()] = found[2] or found[3] or found[4] or ""
        elif sign == "#":
            attributes["id"] = found[6]
        elif sign == ".":
            attributes["class"] = f"{attributes['class']} {found[6]}" if "class" in attributes else found[6]
        elif word:
            attributes[word.lower()] = ""
    return attributes


def at_end(text: str, marked: bool) -> tuple[str, str]:
    """Give a text without the attribute list at its end, and that list.

    ``marked`` says that its colon is needed, as in running text, where braces may stand for themselves.

    >>> at_end("المطالب {#demands}", marked=False)
    ('المطالب', '#demands')
    """
    if not text.endswith("}"):
        return text, ""
    begin = text.rfind("{", max(0, len(text) - _LONGEST))
    found = _AT_END.match(text, begin) if begin >= 0 else None
    if found is None or (text[begin + 1] != ":" and (marked or text[begin + 1 : begin + 3].strip()[:1] not in ("#", "."))):
        return text, ""
    return text[:begin].rstrip(" "), found[2]
