"""JSON-LD of a page: its breadcrumb, and its text with authors and translators (https://schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jisr.core.build.page_hooks import PageContext
from jisr.core.model.document import Document
from jisr.core.model.events import find_source_conferences
from jisr.core.model.site import Site
from jisr.core.schema.field_types import DateValue, FieldGroup, Kind, field_value
from jisr.core.urls import paths
from jisr.outputs.structured_data.creative_work import JsonLdNode, build_organization, format_iso
from jisr.outputs.structured_data.event import build_event, event_id

_FIRST_PROPERTIES = ("datePublished",)  # the order in which pages have always had them


def describe(subject: PageContext) -> str:
    """Return the JSON-LD of a page, safe inside a ``script`` element; an empty string where there is nothing to describe."""
    graph = [*_build_breadcrumb(subject), *_build_work(subject)]
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _build_breadcrumb(subject: PageContext) -> Iterator[JsonLdNode]:
    """Return the BreadcrumbList, equal to the breadcrumb of the page."""
    items = []
    for position, step in enumerate(subject.breadcrumbs, 1):
        item: JsonLdNode = {"@type": "ListItem", "position": position, "name": step.words.text}
        if step.address is not None:
            item["item"] = paths.absolute_url(subject.site.url, step.address)
        items.append(item)
    if items:
        yield {"@type": "BreadcrumbList", "itemListElement": items}


def _build_work(subject: PageContext) -> Iterator[JsonLdNode]:
    """Return the text of a page as a work; a conference with dates is a work and the event that this is about."""
    document, site = subject.document, subject.site
    if document is None:
        return
    url = site.text_url(document)
    kind = site.kinds.get(document.kind)
    assert kind is not None, document.kind  # noqa: S101 (a text of the site is of one of its kinds)
    name = "name" if kind.is_entity or not kind.listed else "headline"
    node: JsonLdNode = {"@type": _schema_type(kind, document, site), "@id": url, "url": url, name: document.title}
    contact = _contact_point(kind, document)
    if kind.is_entity:
        node |= contact
    else:
        node |= {"inLanguage": document.language.tag, "publisher": build_organization(document, site) | contact}
        node |= _declared_properties(kind, document, site)
        node |= _work_people(document, site)
        node |= _translation_links(document, site)
    events = [event_id(one.best_for(document.language), site) for one in site.ask(find_source_conferences, *document.key)]
    if document.event is not None:
        events = [event_id(document, site)]
    if events:
        node["about"] = [{"@id": one} for one in events]
    if document.summary:
        node["description"] = document.summary
    yield node
    if document.event is not None:
        yield build_event(document, document.event, site)


def _schema_type(kind: Kind, document: Document, site: Site) -> str:
    """Return the schema.org type of a text; news that report on a conference are a Report, as its statements are."""
    return "Report" if document.kind == "news" and site.ask(find_source_conferences, *document.key) else kind.schema_type


def _declared_properties(kind: Kind, document: Document, site: Site) -> JsonLdNode:
    """Return the properties of dates, and of words that a type wraps, as the fields of the kind declare them."""
    node: JsonLdNode = {}
    for field in sorted(kind.fields, key=lambda one: one.outputs.json_ld not in _FIRST_PROPERTIES):
        name, _, wrapper = field.outputs.json_ld.partition(":")
        is_plain = isinstance(field.type, DateValue) or (wrapper and not isinstance(field.type, FieldGroup))
        value = field_value(field, document) if name and is_plain else None
        if value is not None:
            node[name] = {"@type": wrapper, "name": value.text} if wrapper else format_iso(value, site)
    return node


def _contact_point(kind: Kind, document: Document) -> JsonLdNode:
    """Return how whom a page is about is reached: the groups that a kind declares with a type of their own."""
    node: JsonLdNode = {}
    for field in kind.fields:
        name, _, wrapper = field.outputs.json_ld.partition(":")
        if not wrapper or not isinstance(field.type, FieldGroup):
            continue
        group = field_value(field, document)
        values = {one.outputs.json_ld: getattr(group, one.name) for one in field.type.fields if one.outputs.json_ld}
        if stated := {key: value for key, value in values.items() if value}:
            node[name] = {"@type": wrapper, **stated}
    return node


def _work_people(document: Document, site: Site) -> JsonLdNode:
    authors = [_author(identity, document, site) for identity in site.author_ids.get(document.path, ())]
    people: JsonLdNode = {"author": authors} if authors else {}
    if document.translation and document.translation.by:
        people["translator"] = [_translator(name, document, site) for name in document.translation.by]
    return people


def _translator(name: str, document: Document, site: Site) -> JsonLdNode:
    """Return a translator: a member by its id, else a person by their name."""
    return _author(name, document, site) if site.get("members", name) else {"@type": "Person", "name": name}


def _author(identity: str, document: Document, site: Site) -> JsonLdNode:
    name = site.author_name(identity, document.language)
    if identity in site.authors:
        return {"@type": "Person", "name": name}
    member = site.get("members", identity)
    url = {"url": site.text_url(member.best_for(document.language))} if member else {}
    return {"@type": "Organization", "name": name, **url}


def _translation_links(document: Document, site: Site) -> JsonLdNode:
    """Return the links between versions, which are mutual: each names its source and its translations."""
    texts = site.sets[document.key]
    links: JsonLdNode = {}
    source = texts.get(document.translation.of) if document.translation else None
    if source is not None:
        links["translationOfWork"] = {"@id": site.text_url(source)}
    tag = document.language.tag
    if translations := [one for one in texts.versions if one.translation and one.translation.of == tag]:
        links["workTranslation"] = [{"@id": site.text_url(one)} for one in translations]
    return links
