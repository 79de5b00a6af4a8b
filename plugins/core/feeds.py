"""Which feeds the site has and where they stand; the feeds room writes them, every page's head names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.core.documents import Document
from plugins.core.languages import Language
from plugins.core.site import Site, newest_first


@dataclass(frozen=True, slots=True)
class FeedForm:
    """A format of feeds: its name for readers, its file and its media type."""

    name: str
    file: str
    type: str


ATOM = FeedForm("Atom", "feed.atom", "application/atom+xml")
RSS = FeedForm("RSS", "feed.rss", "application/rss+xml")
FORMS = (ATOM, RSS)


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed: the folder its files stand in, its language (None: all), its shelf (empty: the main one), its texts."""

    folder: str
    language: Language | None
    family: str
    documents: tuple[Document, ...]


def main_feed(language: Language | None) -> str:
    """Give the folder of the feed of a language, or of the whole site."""
    return f"{language.tag}/" if language else ""


def feed_specs(site: Site) -> Iterator[FeedSpec]:
    """Give every feed of the site: the whole, each language, and each shelf of dated texts in each language.

    ``/<lang>/feed.*`` exists for every language and holds statements, conferences and news; a setting mixes posts in.
    """
    kinds = [kind.name for kind in site.kinds if kind.fed and (kind.name != "posts" or site.policy.posts_in_feed)]
    mixed = {language: [document for kind in kinds for document in site.shelf(kind, language)] for language in site.languages}
    everything = [document for documents in mixed.values() for document in documents]
    yield FeedSpec(main_feed(None), None, "", _cut(everything, site))
    for language in site.languages:
        yield FeedSpec(main_feed(language), language, "", _cut(mixed[language], site))
    fed = {kind.name for kind in site.kinds if kind.fed}
    for (family, tag), documents in site.shelves.items():
        if "/" in family or family in fed:
            yield FeedSpec(f"{tag}/{family}/", site.languages[tag], family, _cut(documents, site))


def _cut(documents: tuple[Document, ...] | list[Document], site: Site) -> tuple[Document, ...]:
    return tuple(newest_first(documents, site.timezone)[: site.policy.feed_entries])
