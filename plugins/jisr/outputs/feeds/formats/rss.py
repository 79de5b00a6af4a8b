"""An entry as RSS 2.0 (https://www.rssboard.org/rss-specification)."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime

from markupsafe import escape

from jisr.outputs.feeds.feed_entry import FeedEntry
from jisr.outputs.feeds.formats.xml import format_element, format_empty_element, wrap_elements


def render_rss_item(one: FeedEntry) -> str:
    """Return an ``item``.

    Names are in Dublin Core, since an author in RSS is an e-mail address. There are no links to translations: many programs
    use an ``atom:link`` as the link of the item.
    """
    return wrap_elements("item", "\n".join(["", *_item_elements(one), ""]), {"xml:lang": one.language.tag})


def _item_elements(one: FeedEntry) -> Iterator[str]:
    yield format_element("title", one.title)
    yield format_element("link", one.url)
    yield format_element("guid", one.identity.guid, {"isPermaLink": "false"})
    yield format_element("pubDate", format_datetime(one.published))
    yield format_element("atom:updated", one.updated.isoformat())
    for person in one.authors:
        yield format_element("dc:creator", person.name)
    for name in one.translators:
        yield format_element("dc:contributor", name)
    yield format_element("dc:language", one.language.tag)
    if one.licence:
        yield format_element("dc:rights", one.licence)
    for name, text in one.dublin_core:
        yield format_element(f"dc:{name}", text)
    for topic in one.topics:
        yield format_element("category", topic.label)
    if one.cover:
        yield format_empty_element("enclosure", {"url": one.cover.url, "length": str(one.cover.length), "type": one.cover.type})
    elif one.recordings:  # an item has one enclosure; a size that is unknown is 0
        yield format_empty_element("enclosure", {"url": one.recordings[0].url, "length": "0", "type": one.recordings[0].type})
    if one.origin and one.origin.feed:
        yield format_element("source", one.origin.blog, {"url": one.origin.feed})
    # A description is HTML, so plain text is escaped twice.
    yield format_element("description", str(escape(one.excerpt)))
    yield format_element("content:encoded", one.content)
