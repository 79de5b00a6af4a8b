"""A feed as Atom (RFC 4287) and as RSS 2.0, written by feedgen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator

from plugins.core.feeds import ATOM, RSS, FeedForm
from plugins.feeds.entries import Entry
from plugins.feeds.shelves import Feed

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class EntryWords(BaseExtension):
    """Says what feedgen leaves out of an entry: its language, and in Atom what each of its links is.

    feedgen 1.0.0 writes the links of an entry with their ``href`` alone, so that a second one is taken for an alternate.
    """

    tag = ""
    links: tuple[Mapping[str, str], ...] = ()

    def extend_atom(self, feed: Any) -> Any:
        """Complete an ``entry``; feedgen calls the parameter a feed."""
        for element, link in zip(feed.iterchildren("link"), self.links, strict=True):
            element.attrib.update(link)
        return self.extend_rss(feed)

    def extend_rss(self, feed: Any) -> Any:
        """Complete an ``item``."""
        if self.tag:
            feed.set(_XML_LANG, self.tag)
        return feed


def atom(feed: Feed) -> bytes:
    """Give a feed as Atom: https://www.rfc-editor.org/rfc/rfc4287."""
    made = _channel(feed, ATOM)
    for one in feed.entries:
        _add(one, made, feed)
    return bytes(made.atom_str(pretty=True))


def rss(feed: Feed) -> bytes:
    """Give a feed as RSS 2.0: https://www.rssboard.org/rss-specification.

    Names stand in Dublin Core, since an author of RSS itself is an e-mail address.
    """
    made = _channel(feed, RSS)
    made.load_extension("dc", atom=False)
    made.dc.dc_creator(feed.network)
    for one in feed.entries:
        item = _add(one, made, feed)
        item.guid(one.identity.guid, permalink=False)
        item.dc.dc_creator([person.name for person in one.authors])
        item.dc.dc_contributor(list(one.translators))
        item.dc.dc_language(one.language.tag)
    return bytes(made.rss_str(pretty=True))


def _channel(feed: Feed, form: FeedForm) -> FeedGenerator:
    made = FeedGenerator()
    made.register_extension("words", BaseExtension, EntryWords)
    made.id(feed.id)
    made.title(feed.title)
    made.description(feed.purpose)
    made.language(feed.language.tag)
    made.updated(feed.updated)
    made.generator("Jisr")
    made.author(name=feed.network, uri=feed.network_url)
    # The page comes last: feedgen takes the last link of any relation for the one link that RSS has.
    made.link(href=feed.home + form.file, rel="self", type=form.type)
    made.link(href=feed.home, rel="alternate", type="text/html")
    return made


def _add(one: Entry, made: FeedGenerator, feed: Feed) -> FeedEntry:
    item = made.add_entry(order="append")
    item.id(one.identity.iri)
    item.title(one.title)
    item.updated(one.updated)
    item.published(one.published)
    item.words.links = _links(one)
    for link in item.words.links:
        item.link(dict(link))
    if one.summary:
        item.summary(one.summary, type="text")
    item.content(one.content, type="html")
    for person in one.authors:
        item.author({"name": person.name, **({"uri": person.url} if person.url else {})})
    for name in one.translators:
        item.contributor(name=name)
    for topic in one.topics:
        item.category(term=topic.id, label=topic.label)
    if one.language != feed.language:
        item.words.tag = one.language.tag
    return item


def _links(one: Entry) -> tuple[Mapping[str, str], ...]:
    page = {"href": one.url, "rel": "alternate", "type": "text/html", "hreflang": one.language.tag}
    return (page, {"href": one.original, "rel": "via"}) if one.original else (page,)
