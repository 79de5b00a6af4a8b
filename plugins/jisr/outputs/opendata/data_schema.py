"""JSON Schema of the data of a language (https://json-schema.org/draft/2020-12)."""

from __future__ import annotations

from typing import Any

from jisr.core.model.site import Site
from jisr.core.urls import paths

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
    entity = _object_schema(
        "id url name",
        id=NONEMPTY_STRING,
        url=URL,
        name=NONEMPTY_STRING,
        other_names=NAMES,
        site=URL,
        feed=URL,
        city=NONEMPTY_STRING,
        organisations=IDS,
    )
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
    return _object_schema(
        "kind id url title languages",
        kind={"enum": [kind.name for kind in site.kinds]},
        id=NONEMPTY_STRING,
        url=URL,
        title=NONEMPTY_STRING,
        languages={"type": "object", "propertyNames": tags, "additionalProperties": URL, "minProperties": 1},
        html=NONEMPTY_STRING,
        text=NONEMPTY_STRING,
        date=DATE,
        modified=DATE,
        expires=DATE,
        summary=NONEMPTY_STRING,
        authors={"type": "array", "items": _object_schema("id name", id=NONEMPTY_STRING, name=NONEMPTY_STRING), "minItems": 1},
        topics=IDS,
        workgroups=IDS,
        answers={
            "type": "array",
            "items": _object_schema("resolution kept", resolution=NONEMPTY_STRING, kept=FLAG),
            "minItems": 1,
        },
        licence=NONEMPTY_STRING,
        source=URL,
        translation=_object_schema("of", of=tags, by=NAMES),
    )


def _event_schema() -> Schema:
    return _object_schema(
        "id url title start timezone",
        id=NONEMPTY_STRING,
        url=URL,
        title=NONEMPTY_STRING,
        start=DATE,
        end=DATE,
        timezone=NONEMPTY_STRING,
        place=NONEMPTY_STRING,
        city=NONEMPTY_STRING,
        country=NONEMPTY_STRING,
        latitude=NUMBER,
        longitude=NUMBER,
        participants={"type": "integer", "minimum": 0},
        participants_about={"type": "integer", "minimum": 0},
        registration_closes=DATE,
        supporters=NAMES,
        documents=IDS,
    )


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
