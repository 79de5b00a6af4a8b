"""Rule on signs that nobody sees in addresses and names of files, which the build reports as errors: they go."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from jisr.checks.lint_findings import Edit, Finding
from jisr.checks.masked_file import MaskedFile
from jisr.core.bidi.control_characters import INVISIBLE_IN_ADDRESS, INVISIBLE_MESSAGE
from jisr.core.model.body import MarkdownSource
from jisr.core.schema.field_types import Either, Field, FieldGroup, FieldType, ListOf, is_words
from jisr.markdown.render import render_body


def invisible_signs(page: MaskedFile) -> Iterator[Finding]:
    """Fix each sign that nobody sees in an address of the body or in a field that holds no words."""
    if not INVISIBLE_IN_ADDRESS.search(page.text):
        return
    spans = [page.file.span(node) for node in _nodes(page.file.root, page.kind.fields)]
    offsets = [match.start() for start, end in spans for match in INVISIBLE_IN_ADDRESS.finditer(page.text, start, end)]
    file = page.file
    body = render_body(MarkdownSource(file.body, page.language, page.kind.name, file.path, file.body_line))
    for problem in body.problems:
        if problem.text == INVISIBLE_MESSAGE:
            at = file.line_starts[problem.place.line - 1] + problem.place.column - 1
            offsets += [match.start() for match in [INVISIBLE_IN_ADDRESS.search(page.text, at)] if match]
    for offset in offsets:
        yield Finding(offset, "control", INVISIBLE_MESSAGE, {}, Edit(offset, offset + 1, ""))


def _nodes(node: yaml.Node, fields: tuple[Field, ...]) -> Iterator[yaml.ScalarNode]:
    """Return the values of fields that hold no words, at any depth."""
    types = {field.name: field.type for field in fields}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.value in types:
            yield from _nodes_of(value, types[key.value])


def _nodes_of(node: yaml.Node, type_: FieldType) -> Iterator[yaml.ScalarNode]:
    if isinstance(type_, Either):
        type_ = type_.scalar if isinstance(node, yaml.ScalarNode) else type_.structured
    if isinstance(type_, FieldGroup):
        yield from _nodes(node, type_.fields)
    elif isinstance(type_, ListOf):
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            yield from _nodes_of(item, type_.item)
    elif isinstance(node, yaml.ScalarNode) and not is_words(type_):
        yield node
