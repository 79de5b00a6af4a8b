"""The parser of front matter: fields with their lines and columns, composed by PyYAML and never constructed.

Front matter as most files have it, ``name: value`` a line, is parsed without YAML's whole grammar, at a twentieth of the cost.
PyYAML is the reference: the fast path returns the same values and places (``tests/content/test_front_matter.py``), and leaves
a file with anything else to it.
"""

from __future__ import annotations

import re

import yaml

from jisr.content.read.yaml_errors import ALIAS, ANCHOR, TAG, TOO_DEEP, no_mapping_problems, yaml_problems
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawNote, RawScalar

MAX_DEPTH = 20
NULL_VALUES = ("", "~", "null", "Null", "NULL")
_UNSUPPORTED_CHARACTERS = (
    r"\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"  # line ends to YAML, or nothing that it can hold
)
_WORDS = rf"[^\W\d_](?:[^{_UNSUPPORTED_CHARACTERS}:#,\[\]{{}}&*!|>'\"%@`?]*+)"
_DATE = r"[0-9](?>(?:-?[0-9])*)(?:T[0-9]{2}(?::[0-9]{2}){2}(?:[+-][0-9]{2}:[0-9]{2}|Z)?)?"
_QUOTED = rf'"[^"\\{_UNSUPPORTED_CHARACTERS}]*+"'
_ITEMS = rf"(?>(?:(?:[a-z0-9][a-z0-9-]*+|{_QUOTED})(?:, ?(?!\])|(?=\])))*)"
_FIELD_LINE = re.compile(rf"([a-z]++):[ ](?:({_WORDS}|{_DATE})|({_QUOTED})|\[({_ITEMS})\]|\{{([a-z]++: [a-z]++)\}})")
_NOTE = re.compile(r"[ \t]+(?P<note>#[^\r\n\x00]*)")
_QUOTES = ("'", '"')
_ITEM = re.compile(r'"[^"]*"|[a-z0-9-]+')


