"""A translation takes every field it doesn't state from its original, mappings key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from jisr.content.read.version_parser import Stated
from jisr.core.diagnostics.problems import Problem
from jisr.core.model.document import (
    Answer,
    Attachment,
    Contact,
    Cover,
    Document,
    Event,
    Hidden,
    Profile,
    ProgrammeItem,
    Promise,
    Provenance,
    Registration,
    Signatory,
    Translation,
    Venue,
    Words,
)
from jisr.core.model.resolutions import anchor_of
from jisr.core.schema.kinds import FieldType, Group, Kind

T = TypeVar("T")


def inherit(own: Stated, original: Stated | None) -> dict[str, Any]:
    """Give all values of a version: its own, and of its original those that translations inherit."""
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


def missing_inside(kind: Kind, own: Stated, values: Mapping[str, Any]) -> list[Problem]:
    """Give a problem for each required field inside a mapping that neither the version nor its original states."""
    problems: list[Problem] = []
    for one in kind.fields:
        if one.name in values and one.name != "translation":  # of which versions.py says more
            problems += _missing(one.type, values[one.name], own, one.name)
    return problems


def _missing(type_: FieldType, value: Any, own: Stated, name: str) -> list[Problem]:
    if not isinstance(type_, Group) or not isinstance(value, dict):
        return []
    problems: list[Problem] = []
    for inner in type_.fields:
        path = f"{name}.{inner.name}"
        if inner.name in value:
            problems += _missing(inner.type, value[inner.name], own, path)
        elif inner.required and path not in own.places and name in own.places:
            problems.append(
                Problem.error(
                    own.place(name),
                    inner.name,
                    '"{name}" has no "{inner}". Add {inner}: … to it.',
                    name=name,
                    inner=inner.name,
                )
            )
    return problems


def to_document(own: Stated, values: Mapping[str, Any]) -> Document:
    """Give the complete document of a version from its merged values."""
    words = {name: value.text for name, value in values.items() if isinstance(value, Words)}
    return Document(
        kind=own.kind.name,
        id=own.id,
        language=own.language,
        path=own.path,
        title=words.get("title", own.id),
        body=own.body,
        date=values.get("date"),
        modified=values.get("modified"),
        expires=values.get("expires"),
        summary=words.get("summary", ""),
        status=values.get("status", "published"),
        authors=values.get("authors", ()),
        topics=values.get("topics", ()),
        cover=_built(Cover, values.get("cover"), "file", "alt"),
        translation=_built(Translation, values.get("translation"), "of"),
        aliases=values.get("aliases", ()),
        event=_event(values.get("event")),
        attachments=tuple(_attachment(one) for one in values.get("attachments", ()) if "file" in one and "title" in one),
        photos=tuple(Cover(**one) for one in values.get("photos", ()) if "file" in one and "alt" in one),
        signatories=tuple(_signatory(one) for one in values.get("signatories", ())),
        answers=tuple(Answer(**one) if isinstance(one, dict) else Answer(one) for one in values.get("answers", ())),
        promises=tuple(Promise(anchor_of(one["resolution"]), one.get("due")) for one in values.get("promises", ())),
        contact=Contact(**values.get("contact", {})),
        **_of(values, "workgroups", "names", "organisations"),
        menu=values.get("menu"),
        profile=_profile(values),
        provenance=Provenance(**_of(values, "member", "original", "guid", "fetched", "licence", "sources")),
        places=own.places,
    )


_OF_MEMBERS = ("feed", "site", "languages", "city", "republish", "licence", "consent", "limit", "pin", "only", "skip")


def _profile(values: Mapping[str, Any]) -> Profile:
    hidden = (one if isinstance(one, dict) else {"post": one} for one in values.get("hide", ()))
    hide = tuple(Hidden(one["post"], one["reason"].text if "reason" in one else "") for one in hidden if "post" in one)
    return Profile(**_of(values, *_OF_MEMBERS), hide=hide)


def _of(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _built(make: Callable[..., T], value: dict[str, Any] | None, *needed: str) -> T | None:
    """Give the value of a mapping, or None where it is absent or lacks what makes it one."""
    return make(**value) if value is not None and all(name in value for name in needed) else None


def _event(value: dict[str, Any] | None) -> Event | None:
    if value is None or "start" not in value:
        return None
    place, registration = value.get("place", {}), value.get("registration", {})
    programme = value.get("programme", ())
    lines = programme if isinstance(programme, str) else tuple(_item(one) for one in programme)
    return Event(**{**value, "place": Venue(**place), "registration": Registration(**registration), "programme": lines})


def _attachment(value: dict[str, Any]) -> Attachment:
    """Give an attachment; it is in the language of the file that names it, where that says no other."""
    return Attachment(**{"language": value["title"].language.tag, **value})


def _item(value: Any) -> ProgrammeItem:
    return ProgrammeItem(value) if isinstance(value, Words) else ProgrammeItem(**value)


def _signatory(value: Any) -> Signatory:
    return Signatory(value) if isinstance(value, str) else Signatory(**value)
