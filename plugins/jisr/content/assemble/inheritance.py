"""A translation takes every field it doesn't state from its original, mappings key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jisr.content.read.version_parser import ParsedVersion
from jisr.core.diagnostics.problems import Problem
from jisr.core.model.document import Document, LocalizedText, Profile, Provenance
from jisr.core.schema.field_types import Either, FieldGroup, FieldType, Kind, ListOf, Text


def inherit_values(own: ParsedVersion, original: ParsedVersion | None) -> dict[str, Any]:
    """Return all values of a version: its own, and of its original those that translations inherit."""
    if original is None or original is own:
        return dict(own.values)
    handed = {one.name: original.values[one.name] for one in own.kind.fields if one.inherited and one.name in original.values}
    return _merge(handed, own.values)


def _merge(handed: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(handed)
    for name, value in own.items():
        both = isinstance(value, dict) and isinstance(handed.get(name), dict)
        merged[name] = _merge(handed[name], value) if both else value
    return merged


def missing_nested_fields(kind: Kind, own: ParsedVersion, values: Mapping[str, Any]) -> list[Problem]:
    """Return a problem for each required field inside a mapping that neither the version nor its original states."""
    problems: list[Problem] = []
    for one in kind.fields:
        if one.name in values and one.name != "translation":  # of which versions.py says more
            problems += _missing_fields(one.type, values[one.name], own, one.name)
    return problems


def _missing_fields(type_: FieldType, value: Any, own: ParsedVersion, name: str) -> list[Problem]:
    if not isinstance(type_, FieldGroup) or not isinstance(value, dict):
        return []
    problems: list[Problem] = []
    for inner in type_.fields:
        path = f"{name}.{inner.name}"
        if inner.name in value:
            problems += _missing_fields(inner.type, value[inner.name], own, path)
        elif inner.required and path not in own.places and name in own.places:
            text = '"{name}" has no "{inner}". Add {inner}: … to it.'
            problems.append(Problem.error(own.place(name), inner.name, text, name=name, inner=inner.name))
    return problems


_PARTS: Mapping[str, Callable[..., Any]] = {"profile": Profile, "provenance": Provenance}


def build_document(own: ParsedVersion, values: Mapping[str, Any]) -> Document:
    """Return the complete document of a version from its merged values, each as its field is declared."""
    attributes: dict[str, Any] = {"title": own.id}
    parts: dict[str, dict[str, Any]] = {}
    for field in own.kind.fields:
        if field.name in values and (value := _build_value(field.type, values[field.name])) is not None:
            (parts.setdefault(field.part, {}) if field.part else attributes)[field.name] = value
    attributes |= {name: _PARTS[name](**values) for name, values in parts.items()}
    return Document(
        kind=own.kind.name,
        id=own.id,
        language=own.language,
        path=own.path,
        outline=own.body.outline,
        locations=own.places,
        **attributes,
    )


def _build_value(type_: FieldType, value: Any) -> Any:
    """Return a value as documents hold it, or None where a mapping lacks what makes it one."""
    if isinstance(type_, ListOf):
        built = (_build_value(type_.item, item) for item in value)
        return tuple(item for item in built if item is not None)
    if isinstance(type_, FieldGroup):
        if not all(field.name in value for field in type_.fields if field.required):
            return None
        nested = ((field.name, _build_value(field.type, value[field.name])) for field in type_.fields if field.name in value)
        return type_.model(**{name: one for name, one in nested if one is not None})
    if isinstance(type_, Either):
        return _build_either(type_, value)
    return value.text if isinstance(type_, Text) and type_.plain and isinstance(value, LocalizedText) else value


def _build_either(type_: Either, value: Any) -> Any:
    """Return the value of a field of two shapes; alone, it is the one that its mapping must have."""
    if isinstance(value, dict | tuple | list):
        return _build_value(type_.structured, value)
    if not isinstance(type_.structured, FieldGroup):
        return value
    name = next(field.name for field in type_.structured.fields if field.required)
    return _build_value(type_.structured, {name: value})
