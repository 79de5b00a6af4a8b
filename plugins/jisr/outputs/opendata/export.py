"""Export of the texts of a language as plain values: the content of their pages, without the pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from jisr.core.build.outputs import Part
from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Day, Document, LocalizedText
from jisr.core.model.resolutions import anchor_to_number
from jisr.core.model.site import Site, to_datetime
from jisr.core.schema.field_types import BundleFile, DateValue, Either, Field, FieldGroup, FieldType, ListOf, field_value
from jisr.core.schema.kinds import EVENT
from jisr.core.urls import paths
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.outputs.opendata.declared import RECORD_KEYS, TEXT_KEYS, data_fields, order_keys, record_fields

JsonObject = dict[str, Any]
_ENTITIES = ("members", "organisations", "people")


@dataclass(frozen=True, slots=True)
class ExportedText:
    """A text in the data of a language: by kind and id, with the path of its version, and what else is said of it there."""

    kind: str
    id: str
    path: str
    has_event: bool
    has_resolutions: bool


def export_language(site: Site, language: Language) -> JsonObject:
    """Return the data of a language. Unknown values have no key; texts that are hidden from listings are left out.

    Lists are of parts, one for each text: together their entries are larger than the site.
    """
    tag, found = language.tag, site.ask(find_exported, language.tag)

    def export(name: str, select: Callable[[ExportedText], object], dump: Callable[[Document, Site], str]) -> list[Part]:
        """Return a part for each text that is selected, whose version is asked for once that is written."""
        make = partial(_dump_text, site, tag, dump)
        return [Part(f"{name} {one.path}", partial(make, one)) for one in found if select(one)]

    return {
        "$schema": paths.absolute_url(site.url, paths.DATA_SCHEMA),
        "language": language.tag,
        "direction": language.direction,
        "network": site.network_name(language),
        "url": paths.absolute_url(site.url, paths.home(language.tag)),
        "texts": export("texts", lambda one: True, _dump_values(export_text)),
        "events": export("events", lambda one: one.has_event, _dump_values(_export_event)),
        "resolutions": export("resolutions", lambda one: one.has_resolutions, _dump_resolutions),
        **{kind: export(kind, lambda one, kind=kind: one.kind == kind, _dump_values(_export_entity)) for kind in _ENTITIES},  # type: ignore[misc]
    }


@query
def find_exported(site: Site, tag: str) -> tuple[ExportedText, ...]:
    """Return the texts that are listed in a language, in the order of their kinds and ids."""
    documents = (version for one in site.sets.values() if (version := one.get(tag)) and version.listed)
    return tuple(
        ExportedText(one.kind, one.id, one.path, one.event is not None, bool(one.outline.resolutions)) for one in documents
    )


def dump_line(value: object) -> str:
    """Return a value as a line of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _dump_text(site: Site, tag: str, dump: Callable[[Document, Site], str], one: ExportedText) -> bytes:
    """Return a part of a text, whose version is asked for here, so that the part is made again where it changes."""
    return dump(site.version(one.kind, one.id, tag), site).encode()


def _dump_values(values: Callable[[Document, Site], JsonObject]) -> Callable[[Document, Site], str]:
    return lambda document, site: dump_line(values(document, site))


def _dump_resolutions(document: Document, site: Site) -> str:
    return ",\n".join(map(dump_line, _export_resolutions(document, site)))


def export_text(document: Document, site: Site) -> JsonObject:
    """Return a text as plain values: its address, its body, and each field that its kind declares for open data."""
    values: JsonObject = {
        "kind": document.kind,
        "id": document.id,
        "url": site.text_url(document),
        "languages": {one.language.tag: site.text_url(one) for one in site.sets[document.key].listed},
        "html": str(rewrite_links(document, site, document.language, lambda address: paths.absolute_url(site.url, address))),
        "text": document.outline.first_paragraph,
    }
    for field in data_fields(site, document.kind):
        values[field.outputs.data] = _export_value(field, document, site)
    return _drop_empty(order_keys(values, TEXT_KEYS))


def _export_value(field: Field, document: Document, site: Site) -> object:
    if field.name == "authors":
        ids = site.author_ids.get(document.path, ())
        return [{"id": identity, "name": site.author_name(identity, document.language)} for identity in ids]
    return _plain_value(field.type, field_value(field, document), document, site)


def _plain_value(type_: FieldType, value: Any, document: Document, site: Site) -> Any:
    """Return a value as JSON has it; of a group what its fields declare for open data, of a file its address."""
    if isinstance(type_, ListOf):
        return [_plain_value(type_.item, one, document, site) for one in value]
    if isinstance(type_, Either):
        return _plain_value(type_.structured, value, document, site)
    if isinstance(type_, FieldGroup):
        return _export_group(type_, value, document, site) if value is not None else None
    if isinstance(type_, BundleFile):
        return paths.absolute_url(site.url, paths.bundle_file_path(*document.key, value))
    if isinstance(value, LocalizedText):
        return value.text
    return _format_day(value, site) if isinstance(type_, DateValue) else value


def _export_group(group: FieldGroup, value: Any, document: Document, site: Site) -> JsonObject:
    """Return the declared fields of a group, those of groups within it beside its own."""
    values: JsonObject = {}
    for field in group.fields:
        inner = getattr(value, field.name)
        if field.outputs.data:
            values[field.outputs.data] = _plain_value(field.type, inner, document, site)
        elif isinstance(field.type, FieldGroup):
            values |= _export_group(field.type, inner, document, site)
    return _drop_empty(values)


def _drop_empty(values: JsonObject) -> JsonObject:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _format_day(day: Day | None, site: Site) -> str | None:
    """Return a day as ISO 8601; a time has the offset of the network."""
    if isinstance(day, datetime):
        return to_datetime(day, site.timezone).isoformat()
    return day.isoformat() if day is not None else None


def _export_event(document: Document, site: Site) -> JsonObject:
    event = document.event
    assert event is not None  # noqa: S101 (such texts are selected)
    values = {"id": document.id, "url": site.text_url(document), "title": document.title}
    return values | _export_group(EVENT, replace(event, timezone=event.timezone or site.timezone.key), document, site)


def _export_resolutions(document: Document, site: Site) -> Iterator[JsonObject]:
    """Return the resolutions of a statement, each with the state of its commitment, if there is one."""
    commitments = {one.anchor: one for one in site.commitments.get(document.id, ())} if document.kind == "statements" else {}
    for one in document.outline.resolutions:
        commitment = commitments.get(one.anchor)
        yield _drop_empty(
            {
                "statement": document.id,
                "number": anchor_to_number(one.anchor),
                "anchor": one.anchor,
                "url": f"{site.text_url(document)}#{one.anchor}",
                "text": " ".join(_strip_tags(one.html).split()),
                "state": commitment.state if commitment else "",
                "due": _format_day(commitment.due, site) if commitment else None,
            }
        )


def _strip_tags(html: str) -> str:
    """Return the plain text of a resolution; items of nested lists stay separated by a space."""
    return str(Markup(html.replace("<", " <") if "<li" in html else html).striptags())  # noqa: S704 (rendered by this program)


def _export_entity(document: Document, site: Site) -> JsonObject:
    values: JsonObject = {"id": document.id, "url": site.text_url(document), "name": document.title}
    for field in record_fields(site, document.kind):
        values[field.outputs.record] = _plain_value(field.type, field_value(field, document), document, site)
    return _drop_empty(order_keys(values, RECORD_KEYS))
