"""YAML as an editor writes it in one line: scalars in quotes where they need them, and lists split into items."""

from __future__ import annotations

import json
import re

# Words and signs in a plain scalar that no reader of YAML takes for anything else, also within brackets.
_PLAIN = re.compile(r"""[^\W_][^:#,،؛\[\]{}"'`\\\n\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*""")
_RESERVED = frozenset(["null", "~", "true", "false", "yes", "no", "on", "off"])
_LIST_ITEM = re.compile(
    r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^,،؛;、，]*))\s*(?:[,،؛;、，]|$)|(?P<other>[^,،؛;、，]+)"""
)
ARABIC_COMMAS = "،؛、，"


def format_scalar(text: str) -> str:
    """Return a text as a scalar in one line: plain where that is safe, else in double or single quotes.

    >>> [format_scalar(text) for text in ("سارة علي", "Sara #1", 'the "right"', "2012-02-09")]
    ['سارة علي', '"Sara #1"', '\\'the "right"\\'', '2012-02-09']
    """
    words = " ".join(text.split())
    if _PLAIN.fullmatch(words) and words.casefold() not in _RESERVED:
        return words
    return quote_scalar(words)


def quote_scalar(text: str) -> str:
    """Return a text as a scalar in quotes: single ones where it has double ones and no others."""
    if '"' in text and not re.search(r"['\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]", text):
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def split_items(text: str) -> list[str]:
    """Return the items of a list that was typed with commas of any script; what quotes stand around is one item.

    >>> split_items('سارة، علي, "Doe, Jane"')
    ['سارة', 'علي', 'Doe, Jane']
    """
    items = (next(filter(None, match.groups()), "").strip() for match in _LIST_ITEM.finditer(text))
    return [item for item in items if item]


_AND = re.compile(r"\s+(?:and|et|û|و|&|\+)\s+|\s+-(?=\S)", re.IGNORECASE)  # a dash: of an item on a line below


def split_names(text: str) -> list[str]:
    """Return the names that a word for "and" joins, or an empty list: names have as many words as each other.

    >>> [split_names(name) for name in ("Sara and Ali", "Azad Amîn û Mohammed Amir", "Women and Peace Network")]
    [['Sara', 'Ali'], ['Azad Amîn', 'Mohammed Amir'], []]
    """
    names = _AND.split(text.strip())
    lengths = {len(name.split()) for name in names}
    return names if len(names) > 1 and len(lengths) == 1 and lengths <= {1, 2, 3} else []


def split_fields(text: str, names: list[str]) -> dict[str, str]:
    """Return the fields that a value holds as words, with or without spaces and commas; nothing where it begins with none.

    >>> split_fields("file:photo.jpg alt:نهر", ["file", "alt"])
    {'file': 'photo.jpg', 'alt': 'نهر'}
    >>> split_fields("name: سارة، organisation:x", ["name", "organisation"])
    {'name': 'سارة', 'organisation': 'x'}
    >>> split_fields("The file: a report", ["file", "alt"])
    {}
    """
    known = "|".join(map(re.escape, names))
    starts = list(re.finditer(rf"(?:^|(?<=[\s,;{ARABIC_COMMAS}]))({known})\s*[:=](?!//)\s*", text))
    if not starts or starts[0].start():
        return {}
    ends = [*(one.start() for one in starts[1:]), len(text)]
    return {one[1]: text[one.end() : end].strip(f" \t\n,;{ARABIC_COMMAS}") for one, end in zip(starts, ends, strict=True)}
