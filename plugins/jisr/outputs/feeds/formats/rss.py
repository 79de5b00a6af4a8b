"""An entry as RSS 2.0 (https://www.rssboard.org/rss-specification)."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime

from markupsafe import escape

from jisr.outputs.feeds.feed_entry import Entry
from jisr.outputs.feeds.formats.xml import around, element, empty


def rss_item(one: Entry) -> str:
    """Give an ``item``.

    Names stand in Dublin Core, since an author of RSS itself is an e-mail address. There are no links to translations:
    many programs take an ``atom:link`` for the item's own.
    """
    return around("item", "\n".join(["", *_parts(one), ""]), {"xml:lang": one.language.tag})


def _parts(one: Entry) -> Iterator[str]:
    yield element("title", one.title)
    yield element("link", one.url)
    yield element("guid", one.identity.guid, {"isPermaLink": "false"})
    yield element("pubDate", format_datetime(one.published))
    yield element("atom:updated", one.updated.isoformat())
    for person in one.authors:
        yield element("dc:creator", person.name)
    for name in one.translators:
        yield element("dc:contributor", name)
    yield element("dc:language", one.language.tag)
    if one.licence:
        yield element("dc:rights", one.licence)
    for topic in one.topics:
        yield element("category", topic.label)
    if one.cover:
        yield empty("enclosure", {"url": one.cover.url, "length": str(one.cover.length), "type": one.cover.type})
    if one.origin and one.origin.feed:
        yield element("source", one.origin.blog, {"url": one.origin.feed})
    # A description is HTML: what was typed is shown as typed.
    yield element("description", str(escape(one.excerpt)))
    yield element("content:encoded", one.content)
