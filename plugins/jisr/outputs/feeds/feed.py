"""A feed as its readers see it: what it is called, where its page stands, when it last changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Messages
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import label, sentence
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FeedSpec, shelf_name
from jisr.outputs.feeds.bidi_text import sealed
from jisr.outputs.feeds.feed_entry import first_moment
from jisr.outputs.feeds.ids import feed_id, in_xml


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
    hub: str = ""
    explained: str = ""  # what a feed is, for who opens it in a browser, as HTML
    links: tuple[tuple[str, str], ...] = ()  # and where to read on: words and address
    stylesheet: str = ""  # seen from the feed


def feed(spec: FeedSpec, site: Site, messages: Messages, stylesheet: str = "") -> Feed:
    """Give the feed of a specification; that of the whole site speaks of itself in the first language of the site.

    ``stylesheet`` is its address from the root.
    """
    language = spec.language or next(iter(site.languages))
    network = site.network.words(site.network.names, language, site.languages).text
    purpose = site.network.words(site.network.purposes, language, site.languages).text
    home = paths.absolute(site.url, spec.folder)
    subscribe = paths.absolute(site.url, paths.shelf(language.tag, "subscribe"))
    return Feed(
        id=feed_id(spec, site),
        language=language,
        title=in_xml(sealed(title(spec, site, messages), language)),
        purpose=in_xml(sealed(purpose or network, language)),
        network=in_xml(network),
        network_url=paths.absolute(site.url, paths.home(spec.language.tag) if spec.language else ""),
        home=home,
        updated=first_moment(site),
        hub=site.policy.hub,
        explained=str(sentence("feed", messages, language)),
        links=(
            (sentence("page", messages, language).striptags(), home),
            (label("subscribe", messages, language).text, subscribe),
        ),
        stylesheet=paths.relative(spec.folder, stylesheet) if stylesheet else "",
    )


def title(spec: FeedSpec, site: Site, messages: Messages) -> str:
    """Give the name of a feed: that of its shelf and of the network."""
    language = spec.language or next(iter(site.languages))
    network = site.network.words(site.network.names, language, site.languages).text
    return f"{shelf_name(spec.family, language, site, messages).text} · {network}" if spec.family else network


def as_of(given: Feed, moments: Iterable[datetime]) -> Feed:
    """Give a feed that is as old as the newest of its entries, never as the build."""
    return replace(given, updated=max(moments, default=given.updated))
