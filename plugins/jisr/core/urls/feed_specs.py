"""The feeds of the site and their addresses: ``outputs/feeds`` writes them, the head of every page links to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_label
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import Site, sort_newest_first, to_timestamp
from jisr.core.urls.paths import collection_path, split_page


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A format of feeds: its name for readers, its file and its media type."""

    name: str
    file: str
    media_type: str

    @property
    def suffix(self) -> str:
        """The suffix of its files, by which settings name it.

        >>> [form.suffix for form in FEED_FORMATS]
        ['atom', 'rss', 'json']
        """
        return self.file.rpartition(".")[2]

    def archive_file(self, number: int) -> str:
        """Return the file of an archive document: number 1 has the oldest entries, number 0 is the feed itself.

        >>> ATOM.archive_file(0), ATOM.archive_file(2)
        ('feed.atom', 'feed-2.atom')
        """
        stem, _, suffix = self.file.rpartition(".")
        return f"{stem}-{number}.{suffix}" if number else self.file


ATOM = FeedFormat("Atom", "feed.atom", "application/atom+xml")
RSS = FeedFormat("RSS", "feed.rss", "application/rss+xml")
JSON = FeedFormat("JSON Feed", "feed.json", "application/feed+json")
FEED_FORMATS = (ATOM, RSS, JSON)

GROUP_KINDS = ("topics", "workgroups", "members", "authors")  # kinds of collections with many members
FEED_GROUPS = ("site", "languages", *GROUP_KINDS)  # feeds by what they gather, but for those of kinds

OPML_MEMBERS = "members.opml"
FOAF_MEMBERS = "members.rdf"
_OPML_FEEDS = "feeds.opml"


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed: the folder of its files, its language (None: all), its collection (empty: the main feed)."""

    folder: str
    language: Language | None
    collection: str

    @property
    def arguments(self) -> tuple[str, str]:
        """Its language and collection as the arguments of queries."""
        return (self.language.tag if self.language else "", self.collection)

    @property
    def group(self) -> str:
        """The group of feeds that it belongs to, by which settings name it: one of ``FEED_GROUPS``, or a dated kind."""
        main = "languages" if self.language else "site"
        return self.collection.partition("/")[0] or main


def feed_folder(language: Language | None) -> str:
    """Return the folder of the main feed of a language, or of the whole site."""
    return f"{language.tag}/" if language else ""


def opml_path(language: Language) -> str:
    """Return the address of the list of a language's feeds."""
    return f"{language.tag}/{_OPML_FEEDS}"


def feed_specs(site: Site) -> Iterator[FeedSpec]:
    """Return every feed of the site: the whole site, each language, and each collection of dated texts in each language.

    ``/<lang>/feed.*`` exists for every language and has statements, conferences and news; a setting adds posts.
    """
    yield FeedSpec(feed_folder(None), None, "")
    for language in site.languages:
        yield FeedSpec(feed_folder(language), language, "")
        for family in site.ask(find_feed_collections, language.tag):
            yield FeedSpec(collection_path(language.tag, family), language, family)


@query
def count_feed_texts(site: Site, tag: str, collection: str) -> int:
    """Return the number of texts of a feed, by its language (all, where the tag is empty) and collection."""
    return sum(len(texts) for texts in _feed_collections_of(site, tag, collection))


def feed_texts(site: Site, tag: str, collection: str) -> tuple[Document, ...]:
    """Return the texts of a feed by their last change, newest first.

    So a corrected or translated old text that states ``modified`` reaches all subscribers.
    """
    collections = tuple(_feed_collections_of(site, tag, collection))  # each is newest first
    texts = collections[0] if len(collections) == 1 else sort_newest_first(chain(*collections), site.timezone)
    if all(text.date and not text.modified for text in texts):
        return tuple(texts)  # as nearly all collections are, and most are asked for their newest texts alone
    return tuple(sorted(texts, key=lambda one: _change_key(one, site), reverse=True))


def _feed_collections_of(site: Site, tag: str, collection: str) -> Iterator[tuple[Document, ...]]:
    dated = (kind.name for kind in site.kinds if kind.dated and (kind.name != "posts" or site.policy.posts_in_feed))
    kinds = (collection,) if collection else tuple(dated)
    languages = (site.languages[tag],) if tag else site.languages
    return (site.collection(kind, language) for language in languages for kind in kinds)


@query
def find_feed_collections(site: Site, tag: str) -> list[str]:
    """Return the collections with a feed in a language: kinds in their order, then topics, members and authors by id."""
    language = site.languages[tag]
    order = [*(kind.name for kind in site.kinds if kind.dated), *GROUP_KINDS]
    families = [family for family, other in site.collections if other == tag and has_feed(family, language, site)]
    return sorted(families, key=lambda family: (order.index(family.partition("/")[0]), family))


def has_feed(family: str, language: Language, site: Site) -> bool:
    """Whether a collection has a feed in a language: a kind with feeds, or a topic, member or author, with texts in it."""
    kind = site.kinds.get(family)
    in_group = "/" in family and family.partition("/")[0] in GROUP_KINDS
    return (in_group or (kind is not None and kind.dated)) and site.has_texts(family, language)


def is_listed_feed(family: str, site: Site) -> bool:
    """Whether lists of feeds have that of a collection; the feed of a hidden topic or member exists without being listed."""
    kind, _, identity = family.partition("/")
    texts = site.get(kind, identity) if identity else None
    return texts is None or bool(texts.listed)


def related_feeds(family: str, language: Language, site: Site) -> tuple[tuple[Language | None, str], ...]:
    """Return the feeds related to a page, as language and collection, the most specific first, that of the whole site last.

    The collection of a text is its kind, for a post first its member; the later pages of a list have the same as the first.
    """
    listed, _ = split_page(family)
    kind, _, rest = listed.partition("/")
    member = [f"members/{rest.partition('/')[0]}"] if kind == "posts" and rest else []
    families = [one for one in dict.fromkeys([listed, *member, kind]) if has_feed(one, language, site)]
    return (*((language, one) for one in families), (language, ""), (None, ""))


def collection_title(family: str, language: Language, site: Site, messages: Catalogs) -> LocalizedText:
    """Return the name of a kind, topic, member or author in a language, or in the best other language."""
    kind, _, identity = family.partition("/")
    if not identity:
        return translate_label(kind, messages, language)
    if kind == "authors":
        return site.authors[identity].name_for(language, site.languages)
    texts = site.get(kind, identity)
    best = texts.best_for(language) if texts else None
    return LocalizedText(best.title, best.language) if best else LocalizedText(identity, language)


def _change_key(document: Document, site: Site) -> tuple[bool, float]:
    day = document.modified or document.date
    return (day is not None, to_timestamp(day, site.timezone))
