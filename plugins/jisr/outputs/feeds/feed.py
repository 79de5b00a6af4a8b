"""A feed independent of its format: title, page, and time of the last change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_label, translate_sentence
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FeedSpec, collection_title
from jisr.outputs.feeds.bidi_text import mark_plain_text
from jisr.outputs.feeds.feed_entry import earliest_time
from jisr.outputs.feeds.ids import feed_id, strip_invalid_xml


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files that feeds name, as addresses from the root: the style of the view in a browser, the logo of the site."""

    stylesheet: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before its format: ``language`` is that of its own title and description, ``home`` the URL of its folder."""

    id: str
    language: Language
    title: str
    description: str
    network: str
    network_url: str
    home: str
    updated: datetime
    hub: str = ""
    explanation: str = ""  # HTML for browsers: what a feed is
    links: tuple[tuple[str, str], ...] = ()  # for browsers: text and URL
    stylesheet: str = ""  # relative to the feed
    page: str = ""  # the URL of its page, where that is not its folder
    icon: str = ""  # the URL of the logo of the site, where it has one of its own


def build_feed(spec: FeedSpec, site: Site, messages: Catalogs, files: FeedFiles | None = None) -> Feed:
    """Return the feed of a specification; the language of the feed of the whole site is the first language of the site."""
    language = spec.language or next(iter(site.languages))
    network = site.network_name(language)
    purpose = site.network.text_in(site.network.purposes, language, site.languages).text
    home = paths.absolute_url(site.url, spec.folder)
    subscribe = paths.absolute_url(site.url, paths.collection_path(language.tag, "subscribe"))
    return Feed(
        id=feed_id(spec, site),
        language=language,
        title=strip_invalid_xml(mark_plain_text(feed_title(spec, site, messages), language)),
        description=strip_invalid_xml(mark_plain_text(purpose or network, language)),
        network=strip_invalid_xml(network),
        network_url=paths.absolute_url(site.url, paths.home(spec.language.tag) if spec.language else ""),
        home=home,
        updated=earliest_time(site),
        hub=site.policy.hub,
        explanation=str(translate_sentence("feed", messages, language)),
        links=(
            (translate_sentence("page", messages, language).striptags(), home),
            (translate_label("subscribe", messages, language).text, subscribe),
        ),
        stylesheet=paths.relative_url(spec.folder, files.stylesheet) if files and files.stylesheet else "",
        icon=paths.absolute_url(site.url, files.icon) if files and files.icon else "",
    )


def feed_title(spec: FeedSpec, site: Site, messages: Catalogs) -> str:
    """Return the title of a feed: that of its collection and that of the network."""
    language = spec.language or next(iter(site.languages))
    network = site.network_name(language)
    return f"{collection_title(spec.collection, language, site, messages).text} · {network}" if spec.collection else network


def with_update_time(feed: Feed, times: Iterable[datetime]) -> Feed:
    """Return a feed with the time of its newest entry, never that of the build."""
    return replace(feed, updated=max(times, default=feed.updated))
