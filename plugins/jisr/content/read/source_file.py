"""The file of a version as typed: the ranges of its front matter and body, the positions of its fields, lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

import yaml

from jisr.content.read.delimiters import INVISIBLE_SIGNS, no_end_error, no_start_error
from jisr.content.read.front_matter import compose_yaml
from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.schema.field_types import Either, Field, FieldGroup, FieldType, ListOf, Text

_LINE_END = re.compile(r"\r\n|\r|\n")
_OPENING = re.compile(rf"\ufeff?---{INVISIBLE_SIGNS}(?:\r\n|\r|\n|\Z)")
_CLOSING = re.compile(rf"[\r\n](?P<line>---{INVISIBLE_SIGNS}(?P<end>\r\n|\r|\n|\Z))")
_QUOTES = ("'", '"')
_NO_FIELDS = "tag:yaml.org,2002:map"


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of the front matter and the range of its characters in the file, without quotes or a block's first line.

    The name of a nested field is dotted (``translation.of``); the items of a list share the name of their field.
    """

    name: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class SourceFile:
    """The text of a file, as typed or decoded, and the offsets of its front matter (between the ``---`` lines) and body."""

    path: str
    text: str
    front_matter_start: int
    front_matter_end: int
    body_start: int
    newline: str

    @property
    def front_matter(self) -> str:
        """The YAML with plain spaces for no-break ones, each character at its offset from ``front_matter_start``."""
        return self.text[self.front_matter_start : self.front_matter_end].replace("\u00a0", " ")

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self.text[self.body_start :]

    @property
    def body_line(self) -> int:
        """The number of the first line of the body."""
        head = self.text[: self.body_start]
        return 1 + head.count("\n") + head.count("\r") - head.count("\r\n")

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset of each line."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def place_at(self, offset: int) -> SourceLocation:
        """Return the line and column of a character.

        >>> parse_source_file("---\\r\\ntitle: ناو\\r\\n---\\r\\n", "a.md").place_at(12)
        SourceLocation(path='a.md', line=2, column=8)
        """
        line = bisect_right(self.line_starts, offset)
        return SourceLocation(self.path, line, offset - self.line_starts[line - 1] + 1)

    @cached_property
    def root(self) -> yaml.MappingNode:
        """The YAML nodes of the front matter; their ranges in the file are ``span(node)``.

        Raises ProblemsError where it isn't YAML or isn't a mapping.
        """
        return compose_yaml(self.front_matter, self.path) or yaml.MappingNode(_NO_FIELDS, [])

    def span(self, node: yaml.Node) -> tuple[int, int]:
        """Return the range of a node in the file, quotes and brackets included."""
        return self.front_matter_start + node.start_mark.index, self.front_matter_start + node.end_mark.index

    def field(self, name: str) -> yaml.Node | None:
        """Return the value of a field of the first level, or None where the file doesn't state it."""
        return next((value for key, value in self.root.value if key.value == name), None)

    @cached_property
    def scalars(self) -> dict[str, str]:
        """The text of each field that is a single value, by its dotted name.

        >>> parse_source_file("---\\ntitle: ناو\\ntranslation: {of: ar}\\nauthors: [insm]\\n---\\n", "a.md").scalars
        {'title': 'ناو', 'translation.of': 'ar'}
        """
        return dict(_scalar_fields(self.root))

    def text_values(self, fields: tuple[Field, ...]) -> tuple[FieldValue, ...]:
        """Return the values of the fields that are declared as text for readers, in the order of the file.

        >>> from jisr.core.schema.kinds import Kinds
        >>> page = parse_source_file("---\\ntitle: 'ناو'\\ndate: 2012-02-09\\n---\\n", "a.md")
        >>> page.text_values(Kinds().get("news").fields)
        (FieldValue(name='title', start=12, end=15, text='ناو'),)
        """
        return tuple(self._values_of_mapping(self.root, fields))

    def _values_of_mapping(self, node: yaml.MappingNode, fields: tuple[Field, ...], prefix: str = "") -> Iterator[FieldValue]:
        types = {field.name: field.type for field in fields}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in types:
                yield from self._values_of_node(value, types[key.value], prefix + key.value)

    def _values_of_node(self, node: yaml.Node, type_: FieldType, name: str) -> Iterator[FieldValue]:
        while isinstance(type_, Either):
            structured = isinstance(node, yaml.MappingNode if isinstance(type_.structured, FieldGroup) else yaml.SequenceNode)
            type_ = type_.structured if structured else type_.scalar
        if isinstance(type_, FieldGroup) and isinstance(node, yaml.MappingNode):
            yield from self._values_of_mapping(node, type_.fields, f"{name}.")
        elif isinstance(type_, ListOf) and isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from self._values_of_node(item, type_.item, name)
        elif isinstance(type_, Text) and isinstance(node, yaml.ScalarNode) and node.value.strip():
            yield FieldValue(name, *self._text_span(node), node.value)

    def _text_span(self, node: yaml.ScalarNode) -> tuple[int, int]:
        start, end = self.span(node)
        if node.style in _QUOTES:
            return start + 1, end - 1
        if node.style is not None and (line_end := _LINE_END.search(self.text, start)):  # | or >, whose lines begin below it
            return line_end.end(), end
        return start, end


def parse_source_file(text: str, path: str) -> SourceFile:
    r"""Split the text of a file at its ``---`` lines.

    Its line ends may be those of any system, and it may begin with a byte order mark. White space and invisible characters
    behind ``---`` belong to its line: editors of right-to-left text and word processors leave no-break spaces and marks of
    direction there, which nobody sees. Raises ProblemsError where the first line is not ``---``, or the second is missing.

    >>> page = parse_source_file("---\ntitle: ناو\n---\u00a0\nدەق", "a.md")
    >>> page.front_matter, page.body, page.body_line
    ('title: ناو\n', 'دەق', 4)
    """
    opening = _OPENING.match(text)
    if opening is None:
        raise no_start_error(text, path)
    closing = _CLOSING.search(text, opening.end() - 1)
    if closing is None:
        raise no_end_error(text, opening.end(), path)
    return SourceFile(
        path=path,
        text=text,
        front_matter_start=opening.end(),
        front_matter_end=closing.start("line"),
        body_start=closing.end(),
        newline=closing["end"] or "\n",
    )


def _scalar_fields(node: yaml.MappingNode, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.value:
        if isinstance(value, yaml.ScalarNode):
            yield f"{prefix}{key.value}", value.value
        elif isinstance(value, yaml.MappingNode):
            yield from _scalar_fields(value, f"{prefix}{key.value}.")
