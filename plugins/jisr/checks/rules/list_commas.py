"""Rule on lists of names and ids: an Arabic comma, which the build reports as an error, becomes the comma of YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from jisr.checks.lint_findings import Edit, Finding
from jisr.checks.masked_file import MaskedFile
from jisr.core.schema.field_types import (
    Either,
    EntityName,
    Field,
    FieldGroup,
    FieldType,
    LanguageTag,
    LegacyPath,
    ListOf,
    TextId,
)
from jisr.core.schema.yaml_text import ARABIC_COMMAS

_COMMA = re.compile(rf"""\s*(?P<sign>[{ARABIC_COMMAS}])\s*|"[^"]*"|'[^']*'""")  # those in quotes are meant
_NAMES = (EntityName, TextId, LanguageTag, LegacyPath)


def arabic_commas(page: MaskedFile) -> Iterator[Finding]:
    """Fix each Arabic comma in a list in brackets; in quotes it is meant."""
    for item in _items(page.file.root, page.kind.fields):
        start, end = page.file.span(item)
        for comma in _COMMA.finditer(page.text, start, end):
            if comma["sign"]:
                edit = Edit(comma.start(), comma.end(), ", ")
                yield Finding(comma.start("sign"), "comma", '"{value}" separates no items.', {"value": comma["sign"]}, edit)


def _items(node: yaml.MappingNode, fields: tuple[Field, ...]) -> Iterator[yaml.ScalarNode]:
    """Return the plain items of lists of names and ids, in brackets, at any depth."""
    types = {field.name: field.type for field in fields}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value in types:
            yield from _items_of(value, types[key.value])


def _items_of(node: yaml.Node, type_: FieldType) -> Iterator[yaml.ScalarNode]:
    if isinstance(type_, Either):
        type_ = type_.scalar if isinstance(node, yaml.ScalarNode) else type_.structured
    if isinstance(type_, FieldGroup) and isinstance(node, yaml.MappingNode):
        yield from _items(node, type_.fields)
    if not isinstance(type_, ListOf) or not isinstance(node, yaml.SequenceNode):
        return
    scalar = type_.item.scalar if isinstance(type_.item, Either) else type_.item
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            yield from _items_of(item, type_.item)
        elif isinstance(item, yaml.ScalarNode) and item.style is None and node.flow_style and isinstance(scalar, _NAMES):
            yield item
