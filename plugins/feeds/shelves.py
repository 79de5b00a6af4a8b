"""A feed as its readers see it: what it is called, where its page stands, its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plugins.core import addresses
from plugins.core.feeds import FeedSpec
from plugins.core.labels import label
from plugins.core.languages import Language
from plugins.core.marks import marked
from plugins.core.messages import Messages
from plugins.core.site import Site
from plugins.feeds.entries import Entry, first_moment
from plugins.feeds.ids import feed_id, in_xml


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before its format: ``language`` is that of its own words, ``home`` the folder that its files stand in."""

    id: str
    language: Language
    title: str
    purpose: str
    network: str
    network_url: str
    home: str
    updated: datetime
    entries: tuple[Entry, ...]


def feed(spec: FeedSpec, site: Site, messages: Messages, entries: tuple[Entry, ...]) -> Feed:
    """Give the feed of a specification; that of the whole site speaks of itself in the first language of the site.

    ``updated`` is the newest of its entries', never the time of the build.
    """
    language = spec.language or next(iter(site.languages))
    network = site.network.words(site.network.names, language, site.languages).text
    purpose = site.network.words(site.network.purposes, language, site.languages).text
    name = f"{_shelf(spec.family, language, site, messages)} · {network}" if spec.family else network
    return Feed(
        id=feed_id(spec, site),
        language=language,
        title=in_xml(marked(name, language)),
        purpose=in_xml(marked(purpose or network, language)),
        network=in_xml(network),
        network_url=addresses.absolute(site.url, addresses.home(spec.language.tag) if spec.language else ""),
        home=addresses.absolute(site.url, spec.folder),
        updated=max((one.updated for one in entries), default=first_moment(site)),
        entries=entries,
    )


def _shelf(family: str, language: Language, site: Site, messages: Messages) -> str:
    """Give the name of a kind, topic, member or author in a language, or as near to it as there is."""
    kind, _, identity = family.partition("/")
    if not identity:
        return label(kind, messages, language).text
    if kind == "authors":
        return site.authors[identity].name_for(language, site.languages).text
    texts = site.get(kind, identity)
    return texts.best_for(language).title if texts else identity
