"""A translation takes every field it doesn't state from its original, mappings key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from jisr.content.read.version_parser import ParsedVersion
from jisr.core.diagnostics.problems import Problem
from jisr.core.model.document import (
    Attachment,
    Contact,
    Cover,
    Document,
    Event,
    HiddenPost,
    LocalizedText,
    Profile,
    ProgrammeItem,
    Promise,
    Provenance,
    Registration,
    ResolutionAnswer,
    Signatory,
    Translation,
    Venue,
)
from jisr.core.model.resolutions import number_to_anchor
from jisr.core.schema.kinds import FieldGroup, FieldType, Kind

T = TypeVar("T")


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


def build_document(own: ParsedVersion, values: Mapping[str, Any]) -> Document:
    """Return the complete document of a version from its merged values."""
    words = {name: value.text for name, value in values.items() if isinstance(value, LocalizedText)}
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
        cover=_build_if_complete(Cover, values.get("cover"), "file", "alt"),
        translation=_build_if_complete(Translation, values.get("translation"), "of"),
        aliases=values.get("aliases", ()),
        event=_build_event(values.get("event")),
        attachments=tuple(_build_attachment(one) for one in values.get("attachments", ()) if "file" in one and "title" in one),
        photos=tuple(Cover(**one) for one in values.get("photos", ()) if "file" in one and "alt" in one),
        signatories=tuple(_build_signatory(one) for one in values.get("signatories", ())),
        answers=tuple(
            ResolutionAnswer(**one) if isinstance(one, dict) else ResolutionAnswer(one) for one in values.get("answers", ())
        ),
        promises=tuple(Promise(number_to_anchor(one["resolution"]), one.get("due")) for one in values.get("promises", ())),
        contact=Contact(**values.get("contact", {})),
        **_select(values, "workgroups", "names", "organisations"),
        menu=values.get("menu"),
        profile=_build_profile(values),
        provenance=Provenance(**_select(values, "member", "original", "guid", "fetched", "licence", "sources")),
        locations=own.places,
    )


_PROFILE_FIELDS = ("feed", "site", "languages", "city", "republish", "licence", "consent", "limit", "pin", "only", "skip")


def _build_profile(values: Mapping[str, Any]) -> Profile:
    hidden = (one if isinstance(one, dict) else {"post": one} for one in values.get("hide", ()))
    hide = tuple(HiddenPost(one["post"], one["reason"].text if "reason" in one else "") for one in hidden if "post" in one)
    return Profile(**_select(values, *_PROFILE_FIELDS), hide=hide)


def _select(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _build_if_complete(make: Callable[..., T], value: dict[str, Any] | None, *needed: str) -> T | None:
    """Return the value of a mapping, or None where it is absent or lacks what makes it one."""
    return make(**value) if value is not None and all(name in value for name in needed) else None


def _build_event(value: dict[str, Any] | None) -> Event | None:
    if value is None or "start" not in value:
        return None
    place, registration = value.get("place", {}), value.get("registration", {})
    programme = value.get("programme", ())
    lines = programme if isinstance(programme, str) else tuple(_build_programme_item(one) for one in programme)
    return Event(**{**value, "place": Venue(**place), "registration": Registration(**registration), "programme": lines})


def _build_attachment(value: dict[str, Any]) -> Attachment:
    """Return an attachment; it is in the language of the file that names it, where that says no other."""
    return Attachment(**{"language": value["title"].language.tag, **value})


def _build_programme_item(value: Any) -> ProgrammeItem:
    return ProgrammeItem(value) if isinstance(value, LocalizedText) else ProgrammeItem(**value)


def _build_signatory(value: Any) -> Signatory:
    return Signatory(value) if isinstance(value, str) else Signatory(**value)
