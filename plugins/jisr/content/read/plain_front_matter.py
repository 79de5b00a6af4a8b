"""Front matter as most files have it, ``name: value`` a line, read without YAML's whole grammar.

PyYAML is the reference: what is read here is read alike there, places included (``tests/multilingual/test_plainly.py``), and
a file with anything else is left to it.
"""

from __future__ import annotations

import re

from jisr.core.diagnostics.problems import Place
from jisr.core.schema.raw_values import Entries, Items, Node, Scalar

NOTHING = ("", "~", "null", "Null", "NULL")
_SIGNS = r"\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"  # line ends to YAML, or nothing that it can hold
_LINE = re.compile(
    rf"([a-z]++):[ ](?:([^\W\d_](?:[^{_SIGNS}:#,\[\]{{}}&*!|>'\"%@`?]*+)|[0-9](?>(?:-?[0-9])*))"
    rf'|"([^"\\{_SIGNS}]*+)"|\[((?>(?:[a-z0-9][a-z0-9-]*+(?:, ?(?!\])|(?=\])))*))\]|\{{([a-z]++: [a-z]++)\}})'
)
_WORD = re.compile(r"[a-z0-9-]+")


def read_plainly(text: str, path: str, first_line: int) -> Entries | None:
    r"""Give the fields of a front matter, or None where it has more than values in one line.

    >>> read_plainly("title: بيان\ndate: 2012-02-09", "index.ar.md", 2).entries[0][1]
    Scalar(text='بيان', place=Place(path='index.ar.md', line=2, column=8), empty=False)
    >>> read_plainly("title: >\n  بيان", "index.ar.md", 2)
    """
    entries: dict[str, tuple[Scalar, Node]] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        found = _LINE.fullmatch(line)
        if found is None or found[1] in entries:
            return None
        entries[found[1]] = (_plain(found[1], path, number, 0), _value(found, path, number))
    return Entries(tuple(entries.values()), Place(path, first_line, 1))


def _value(found: re.Match[str], path: str, number: int) -> Node:
    _, plain, quoted, items, _pair = found.groups()
    at = found.end(1) + 2
    if plain is not None:
        return _plain(plain.rstrip(" "), path, number, at)
    place = Place(path, number, at + 1)
    if quoted is not None:
        return Scalar(quoted, place, empty=not quoted.strip())
    words = [_plain(one[0], path, number, one.start()) for one in _WORD.finditer(found.string, at, found.end())]
    if items is not None:
        return Items(tuple(words), place)
    return Entries(((words[0], words[1]),), place)


def _plain(word: str, path: str, number: int, at: int) -> Scalar:
    return Scalar(word, Place(path, number, at + 1), empty=word in NOTHING)
