"""An entry as Atom (https://www.rfc-editor.org/rfc/rfc4287)."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.outputs.feeds.feed_entry import FeedEntry
from jisr.outputs.feeds.formats.xml import DC_NAMESPACE, format_element, format_empty_element, wrap_elements


def render_atom_entry(one: FeedEntry) -> str:
    """Return an ``entry``; it is the same in every feed, so it states its language itself."""
    return wrap_elements("entry", "\n".join(["", *_entry_elements(one), ""]), {"xml:lang": one.language.tag})


def _entry_elements(one: FeedEntry) -> Iterator[str]:
    yield format_element("id", one.identity.iri)
    yield format_element("title", one.title)
    yield format_element("updated", one.updated.isoformat())
    yield format_element("published", one.published.isoformat())
    for person in one.authors:
        uri = format_element("uri", person.url) if person.url else ""
        yield wrap_elements("author", format_element("name", person.name) + uri)
    for name in one.translators:
        yield wrap_elements("contributor", format_element("name", name))
    yield from _link_elements(one)
    for topic in one.topics:
        yield format_empty_element("category", {"term": topic.id, "label": topic.label})
    if one.summary:
        yield format_element("summary", one.summary)
    if one.licence:
        yield format_element("rights", one.licence)
    for name, text in one.dublin_core:
        yield format_element(name, text, {"xmlns": DC_NAMESPACE})
    yield from _source_element(one)
    yield format_element("content", one.content, {"type": "html"})


def _link_elements(one: FeedEntry) -> Iterator[str]:
    """Return the links of an entry: its page first, for readers that use the first, and last, for those that use the last.

    No two alternates may have the same type and language (RFC 4287, 4.1.2): the first has a type, the last has none.
    """
    yield format_empty_element("link", {"rel": "alternate", "type": "text/html", "href": one.url})
    for other in one.translations:
        attributes = {"rel": "alternate", "type": "text/html", "hreflang": other.language.tag, "href": other.url}
        yield format_empty_element("link", attributes)
    if one.translations:
        yield format_empty_element("link", {"rel": "alternate", "href": one.url})
    if one.origin:
        yield format_empty_element("link", {"rel": "via", "href": one.origin.original})
    if one.cover:
        cover = {"rel": "enclosure", "type": one.cover.type, "length": str(one.cover.length), "href": one.cover.url}
        yield format_empty_element("link", cover)
    for file in one.recordings:
        yield format_empty_element("link", {"rel": "enclosure", "type": file.type, "href": file.url})


def _source_element(one: FeedEntry) -> Iterator[str]:
    """Return the source feed of a member's post; without a feed there is no id, and so no element."""
    if one.origin is None or not one.origin.feed:
        return
    yield wrap_elements(
        "source",
        format_element("id", one.origin.feed)
        + format_element("title", one.origin.blog)
        + format_element("updated", one.updated.isoformat())
        + format_empty_element("link", {"rel": "self", "href": one.origin.feed})
        + (format_empty_element("link", {"rel": "alternate", "href": one.origin.page}) if one.origin.page else ""),
    )
