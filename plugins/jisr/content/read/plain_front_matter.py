"""Front matter as most files have it, ``name: value`` a line, read without YAML's whole grammar.

PyYAML is the reference: what is read here is read alike there, places included (``tests/content/test_plainly.py``), and
a file with anything else is left to it.
"""

from __future__ import annotations

import re

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar

NULL_VALUES = ("", "~", "null", "Null", "NULL")
_UNSUPPORTED_CHARACTERS = (
    r"\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"  # line ends to YAML, or nothing that it can hold
)
_FIELD_LINE = re.compile(
    rf"([a-z]++):[ ](?:([^\W\d_](?:[^{_UNSUPPORTED_CHARACTERS}:#,\[\]{{}}&*!|>'\"%@`?]*+)|[0-9](?>(?:-?[0-9])*))"
    rf'|"([^"\\{_UNSUPPORTED_CHARACTERS}]*+)"|\[((?>(?:[a-z0-9][a-z0-9-]*+(?:, ?(?!\])|(?=\])))*))\]|\{{([a-z]++: [a-z]++)\}})'
)
_WORD = re.compile(r"[a-z0-9-]+")


def parse_simple_front_matter(text: str, path: str, first_line: int) -> RawMapping | None:
    r"""Return the fields of a front matter, or None where it has more than values in one line.

    >>> parse_simple_front_matter("title: بيان\ndate: 2012-02-09", "index.ar.md", 2).entries[0][1]
    Scalar(text='بيان', place=Place(path='index.ar.md', line=2, column=8), empty=False)
    >>> parse_simple_front_matter("title: >\n  بيان", "index.ar.md", 2)
    """
    entries: dict[str, tuple[RawScalar, RawNode]] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        found = _FIELD_LINE.fullmatch(line)
        if found is None or found[1] in entries:
            return None
        entries[found[1]] = (_create_scalar(found[1], path, number, 0), _parse_value(found, path, number))
    return RawMapping(tuple(entries.values()), SourceLocation(path, first_line, 1))


def _parse_value(found: re.Match[str], path: str, number: int) -> RawNode:
    _, plain, quoted, items, _pair = found.groups()
    at = found.end(1) + 2
    if plain is not None:
        return _create_scalar(plain.rstrip(" "), path, number, at)
    place = SourceLocation(path, number, at + 1)
    if quoted is not None:
        return RawScalar(quoted, place, empty=not quoted.strip())
    words = [_create_scalar(one[0], path, number, one.start()) for one in _WORD.finditer(found.string, at, found.end())]
    if items is not None:
        return RawList(tuple(words), place)
    return RawMapping(((words[0], words[1]),), place)


def _create_scalar(word: str, path: str, number: int, at: int) -> RawScalar:
    return RawScalar(word, SourceLocation(path, number, at + 1), empty=word in NULL_VALUES)
