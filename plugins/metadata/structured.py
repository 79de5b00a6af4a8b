"""JSON-LD of a page: the way to it, the text on it, who wrote and who translated it (https://schema.org)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from plugins.core import addresses
from plugins.core.describing import Subject
from plugins.core.documents import Day, Document, Words
from plugins.core.site import Site, instant

TYPES = {
    "statements": "Report",
    "conferences": "Event",
    "news": "NewsArticle",
    "posts": "BlogPosting",
    "pages": "WebPage",
    "members": "Organization",
    "topics": "DefinedTerm",
    "workgroups": "Organization",
    "organisations": "Organization",
    "people": "Person",
}
NAMED = ("members", "topics", "workgroups", "organisations", "people")
Node = dict[str, Any]


def describe(subject: Subject) -> str:
    """Give the JSON-LD of a page, safe inside a ``script`` element; an empty string where there is nothing to say."""
    graph = [node for node in (_breadcrumb(subject), _text(subject)) if node]
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _breadcrumb(subject: Subject) -> Node | None:
    """Give the BreadcrumbList: the steps that the page shows, in their order."""
    if not subject.steps:
        return None
    site = subject.site
    items = []
    for position, step in enumerate(subject.steps, 1):
        item: Node = {"@type": "ListItem", "position": position, "name": step.words.text}
        if step.address is not None:
            item["item"] = addresses.absolute(site.url, step.address)
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _text(subject: Subject) -> Node | None:
    document, site = subject.document, subject.site
    if document is None:
        return None
    url = _url(document, site)
    name = "name" if document.kind in ("conferences", "pages", *NAMED) else "headline"
    type_ = "Article" if document.kind == "conferences" and document.event is None else TYPES[document.kind]
    node: Node = {"@type": type_, "@id": url, "url": url, name: document.title}
    if document.kind not in ("conferences", *NAMED):
        node |= {"inLanguage": document.language.tag, "publisher": _network(document, site)}
        node |= _dates(document, site)
        node |= _people(document, site)
        node |= _translations(document, site)
    if document.kind == "conferences":
        node |= _event(document, site)
    if document.summary:
        node["description"] = document.summary
    return node


def _url(document: Document, site: Site) -> str:
    return addresses.absolute(site.url, addresses.text(document.language.tag, document.kind, document.id))


def _network(document: Document, site: Site) -> Node:
    name = site.network.words(site.network.names, document.language, site.languages).text
    return {"@type": "Organization", "name": name, "url": addresses.absolute(site.url, addresses.home(document.language.tag))}


def _iso(day: Day, site: Site) -> str:
    return instant(day, site.timezone).isoformat() if isinstance(day, datetime) else day.isoformat()


def _dates(document: Document, site: Site) -> Node:
    dates = {"datePublished": document.date, "dateModified": document.modified}
    return {name: _iso(day, site) for name, day in dates.items() if day is not None}


def _people(document: Document, site: Site) -> Node:
    authors = [_author(identity, document, site) for identity in site.author_ids.get(document.path, ())]
    found: Node = {"author": authors} if authors else {}
    if document.translation and document.translation.by:
        found["translator"] = [{"@type": "Person", "name": name} for name in document.translation.by]
    return found


def _author(identity: str, document: Document, site: Site) -> Node:
    author = site.authors.get(identity)
    if author is not None:
        return {"@type": "Person", "name": author.name_for(document.language, site.languages).text}
    member = site.get("members", identity)
    if member is None:
        return {"@type": "Organization", "name": identity}
    best = member.best_for(document.language)
    return {"@type": "Organization", "name": best.title, "url": _url(best, site)}


def _translations(document: Document, site: Site) -> Node:
    """Give the links between versions, which are mutual: each names the one it was made from and those made from it."""
    texts = site.sets[document.key]
    found: Node = {}
    source = texts.get(document.translation.of) if document.translation else None
    if source is not None:
        found["translationOfWork"] = {"@id": _url(source, site)}
    made = [version for version in texts.versions if version.translation and version.translation.of == document.language.tag]
    if made:
        found["workTranslation"] = [{"@id": _url(version, site)} for version in made]
    return found


def _event(document: Document, site: Site) -> Node:
    """Give the facts of an event; without a stated day it is described as an article (schema.org asks for startDate)."""
    event = document.event
    node: Node = {"inLanguage": document.language.tag, "organizer": _network(document, site)}
    if event is None:
        return node
    node["startDate"] = _iso(event.start, site)
    if event.end is not None:
        node["endDate"] = _iso(event.end, site)
    place: Node = {"@type": "Place"}
    address = {"addressLocality": _words(event.place.city), "addressCountry": _words(event.place.country)}
    stated = {name: text for name, text in address.items() if text}
    if event.place.name:
        place["name"] = event.place.name.text
    if stated:
        place["address"] = {"@type": "PostalAddress", **stated}
    if len(place) > 1:
        node["location"] = place
    return node


def _words(words: Words | None) -> str:
    return words.text if words else ""
