"""Validation of front matter against the content model: typed values, or problems that state a remedy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from jisr.core.diagnostics.problems import Phrase, Problem, phrase
from jisr.core.schema import field_types
from jisr.core.schema.field_parsers import read_scalar
from jisr.core.schema.raw_values import RawList, RawMapping, RawNode, RawScalar
from jisr.core.schema.validation_context import FrontMatterValidation, suggest_word


def validate(kind: field_types.Kind, entries: RawMapping, form: FrontMatterValidation) -> None:
    """Add the values of a file's front matter to ``form``; a field with an error is left out."""
    form.is_translation = any(key.text == "translation" for key, _ in entries)
    form.values.update(_validate_group(kind.fields, entries, form, lambda: phrase('a text of "{kind}"', kind=kind.name), ""))


def _validate_group(
    fields: tuple[field_types.Field, ...],
    entries: RawMapping,
    form: FrontMatterValidation,
    owner: Callable[[], Phrase],
    prefix: str,
) -> dict[str, Any]:
    """Return the values of a mapping with declared fields."""
    declared = {one.name: one for one in fields}
    values: dict[str, Any] = {}
    for key, node in entries:
        one = declared.get(key.text)
        name = f"{prefix}{key.text}"
        if one is None:
            text, hint = '"{name}" is not a field of {owner}. {hint}It has: {fields}.', suggest_word(key.text, declared)
            form.error(key.place, "field", text, name=key.text, owner=owner(), hint=hint, fields=", ".join(declared))
            continue
        form.locations[name] = node.place
        if isinstance(node, RawScalar) and node.empty:
            _report_empty(one, node, form)
            continue
        value = _parse_value(one.type, node, form, name)
        if value is not None:
            values[one.name] = value
    return values


def _report_empty(one: field_types.Field, node: RawScalar, form: FrontMatterValidation) -> None:
    text = '"{name}" is empty. Write its value after the colon, or take the line out.'
    if one.required:
        form.error(node.place, "empty", '"{name}" is empty. Write its value after the colon.', name=one.name)
    elif isinstance(one.type, field_types.FieldGroup) and any(inner.required for inner in one.type.fields):
        form.error(node.place, "empty", text, name=one.name)
    else:
        form.problems.append(Problem.warning(node.place, "empty", text, name=one.name))


def _parse_value(type_: field_types.FieldType, node: RawNode, form: FrontMatterValidation, name: str) -> Any:
    """Return the value of a field, or None where it is invalid and a problem has been added."""
    if isinstance(type_, field_types.Either):
        return _parse_value(type_.scalar if isinstance(node, RawScalar) else type_.structured, node, form, name)
    if isinstance(type_, field_types.FieldGroup):
        if isinstance(node, RawMapping):
            return _validate_group(type_.fields, node, form, lambda: phrase('"{name}"', name=name), f"{name}.")
        text = '"{name}" takes fields of its own ({fields}), each on an indented line. Write {name}: {{{first}: …}}.'
        names = [one.name for one in type_.fields]
        form.error(node.place, "type", text, name=name, fields=", ".join(names), first=names[0])
        return None
    if isinstance(type_, field_types.ListOf):
        return _list(type_, node, form, name)
    if isinstance(node, RawScalar):
        return read_scalar(type_, node, form, name)
    shape = phrase("a list") if isinstance(node, RawList) else phrase("a mapping")
    text = (
        '"{name}" takes one value, and {shape} stands here. Write {name}: followed by the value; put it in quotes where it '
        "has a colon, a bracket or a brace."
    )
    form.error(node.place, "type", text, name=name, shape=shape)
    return None


def _list(type_: field_types.ListOf, node: RawNode, form: FrontMatterValidation, name: str) -> tuple[Any, ...] | None:
    if not isinstance(node, RawList):
        short = name.rsplit(".", maxsplit=1)[-1]
        if isinstance(node, RawScalar):
            text = '"{value}" is not a list. Write {name}: [{item}].'
            form.error(node.place, "type", text, name=short, value=node.text, item=_format_item(node.text))
        else:
            text = '"{name}" takes a list, and a mapping stands here. Write {name}: [one, two].'
            form.error(node.place, "type", text, name=short)
        return None
    if len(node.items) > type_.most:
        text = '"{name}" is a list of {length}. Write at most {most}.'
        form.error(node.place, "length", text, name=name, length=len(node.items), most=type_.most)
        return None
    values = []
    for item in node.items:
        if isinstance(item, RawScalar) and item.empty:
            form.error(item.place, "empty", 'An item of "{name}" is empty. Write it, or take it out.', name=name)
        elif (value := _parse_value(type_.item, item, form, name)) is not None and _is_complete(type_.item, value, item, form):
            values.append(value)
    return tuple(values)


def _format_item(text: str) -> str:
    """Return a value for an example list: in quotes where it has a character with a meaning in YAML."""
    return json.dumps(text, ensure_ascii=False) if re.search(r"[,:#&*!|>'\"%@`\[\]{}]", text) else text


def _is_complete(type_: field_types.FieldType, value: Any, node: RawNode, form: FrontMatterValidation) -> bool:
    """Whether an item of a list has its required fields: items are inherited with their list, never field by field."""
    group = type_.structured if isinstance(type_, field_types.Either) else type_
    if not isinstance(group, field_types.FieldGroup) or not isinstance(value, dict):
        return True
    missing = [one.name for one in group.fields if one.required and one.name not in value]
    for name in missing:
        form.error(node.place, name, 'An item has no "{name}". Add {name}: … to it.', name=name)
    return not missing
