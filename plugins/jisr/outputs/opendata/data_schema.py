"""What the data of a language hold, as JSON Schema (https://json-schema.org/draft/2020-12)."""

from __future__ import annotations

from typing import Any

from jisr.core.model.site import Site
from jisr.core.urls import paths

Schema = dict[str, Any]

WORDS: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "format": "uri", "pattern": "^https?://"}
DAY: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}))?$",
    "description": "ISO 8601: a day, or a moment with its offset.",
}
IDS: Schema = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9/-]+$"}, "minItems": 1}
NAMES: Schema = {"type": "array", "items": WORDS, "minItems": 1}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}


def schema(site: Site) -> Schema:
    """Give the schema of ``data/<lang>.json``; a key that is not required is absent where nothing is known."""
    tags: Schema = {"enum": list(site.languages.tags)}
    record = _object(
        "id url name", id=WORDS, url=URL, name=WORDS, other_names=NAMES, site=URL, feed=URL, city=WORDS, organisations=IDS
    )
    lists = {
        "texts": _text(site, tags),
        "events": _event(),
        "resolutions": _resolution(),
        "members": record,
        "organisations": record,
        "people": record,
    }
    whole = _object(
        " ".join(("language direction network url", *lists)),
        language=tags,
        direction={"enum": ["ltr", "rtl"]},
        network=WORDS,
        url=URL,
        **{name: {"type": "array", "items": item} for name, item in lists.items()},
    )
    whole["properties"]["$schema"] = URL
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": paths.absolute(site.url, paths.DATA_SCHEMA),
        "title": "Every text of a language",
        **whole,
    }


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "additionalProperties": False, "properties": properties}


def _text(site: Site, tags: Schema) -> Schema:
    return _object(
        "kind id url title languages",
        kind={"enum": [kind.name for kind in site.kinds]},
        id=WORDS,
        url=URL,
        title=WORDS,
        languages={"type": "object", "propertyNames": tags, "additionalProperties": URL, "minProperties": 1},
        html=WORDS,
        text=WORDS,
        date=DAY,
        modified=DAY,
        expires=DAY,
        summary=WORDS,
        authors={"type": "array", "items": _object("id name", id=WORDS, name=WORDS), "minItems": 1},
        topics=IDS,
        workgroups=IDS,
        answers={
            "type": "array",
            "items": _object("resolution kept", resolution=WORDS, kept=FLAG),
            "minItems": 1,
        },
        licence=WORDS,
        source=URL,
        translation=_object("of", of=tags, by=NAMES),
    )


def _event() -> Schema:
    return _object(
        "id url title start timezone",
        id=WORDS,
        url=URL,
        title=WORDS,
        start=DAY,
        end=DAY,
        timezone=WORDS,
        place=WORDS,
        city=WORDS,
        country=WORDS,
        latitude=NUMBER,
        longitude=NUMBER,
        participants={"type": "integer", "minimum": 0},
        participants_about={"type": "integer", "minimum": 0},
        registration_closes=DAY,
        supporters=NAMES,
        documents=IDS,
    )


def _resolution() -> Schema:
    return _object(
        "statement number anchor url",
        statement=WORDS,
        number={"type": "string", "pattern": r"^\d+(\.\d+)?$"},
        anchor={"type": "string", "pattern": r"^r(\d+-)?\d+$"},
        url=URL,
        text=WORDS,
        state={"enum": ["kept", "open", "overdue"]},
        due=DAY,
    )
