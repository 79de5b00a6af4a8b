"""Atom and RSS documents around entries: built by feedgen, with the elements that feedgen lacks added to its tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from jisr.core.urls.feed_specs import ATOM, RSS, FeedFormat
from jisr.core.urls.paging import ListPart
from jisr.outputs.feeds.feed import Feed
from jisr.outputs.feeds.formats.xml import DC_NAMESPACE

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_XML_DECLARATION_END = b"?>\n"


class ChannelExtension(BaseExtension):
    """Adds the links and the element of an archive (RFC 5005), and the hub (WebSub)."""

    links: tuple[Mapping[str, str], ...] = ()
    archive = False
    network = ""

    def extend_ns(self) -> dict[str, str]:
        """Return the namespace prefix of RFC 5005."""
        return {"fh": _HISTORY}

    def extend_atom(self, feed: Any) -> Any:
        """Add the elements to an Atom ``feed``."""
        return self._add_feed_elements(feed)

    def extend_rss(self, feed: Any) -> Any:
        """Add the elements to an RSS ``channel``; the creator is in Dublin Core: an author in RSS is an e-mail address."""
        self._add_feed_elements(feed[0])
        etree.SubElement(feed[0], f"{{{DC_NAMESPACE}}}creator").text = self.network
        return feed

    def _add_feed_elements(self, parent: Any) -> Any:
        for link in self.links:
            etree.SubElement(parent, f"{{{_ATOM}}}link", dict(link))
        if self.archive:
            etree.SubElement(parent, f"{{{_HISTORY}}}archive")
        return parent


class ItemNamespaces(BaseExtension):
    """Declares the prefixes that items of RSS use."""

    def extend_ns(self) -> dict[str, str]:
        """Return the prefixes and their namespaces."""
        return {"dc": DC_NAMESPACE, "content": _CONTENT}


def render_atom(feed: Feed, part: ListPart, entries: Sequence[bytes]) -> bytes:
    """Return a document of a feed as Atom: https://www.rfc-editor.org/rfc/rfc4287."""
    return _insert_entries(_create_channel(feed, part, ATOM).atom_str(pretty=True), b"</feed>", entries, feed)


def render_rss(feed: Feed, part: ListPart, items: Sequence[bytes]) -> bytes:
    """Return a document of a feed as RSS 2.0: https://www.rssboard.org/rss-specification."""
    generator = _create_channel(feed, part, RSS)
    generator.register_extension("names", ItemNamespaces, atom=False)
    return _insert_entries(generator.rss_str(pretty=True), b"</channel>", items, feed)


def _insert_entries(document: bytes, end: bytes, entries: Sequence[bytes], feed: Feed) -> bytes:
    """Return a document with serialized entries at its end, and with a reference to its stylesheet."""
    declaration, _, rest = document.partition(_XML_DECLARATION_END)
    head, mark, tail = rest.rpartition(end)
    style = f'<?xml-stylesheet type="text/css" href="{feed.stylesheet}"?>\n' if feed.stylesheet else ""
    lines = (part for one in entries for part in (one, b"\n"))
    return b"".join([declaration, _XML_DECLARATION_END, style.encode(), head, *lines, mark, tail])


def _create_channel(feed: Feed, part: ListPart, form: FeedFormat) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("channel", ChannelExtension)
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.language(feed.language.tag)
    generator.updated(feed.updated)
    generator.generator("Jisr")
    if feed.icon and form is ATOM:
        generator.icon(feed.icon)
        generator.logo(feed.icon)
    elif feed.icon.endswith(".png"):  # RSS knows no drawings: https://www.rssboard.org/rss-specification
        generator.image(feed.icon, feed.title, feed.home)
    generator.author(name=feed.network, uri=feed.network_url)
    # The page is last: feedgen uses the last link, of any relation, as the one link of RSS.
    generator.link(href=feed.home + form.archive_file(part.number), rel="self", type=form.media_type)
    generator.link(href=feed.page or feed.home, rel="alternate", type="text/html")
    generator.channel.links = tuple(_channel_links(feed, part, form))
    generator.channel.archive = part.number > 0
    generator.channel.network = feed.network
    return generator


def _channel_links(feed: Feed, part: ListPart, form: FeedFormat) -> Iterator[Mapping[str, str]]:
    """Return the links to the adjacent documents, and for the feed itself the link to the hub."""
    if part.number:
        yield {"rel": "current", "type": form.media_type, "href": feed.home + form.file}
    elif feed.hub:
        yield {"rel": "hub", "href": feed.hub}
    if part.older:
        yield {"rel": "prev-archive", "type": form.media_type, "href": feed.home + form.archive_file(part.older)}
    if part.newer:
        yield {"rel": "next-archive", "type": form.media_type, "href": feed.home + form.archive_file(part.newer)}
