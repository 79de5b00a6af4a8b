"""JSON Schema of a kind of text (https://json-schema.org/draft-07), from the declaration that validates it.

Draft 7 can express everything that is needed, and is the best supported by text editors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jisr.core.i18n.languages import Languages
from jisr.core.model.site import Site
from jisr.core.schema import field_types
from jisr.core.schema.field_types import Field, FieldType, Kind
from jisr.core.urls import paths

Schema = dict[str, Any]


def build_kind_schema(kind: Kind, site: Site) -> Schema:
    """Return the schema of the front matter of a kind.

    Only the fields that every version must state are required: a translation inherits the others from its original.
    """
    languages = site.languages
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": paths.absolute_url(site.url, f"data/schema/{kind.name}.json"),
        "title": kind.name,
        **_object_schema(
            kind.fields, languages, required=[one.name for one in kind.fields if one.required and not one.inherited]
        ),
        "if": {"not": {"required": ["translation"]}},
        "then": {"required": [one.name for one in kind.fields if one.required]},
    }


def _object_schema(fields: tuple[Field, ...], languages: Languages, required: list[str]) -> Schema:
    properties = {one.name: _field_schema(one.type, languages) for one in fields}
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _field_schema(type_: FieldType, languages: Languages) -> Schema:
    """Return the schema of a field type."""
    if isinstance(type_, field_types.FieldGroup):
        return _object_schema(type_.fields, languages, required=[])
    if isinstance(type_, field_types.ListOf):
        return {"type": "array", "items": _item_schema(type_.item, languages), "maxItems": type_.most}
    if isinstance(type_, field_types.Either):
        return {"anyOf": [_field_schema(type_.scalar, languages), _field_schema(type_.structured, languages)]}
    if isinstance(type_, field_types.LanguageTag):
        return {"type": "string"} if type_.any_language else {"enum": list(languages.tags)}
    return _SCALAR_SCHEMAS[type(type_)](type_)


def _item_schema(type_: FieldType, languages: Languages) -> Schema:
    """Return the schema of a list item; items are inherited with their list only, so their required fields are required."""
    if isinstance(type_, field_types.FieldGroup):
        return _object_schema(type_.fields, languages, [one.name for one in type_.fields if one.required])
    if isinstance(type_, field_types.Either):
        return {"anyOf": [_item_schema(type_.scalar, languages), _item_schema(type_.structured, languages)]}
    return _field_schema(type_, languages)


def _number_schema(type_: field_types.Number) -> Schema:
    return {"type": "integer" if type_.integer else "number", "minimum": type_.minimum, "maximum": type_.maximum}


_SCALAR_SCHEMAS: dict[type, Callable[[Any], Schema]] = {
    field_types.Text: lambda type_: {"type": "string", "minLength": 1, "maxLength": type_.longest},
    # Without quotes, YAML parses a number: "resolution: 6" is valid here.
    field_types.RawString: lambda type_: {"type": ["string", "number"], "minLength": 1, "maxLength": type_.longest},
    field_types.EntityName: lambda _: {
        "type": ["string", "number", "boolean"],
        "minLength": 1,
        "maxLength": field_types.LONGEST_VALUE,
    },
    field_types.Enumeration: lambda type_: {"enum": list(type_.values)},
    field_types.DateValue: lambda _: {
        "type": "string",
        "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$",
    },
    field_types.Number: _number_schema,
    field_types.WebUrl: lambda _: {"type": "string", "format": "uri", "pattern": "^https?://"},
    field_types.EmailAddress: lambda _: {"type": "string", "format": "email"},
    field_types.DialledNumber: lambda _: {"type": ["string", "number"], "minLength": 8},
    field_types.SignalAccount: lambda _: {"type": ["string", "number"], "minLength": 6},
    field_types.KeyFingerprint: lambda _: {"type": ["string", "number"], "minLength": 40},
    field_types.BooleanValue: lambda _: {"type": "boolean"},
    field_types.ResolutionRef: lambda _: {"type": "string", "pattern": "^[a-z0-9-]+#r([0-9]+-)?[0-9]+$"},
    field_types.BundleFile: lambda _: {"type": "string", "minLength": 1},
    field_types.TextId: lambda _: {"type": "string", "pattern": "^[a-z0-9/-]+$"},
    field_types.LegacyPath: lambda _: {"type": "string", "pattern": "^/[^?#]+$"},
}
