"""JSON-LD of a page: the way to it, the text on it, who wrote and who translated it (https://schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jisr.core.build.page_hooks import Subject
from jisr.core.model.document import Document
from jisr.core.model.events import came_of
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.structured_data.creative_work import Node, iso, network, url_of
from jisr.outputs.structured_data.event import event_id, occasion

TYPES = {
    "statements": "Report",
    "conferences": "Article",
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


def describe(subject: Subject) -> str:
    """Give the JSON-LD of a page, safe inside a ``script`` element; an empty string where there is nothing to say."""
    graph = [node for node in (_breadcrumb(subject), *_text(subject)) if node]
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
            item["item"] = paths.absolute(site.url, step.address)
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _text(subject: Subject) -> Iterator[Node]:
    """Give the text of a page as a work; a conference that states its days is the work and the event that it is about."""
    document, site = subject.document, subject.site
    if document is None:
        return
    url = url_of(document, site)
    name = "name" if document.kind in ("pages", *NAMED) else "headline"
    node: Node = {"@type": _type(document, site), "@id": url, "url": url, name: document.title}
    if document.kind not in NAMED:
        node |= {"inLanguage": document.language.tag, "publisher": network(document, site)}
        node |= _dates(document, site)
        node |= _people(document, site)
        node |= _translations(document, site)
    held = [event_id(one.best_for(document.language), site) for one in came_of(document, site)]
    if document.event is not None:
        held = [event_id(document, site)]
    if held:
        node["about"] = [{"@id": one} for one in held]
    if document.summary:
        node["description"] = document.summary
    yield node
    if document.event is not None:
        yield occasion(document, document.event, site)


def _type(document: Document, site: Site) -> str:
    """Give what a text is; news that report on a conference are a report, as its statements are."""
    return "Report" if document.kind == "news" and came_of(document, site) else TYPES[document.kind]


def _dates(document: Document, site: Site) -> Node:
    dates = {"datePublished": document.date, "dateModified": document.modified, "expires": document.expires}
    return {name: iso(day, site) for name, day in dates.items() if day is not None}


def _people(document: Document, site: Site) -> Node:
    authors = [_author(identity, document, site) for identity in site.author_ids.get(document.path, ())]
    found: Node = {"author": authors} if authors else {}
    if document.translation and document.translation.by:
        found["translator"] = [_translator(name, document, site) for name in document.translation.by]
    return found


def _translator(name: str, document: Document, site: Site) -> Node:
    """Give who translated a text: a member by its id, else a person by their name."""
    return _author(name, document, site) if site.get("members", name) else {"@type": "Person", "name": name}


def _author(identity: str, document: Document, site: Site) -> Node:
    author = site.authors.get(identity)
    if author is not None:
        return {"@type": "Person", "name": author.name_for(document.language, site.languages).text}
    member = site.get("members", identity)
    if member is None:
        return {"@type": "Organization", "name": identity}
    best = member.best_for(document.language)
    return {"@type": "Organization", "name": best.title, "url": url_of(best, site)}


def _translations(document: Document, site: Site) -> Node:
    """Give the links between versions, which are mutual: each names the one it was made from and those made from it."""
    texts = site.sets[document.key]
    found: Node = {}
    source = texts.get(document.translation.of) if document.translation else None
    if source is not None:
        found["translationOfWork"] = {"@id": url_of(source, site)}
    made = [version for version in texts.versions if version.translation and version.translation.of == document.language.tag]
    if made:
        found["workTranslation"] = [{"@id": url_of(version, site)} for version in made]
    return found