class _AliasError(yaml.MarkedYAMLError):
    """An alias (``*x``): it could blow a small file up to a large one, and nothing here needs it."""


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses aliases and deep nesting before they cost anything."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _AliasError(None, None, ALIAS.text, event.start_mark)  # type: ignore[arg-type]
        if event.tag is not None or event.anchor is not None:
            sign = TAG if event.tag is not None else ANCHOR
            raise yaml.MarkedYAMLError(problem=sign.text, problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP.text, problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def parse_front_matter(text: str, path: str, first_line: int = 2) -> RawMapping:
    """Return the fields of a front matter with their places.

    Raises ProblemsError where it isn't YAML, isn't a mapping, or states a field twice.
    """
    text = text.removesuffix("\n")
    return parse_simple_front_matter(text, path, first_line) or _parse_yaml(text, path, first_line)


def parse_simple_front_matter(text: str, path: str, first_line: int) -> RawMapping | None:
    r"""Return the fields of a front matter, or None where it has more than values in one line.

    >>> parse_simple_front_matter("title: بيان\ndate: 2012-02-09", "index.ar.md", 2).entries[0][1].place
    SourceLocation(path='index.ar.md', line=2, column=8)
    >>> parse_simple_front_matter("title: >\n  بيان", "index.ar.md", 2)
    """
    entries: dict[str, tuple[RawScalar, RawNode]] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        match = _FIELD_LINE.fullmatch(line)
        if match is None or match[1] in entries:
            return None
        entries[match[1]] = (_create_scalar(match[1], path, number, 0), _parse_value(match, path, number))
    return RawMapping(tuple(entries.values()), SourceLocation(path, first_line, 1))


def _parse_value(match: re.Match[str], path: str, line: int) -> RawNode:
    _, plain, quoted, items, _pair = match.groups()
    start = match.end(1) + 2
    if plain is not None:
        return _create_scalar(plain.rstrip(" "), path, line, start)
    place = SourceLocation(path, line, start + 1)
    if quoted is not None:
        return _create_quoted(quoted, place)
    scalars = [_create_item(item, path, line) for item in _ITEM.finditer(match.string, start, match.end())]
    if items is not None:
        return RawList(tuple(scalars), place, flow=True)
    return RawMapping(((scalars[0], scalars[1]),), place)


def _create_item(match: re.Match[str], path: str, line: int) -> RawScalar:
    if match[0][0] == '"':
        return _create_quoted(match[0], SourceLocation(path, line, match.start() + 1))
    return _create_scalar(match[0], path, line, match.start())


def _create_quoted(text: str, place: SourceLocation) -> RawScalar:
    return RawScalar(text[1:-1], place, empty=not text[1:-1].strip(), quoted=True)


def _create_scalar(word: str, path: str, line: int, offset: int) -> RawScalar:
    return RawScalar(word, SourceLocation(path, line, offset + 1), empty=word in NULL_VALUES)


def _parse_yaml(text: str, path: str, first_line: int) -> RawMapping:
    node = compose_yaml(text, path, first_line)
    return _convert_mapping(node, path, first_line) if node else RawMapping((), SourceLocation(path, first_line))


def compose_yaml(text: str, path: str, first_line: int = 2) -> yaml.MappingNode | None:
    """Return the YAML nodes of a front matter with their marks, or None where it is empty.

    Raises ProblemsError where it isn't YAML or isn't a mapping.
    """
    try:
        node = _compose(text)
    except (yaml.MarkedYAMLError, RecursionError) as error:
        raise ProblemsError(*yaml_problems(error, text, path, first_line, _compose)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        place = SourceLocation(path, line, error.position - text.rfind("\n", 0, error.position))
        message = "U+{point} is a control character that front matter cannot hold. Take it out."
        point = f"{ord(error.character) if isinstance(error.character, str) else error.character:04X}"
        raise ProblemsError(Problem.error(place, "control", message, point=point)) from None
    if node is None or isinstance(node, yaml.MappingNode):
        return node
    raise ProblemsError(*no_mapping_problems(_mark_place(node.start_mark, path, first_line), text, first_line))


def _compose(text: str) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def _mark_place(mark: yaml.Mark, path: str, first_line: int) -> SourceLocation:
    return SourceLocation(path, mark.line + first_line, mark.column + 1)


def _convert_node(node: yaml.Node, path: str, first_line: int) -> RawNode:
    place = _mark_place(node.start_mark, path, first_line)
    if isinstance(node, yaml.ScalarNode):
        word, plain = node.value.strip(), node.style is None
        note = _find_note(node.end_mark, path, first_line) if plain else None
        return RawScalar(node.value, place, word in NULL_VALUES and (plain or not word), node.style in _QUOTES, note)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_convert_node(item, path, first_line) for item in node.value)
        return RawList(items, place, flow=bool(node.flow_style))
    return _convert_mapping(node, path, first_line)


def _find_note(end: yaml.Mark, path: str, first_line: int) -> RawNote | None:
    """Return the comment behind a plain scalar."""
    match = _NOTE.match(end.buffer, end.pointer) if end.buffer is not None else None
    if match is None:
        return None
    place = SourceLocation(path, end.line + first_line, end.column + 1 + match.start("note") - end.pointer)
    return RawNote(match["note"].rstrip(), place, match["note"].startswith("# ") and match.start("note") - match.start() > 1)


def _convert_mapping(node: yaml.Node, path: str, first_line: int) -> RawMapping:
    entries: dict[str, tuple[RawScalar, RawNode]] = {}
    for key, value in node.value:
        name = _convert_node(key, path, first_line)
        if not isinstance(name, RawScalar):
            text = "A field's name is a word, and brackets stand here. Put the value in quotes."
            raise ProblemsError(Problem.error(name.place, "yaml", text))
        if name.text in entries:
            text = '"{name}" is stated twice. Keep one of the two lines.'
            raise ProblemsError(Problem.error(name.place, "yaml", text, name=name.text))
        entries[name.text] = (name, _convert_node(value, path, first_line))
    return RawMapping(tuple(entries.values()), _mark_place(node.start_mark, path, first_line))
