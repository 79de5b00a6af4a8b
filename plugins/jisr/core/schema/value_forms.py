"""A value as its field takes it: what an editor typed in another form, written as YAML that the next check accepts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jisr.core.schema import field_types
from jisr.core.schema.field_parsers import read_scalar
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar
from jisr.core.schema.validation_context import FrontMatterValidation
from jisr.core.schema.yaml_text import ARABIC_COMMAS, format_scalar, quote_scalar, split_fields, split_items

_IDS = (field_types.TextId, field_types.LanguageTag, field_types.LegacyPath, field_types.ResolutionRef)  # without spaces
_EXAMPLES: Mapping[type, str] = {
    field_types.DateValue: "2012-02-12",
    field_types.WebUrl: "https://example.org/page",
    field_types.EmailAddress: "name@example.org",
    field_types.DialledNumber: "+964 770 123 4567",
    field_types.SignalAccount: "example.42",
    field_types.KeyFingerprint: "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567",
    field_types.BooleanValue: "true",
    field_types.Number: "1",
    field_types.BundleFile: "photo.jpg",
    field_types.ResolutionRef: "2012-first-statement#r6",
}
_GLUED_DASH = re.compile(r"(?:^|\s+)-+(?=\S)")  # of items that lack the space behind it
_NEXT_FIELD = re.compile(rf"\s*[,{ARABIC_COMMAS}]\s*[a-z_]+\s*:")


def format_value(type_: field_types.FieldType, node: RawNode, form: FrontMatterValidation) -> str:
    """Return a value in the form of its type, in one line.

    What a mapping needs and nobody typed is "…", a word that stands for what is to be written.
    """
    if isinstance(type_, field_types.Either):
        return format_value(type_.scalar if isinstance(node, RawScalar) else type_.structured, node, form)
    if isinstance(type_, field_types.ListOf):
        return f"[{', '.join(format_items(type_.item, node, form))}]"
    if isinstance(type_, field_types.FieldGroup):
        return _format_group(type_, node, form)
    if isinstance(node, RawScalar):
        return quote_scalar(node.text) if node.quoted and format_scalar(node.text) != node.text else format_scalar(node.text)
    if isinstance(type_, field_types.Text):
        return quote_scalar(_as_typed(node))
    return format_value(type_, _first_scalar(node), form)


def format_items(type_: field_types.FieldType, node: RawNode, form: FrontMatterValidation) -> list[str]:
    """Return the items of a list that was typed as one value, as a mapping, or with commas that separate none."""
    if isinstance(node, RawMapping) and not _takes_mapping(type_):
        return [format_scalar(key.text if _is_empty(value) else _first_words(value)) for key, value in node]
    nodes: tuple[RawNode, ...] = node.items if isinstance(node, RawList) else (node,)
    if isinstance(node, RawMapping) and not _has_fields(type_, node):
        nodes = tuple(RawMapping((entry,), node.place) for entry in node)
    return [item for one in nodes for item in _split(type_, one, form)]


def _split(type_: field_types.FieldType, node: RawNode, form: FrontMatterValidation) -> list[str]:
    if not isinstance(node, RawScalar) or node.quoted:
        return [format_value(type_, node, form)]
    scalar = type_.scalar if isinstance(type_, field_types.Either) else type_
    words = split_items(_GLUED_DASH.sub(lambda dash: "," if dash.start() else "", node.text))
    if isinstance(scalar, _IDS):
        words = [word for one in words for word in one.split()]
    return [format_value(type_, RawScalar(word, node.place), form) for word in words]


def _format_group(group: field_types.FieldGroup, node: RawNode, form: FrontMatterValidation) -> str:
    """Return a mapping: a single value goes to the first field that takes it."""
    fields: dict[str, str] = {}
    if isinstance(node, RawList):
        node = next((one for one in node.items if not _is_empty(one)), RawScalar("", node.place, empty=True))
    if isinstance(node, RawMapping):
        types = {one.name: one.type for one in group.fields}
        fields = {key.text: format_value(types[key.text], value, form) for key, value in node if key.text in types}
        if not fields and node.entries:
            fields = dict(_name_pair(group, *node.entries[0]))
    elif isinstance(node, RawScalar) and (words := split_fields(node.text, [one.name for one in group.fields])):
        fields = {name: format_scalar(value) for name, value in words.items()}
    elif isinstance(node, RawScalar) and not node.empty and (name := _field_for(group, node, form)):
        fields[name] = format_scalar(node.text)
    for one in group.fields:
        if one.required and one.name not in fields:
            fields[one.name] = _example(one.type, form)
    first = group.fields[0]
    return (
        "{"
        + ", ".join(f"{name}: {value}" for name, value in (fields or {first.name: _example(first.type, form)}).items())
        + "}"
    )


def _name_pair(group: field_types.FieldGroup, key: RawScalar, value: RawNode) -> Iterator[tuple[str, str]]:
    """Return the fields of a mapping such as ``Sara: Network``: before the colon stands its first, behind it its second."""
    for one, text in zip(group.fields, (key.text, value.text if isinstance(value, RawScalar) else ""), strict=False):
        if text and field_types.is_words(one.type):
            yield one.name, format_scalar(text)


def _field_for(group: field_types.FieldGroup, node: RawScalar, form: FrontMatterValidation) -> str:
    """Return the name of the first field that takes a value, or an empty string; a name or id of a system takes anything."""
    for one in group.fields:
        scalar = one.type.scalar if isinstance(one.type, field_types.Either) else one.type
        if isinstance(scalar, field_types.ListOf | field_types.FieldGroup | field_types.RawString):
            continue
        if read_scalar(scalar, node, FrontMatterValidation(form.language, form.languages), one.name) is not None:
            return one.name
    return ""


def _example(type_: field_types.FieldType, form: FrontMatterValidation) -> str:
    if isinstance(type_, field_types.Either):
        return _example(type_.scalar, form)
    if isinstance(type_, field_types.ListOf):
        return f"[{_example(type_.item, form)}]"
    if isinstance(type_, field_types.FieldGroup):
        return _format_group(type_, RawScalar("", next(iter(form.locations.values())), empty=True), form)
    if isinstance(type_, field_types.LanguageTag):
        return next((tag for tag in form.languages.tags if tag != form.language.tag), form.language.tag)
    if isinstance(type_, field_types.Enumeration):
        return type_.values[0]
    return _EXAMPLES.get(type(type_), '"…"')


def _takes_mapping(type_: field_types.FieldType) -> bool:
    group = type_.structured if isinstance(type_, field_types.Either) else type_
    return isinstance(group, field_types.FieldGroup)


def _has_fields(type_: field_types.FieldType, node: RawMapping) -> bool:
    group = type_.structured if isinstance(type_, field_types.Either) else type_
    names = {one.name for one in group.fields} if isinstance(group, field_types.FieldGroup) else set()
    return any(key.text in names for key, _ in node)


def _is_empty(node: RawNode) -> bool:
    return isinstance(node, RawScalar) and node.empty


def _first_words(node: RawNode) -> str:
    """Return the first value within a list or mapping, up to a comma with another field behind it."""
    return _NEXT_FIELD.split(_first_scalar(node).text)[0].strip()


def _first_scalar(node: RawNode) -> RawScalar:
    """Return the first value within a list or mapping."""
    while not isinstance(node, RawScalar):
        inner = node.items if isinstance(node, RawList) else tuple(value for _, value in node)
        node = inner[0] if inner else RawScalar("…", node.place)
    return node


def _as_typed(node: RawNode) -> str:
    """Return a value as it was typed, brackets, braces and colons among its words."""
    if isinstance(node, RawList):
        return "[" + ", ".join(map(_as_typed, node.items)) + "]" if node.flow else ", ".join(map(_as_typed, node.items))
    if isinstance(node, RawMapping):
        return ", ".join(f"{key.text}: {_as_typed(value)}".removesuffix(": ") for key, value in node)
    return node.text
