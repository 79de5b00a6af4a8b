"""JSON Schema of the data of a language (https://json-schema.org/draft/2020-12)."""

from __future__ import annotations

from typing import Any

from jisr.core.model.site import Site
from jisr.core.schema import field_types
from jisr.core.schema.field_types import Field, FieldGroup, FieldType
from jisr.core.schema.kinds import EVENT
from jisr.core.urls import paths
from jisr.outputs.opendata.declared import RECORD_KEYS, TEXT_KEYS, data_fields, order_keys, record_fields

Schema = dict[str, Any]

NONEMPTY_STRING: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "format": "uri", "pattern": "^https?://"}
DATE: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}))?$",
    "description": "ISO 8601: a day, or a moment with its offset.",
}
IDS: Schema = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9/-]+$"}, "minItems": 1}
NAMES: Schema = {"type": "array", "items": NONEMPTY_STRING, "minItems": 1}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}


def build_data_schema(site: Site) -> Schema:
    """Return the schema of ``data/<lang>.json``; a key that is not required is absent where the value is unknown."""
    tags: Schema = {"enum": list(site.languages.tags)}
    entity = _entity_schema(site)
    lists = {
        "texts": _text_schema(site, tags),
        "events": _event_schema(),
        "resolutions": _resolution_schema(),
        "members": entity,
        "organisations": entity,
        "people": entity,
    }
    root = _object_schema(
        " ".join(("language direction network url", *lists)),
        language=tags,
        direction={"enum": ["ltr", "rtl"]},
        network=NONEMPTY_STRING,
        url=URL,
        **{name: {"type": "array", "items": item} for name, item in lists.items()},
    )
    root["properties"]["$schema"] = URL
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": paths.absolute_url(site.url, paths.DATA_SCHEMA),
        "title": "Every text of a language",
        **root,
    }


def _object_schema(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "additionalProperties": False, "properties": properties}


def _text_schema(site: Site, tags: Schema) -> Schema:
    properties: dict[str, Schema] = {
        "kind": {"enum": [kind.name for kind in site.kinds]},
        "id": NONEMPTY_STRING,
        "url": URL,
        "languages": {"type": "object", "propertyNames": tags, "additionalProperties": URL, "minProperties": 1},
        "html": NONEMPTY_STRING,
        "text": NONEMPTY_STRING,
    }
    for kind in site.kinds:
        properties |= {one.outputs.data: _field_schema(one, tags) for one in data_fields(site, kind.name)}
    return _object_schema("kind id url title languages", **order_keys(properties, TEXT_KEYS))


def _entity_schema(site: Site) -> Schema:
    properties: dict[str, Schema] = {"id": NONEMPTY_STRING, "url": URL, "name": NONEMPTY_STRING}
    for kind in site.kinds:
        properties |= {one.outputs.record: _field_schema(one, {}) for one in record_fields(site, kind.name)}
    return _object_schema("id url name", **order_keys(properties, RECORD_KEYS))


def _field_schema(field: Field, tags: Schema) -> Schema:
    """Return the schema of the value of a field."""
    if field.name == "authors":
        person = _object_schema("id name", id=NONEMPTY_STRING, name=NONEMPTY_STRING)
        return {"type": "array", "items": person, "minItems": 1}
    return _type_schema(field.type, tags)


def _type_schema(type_: FieldType, tags: Schema) -> Schema:
    if isinstance(type_, field_types.ListOf):
        return _LISTS.get(type(type_.item)) or {"type": "array", "items": _type_schema(type_.item, tags), "minItems": 1}
    if isinstance(type_, field_types.Either):
        return _type_schema(type_.structured, tags)
    if isinstance(type_, field_types.LanguageTag):
        return tags
    if isinstance(type_, field_types.Number):
        return {"type": "integer", "minimum": type_.minimum} if type_.integer else NUMBER
    if isinstance(type_, FieldGroup):
        return _object_schema(_always_there(type_), **_group_properties(type_, tags))
    return _SCALARS.get(type(type_), NONEMPTY_STRING)


def _always_there(group: FieldGroup) -> str:
    """Return the keys that every value of a group has: required ones, and flags, which are true or false."""
    fields = (
        one for one in group.fields if one.outputs.data and (one.required or isinstance(one.type, field_types.BooleanValue))
    )
    return " ".join(one.outputs.data for one in fields)


def _group_properties(group: FieldGroup, tags: Schema) -> dict[str, Schema]:
    properties: dict[str, Schema] = {}
    for field in group.fields:
        if field.outputs.data:
            properties[field.outputs.data] = _type_schema(field.type, tags)
        elif isinstance(field.type, FieldGroup):
            properties |= _group_properties(field.type, tags)
    return properties


_LISTS: dict[type, Schema] = {field_types.TextId: IDS, field_types.EntityName: NAMES, field_types.Text: NAMES}
_SCALARS: dict[type, Schema] = {
    field_types.DateValue: DATE,
    field_types.WebUrl: URL,
    field_types.BundleFile: URL,
    field_types.BooleanValue: FLAG,
}


def _event_schema() -> Schema:
    properties = {"id": NONEMPTY_STRING, "url": URL, "title": NONEMPTY_STRING, **_group_properties(EVENT, {})}
    return _object_schema("id url title start timezone", **properties)


def _resolution_schema() -> Schema:
    return _object_schema(
        "statement number anchor url",
        statement=NONEMPTY_STRING,
        number={"type": "string", "pattern": r"^\d+(\.\d+)?$"},
        anchor={"type": "string", "pattern": r"^r(\d+-)?\d+$"},
        url=URL,
        text=NONEMPTY_STRING,
        state={"enum": ["kept", "open", "overdue"]},
        due=DATE,
    )
