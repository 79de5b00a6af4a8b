"""An entry as Atom (https://www.rfc-editor.org/rfc/rfc4287)."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.outputs.feeds.feed_entry import Entry
from jisr.outputs.feeds.formats.xml import around, element, empty


def atom_entry(one: Entry) -> str:
    """Give an ``entry``; it is the same in every feed, so that it says its language and needs no feed to be read."""
    return around("entry", "\n".join(["", *_parts(one), ""]), {"xml:lang": one.language.tag})


def _parts(one: Entry) -> Iterator[str]:
    yield element("id", one.identity.iri)
    yield element("title", one.title)
    yield element("updated", one.updated.isoformat())
    yield element("published", one.published.isoformat())
    for person in one.authors:
        uri = element("uri", person.url) if person.url else ""
        yield around("author", element("name", person.name) + uri)
    for name in one.translators:
        yield around("contributor", element("name", name))
    yield from _links(one)
    for topic in one.topics:
        yield empty("category", {"term": topic.id, "label": topic.label})
    if one.summary:
        yield element("summary", one.summary)
    if one.licence:
        yield element("rights", one.licence)
    yield from _source(one)
    yield element("content", one.content, {"type": "html"})


def _links(one: Entry) -> Iterator[str]:
    """Give the links of an entry: its page first, for readers that take the first; and last, for those that take the last.

    Of alternates no two have the same type and language (RFC 4287, 4.1.2): the first says a type, the last doesn't.
    """
    yield empty("link", {"rel": "alternate", "type": "text/html", "href": one.url})
    for other in one.translations:
        yield empty("link", {"rel": "alternate", "type": "text/html", "hreflang": other.language.tag, "href": other.url})
    if one.translations:
        yield empty("link", {"rel": "alternate", "href": one.url})
    if one.origin:
        yield empty("link", {"rel": "via", "href": one.origin.original})
    if one.cover:
        length = str(one.cover.length)
        yield empty("link", {"rel": "enclosure", "type": one.cover.type, "length": length, "href": one.cover.url})


def _source(one: Entry) -> Iterator[str]:
    """Give the feed that a member's post came from; one that has no feed has no id to be known by."""
    if one.origin is None or not one.origin.feed:
        return
    yield around(
        "source",
        element("id", one.origin.feed)
        + element("title", one.origin.blog)
        + element("updated", one.updated.isoformat())
        + empty("link", {"rel": "self", "href": one.origin.feed})
        + (empty("link", {"rel": "alternate", "href": one.origin.page}) if one.origin.page else ""),
    )
