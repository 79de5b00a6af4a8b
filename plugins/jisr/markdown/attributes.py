"""Attribute lists as Python-Markdown writes them: ``{: lang="ckb" dir="rtl" }``."""

from __future__ import annotations

import re

INLINE_LIST = re.compile(r"\{:([^}\n]{1,500})\}|\{ ?([#.][^}\n]{1,500})\}")
ATTRIBUTE_LINE = re.compile(r"\{:[^}\n]{1,500}\}")
_TRAILING_LIST = re.compile(r"\s*(\{:?([^}\n]{1,500})\})\s*$")
_MAX_LENGTH = 520
_ITEM = re.compile(r"([\w:.-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'}]+))|([#.])([^\s\"'}=]+)|([\w:.-]+)|\S")


def parse_attributes(written: str) -> dict[str, str]:
    """Return the attributes of a list, classes joined.

    >>> parse_attributes(' .note lang="ckb" dir=rtl #daxwaz .wide')
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


def split_trailing_list(text: str, marked: bool) -> tuple[str, str]:
    """Return a text without the attribute list at its end, and that list.

    ``marked`` says that its colon is needed, as in running text, where braces may stand for themselves.

    >>> split_trailing_list("المطالب {#demands}", marked=False)
    ('المطالب', '#demands')
    """
    if not text.endswith("}"):
        return text, ""
    begin = text.rfind("{", max(0, len(text) - _MAX_LENGTH))
    found = _TRAILING_LIST.match(text, begin) if begin >= 0 else None
    if found is None or (text[begin + 1] != ":" and (marked or text[begin + 1 : begin + 3].strip()[:1] not in ("#", "."))):
        return text, ""
    return text[:begin].rstrip(" "), found[2]
