"""The whole site as one immutable value, which templates, feeds and checks read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.body import Body
from jisr.core.model.channels import Channels
from jisr.core.model.document import Day, Document, LocalizedText, TranslationSet
from jisr.core.model.entities import EntityIndex
from jisr.core.model.feed_status import FeedStatusReport
from jisr.core.model.mirrors import MirrorSettings
from jisr.core.model.pictures import Picture
from jisr.core.model.replies import Reply
from jisr.core.schema.kinds import Kinds
from jisr.core.urls import paths

T = TypeVar("T")
BUNDLE_FORMS = ("zip", "epub", "zim")  # of what readers take away
SECTIONS = (  # pages that every language has or may have, beside the listings of kinds
    "home", "search", "resolutions", "commitments", "timeline", "places", "authors", "subscribe", "offline", "translate",
    "verify", "blogs",
)  # fmt: skip
FOOTER_GROUPS = ("find", "follow", "take part")
HOME_BLOCKS = ("lead", "conference", "posts", "stations", "news", "members", "waiting")
IndexPages = Mapping[int, tuple[str, Sequence[Document]]]
"""The pages of an index by number: the year or letter of each (none of the first), and its texts."""


@dataclass(frozen=True, slots=True)
class Author:
    """An author of texts who is not a member: an id made from the name in the originals, and a name per language."""

    id: str
    names: Mapping[str, str]

    def name_for(self, language: Language, languages: Languages) -> LocalizedText:
        """Return the name as texts in a language write it, or as the first language that has one."""
        tag = language.tag if language.tag in self.names else next(iter(self.names))
        return LocalizedText(self.names[tag], languages[tag])


@dataclass(frozen=True, slots=True)
class Route:
    """A page of the site: its address, its language, and its family, the address below the language that its versions share."""

    address: str
    language: Language | None
    family: str
    indexed: bool = True
    modified: Day | None = None


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The target of a link in a body, as far as it is known without the page that shows the body.

    ``tag`` is set where the editor linked one language version, ``file`` where the link names a file of a bundle, ``scheduled``
    where the text is dated in the future, so that the link is shown as plain words. ``companions`` are the files that belong to
    a recording: subtitles, transcripts, a picture.
    """

    kind: str = ""
    id: str = ""
    tag: str = ""
    file: str = ""
    fragment: str = ""
    scheduled: bool = False
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolutionReply:
    """The statement of a later text about a resolution: kept, or not yet."""

    text: tuple[str, str]  # kind and id of that text
    day: Day | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Commitment:
    """A resolution that is followed up: ``kept``, ``open`` or ``overdue`` on the day of the build."""

    statement: str
    anchor: str
    state: str
    due: Day | None = None
    replies: tuple[ResolutionReply, ...] = ()  # oldest first; the last one decides the state


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The settings about the network: its name, purpose and footer note per language tag."""

    names: Mapping[str, str]
    purposes: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    short_name: str = ""  # in titles of pages, where the whole name would hide what the page is

    def text_in(self, texts: Mapping[str, str], language: Language, languages: Languages) -> LocalizedText:
        """Return one of its texts in a language, or in the first language that has it; the result states its language."""
        for candidate in (language, *languages):
            if texts.get(candidate.tag):
                return LocalizedText(texts[candidate.tag], candidate)
        return LocalizedText("", language)


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """An entry of the menu, the footer or the home that settings state.

    ``target`` is a section of the site, as "timeline", or a text, as "pages/about"; where it is empty, the entry leads to
    one of ``addresses``, by language. ``words`` are its own by language; without any it has the name of its target.
    """

    target: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> tuple[str, str]:
        """Kind and id of the text that it leads to; empty where it leads to none."""
        kind, _, identity = self.target.partition("/")
        return (kind, identity) if identity else ("", "")


@dataclass(frozen=True, slots=True)
class FooterGroup:
    """A group of links at the foot of each page: one of ``FOOTER_GROUPS``, or one with its own title by language."""

    name: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[NavigationEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Navigation:
    """What settings say of the menu, of the footer, and of the blocks of a home; None is what the theme does of itself."""

    menu: tuple[NavigationEntry, ...] | None = None
    footer: tuple[FooterGroup, ...] = tuple(FooterGroup(name) for name in FOOTER_GROUPS)
    home: tuple[str, ...] = HOME_BLOCKS  # or a text, as "pages/about"


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """The options of a site, with their defaults."""

    page_size: int = 50
    other_language_limit: int = 10  # texts of other languages that a listing offers
    closing_days: int = 3  # the last days of a registration, on which pages announce that it closes soon
    from_disk: bool = False
    po_files: bool = False  # whether each text that waits for a translator is published for programs of translators
    bundles: tuple[str, ...] = ()  # the forms in which publishing offers what readers take away
    short_addresses: bool = False  # whether each text has a short address to share
    side_by_side: tuple[str, ...] = ()  # kinds of texts with pages that show two versions side by side
    all_pairs_side_by_side: bool = False  # whether any two versions are, or a translation and what it was translated from alone
    posts_in_feed: bool = False  # mixes member posts into /<lang>/feed.*
    posts_in_topics: bool = True  # a topic lists the posts that name it
    posts_on_home: int = 3
    feed_entries: int = 20  # in a feed, and in each document of its archive; with one, the feed holds up to twice as many
    feed_archives: tuple[str, ...] = ("atom",)  # the formats in which feeds have an archive
    archived_feeds: tuple[str, ...] = ("site", "languages", "posts")  # the groups of feeds that have one
    hub: str = ""  # the WebSub hub, which notifies subscribers of a changed feed
    tag_authority: str = ""  # of the ids of feeds (RFC 4151), as "example.org,2009"; constant when the site moves


@dataclass(frozen=True, slots=True)
class Site:
    """All that is published, at one moment."""

    url: str
    timezone: ZoneInfo
    now: datetime
    languages: Languages
    kinds: Kinds
    network: NetworkSettings
    policy: SitePolicy
    sets: Mapping[tuple[str, str], TranslationSet]
    collections: Mapping[tuple[str, str], tuple[Document, ...]]  # (family, tag) -> texts, newest first
    authors: Mapping[str, Author]
    author_ids: Mapping[str, tuple[str, ...]]  # a document's path -> ids of its authors, members' ids among them
    targets: Mapping[str, tuple[LinkTarget, ...]]  # a document's path -> the targets of its references
    routes: Mapping[str, Route]
    bodies: Mapping[str, Body] = field(default_factory=dict)  # a document's path -> its body, drafts included
    files: Mapping[str, BundledFile] = field(default_factory=dict)  # published files of bundles, by address
    bundles: Mapping[str, BundledFile] = field(default_factory=dict)  # what readers take away, by address, when it is published
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # those that texts show, by address of the file
    feed_status: FeedStatusReport | None = None  # of members' feeds in the last run of ``inv fetch``
    mirrors: MirrorSettings = field(default_factory=MirrorSettings)
    channels: Channels = field(default_factory=Channels)
    navigation: Navigation = field(default_factory=Navigation)
    routes_by_family: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)  # family -> its indexed routes
    sets_with_drafts: Mapping[tuple[str, str], TranslationSet] = field(default_factory=dict)  # as ``sets``, drafts included
    indexes: Mapping[tuple[str, str], IndexPages] = field(default_factory=dict)  # by family and language
    entities: EntityIndex = field(default_factory=EntityIndex)
    commitments: Mapping[str, tuple[Commitment, ...]] = field(default_factory=dict)  # by id of the statement
    # A text -> texts that link to it.
    referrers: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    replies: Mapping[tuple[str, str], tuple[Reply, ...]] = field(default_factory=dict)  # to a text, oldest first
    waiting_replies: Mapping[tuple[str, str], tuple[Reply, ...]] = field(default_factory=dict)  # those that wait for a person
    # The path of an old address -> that address, with its query, and where each leads, from redirects.yaml.
    redirects: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    by_kind: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False, compare=False)  # kind -> keys of sets

    def __post_init__(self) -> None:
        """Index the texts by kind, since each page reads those of some kinds."""
        keys_by_kind: dict[str, list[tuple[str, str]]] = {}
        for key in self.sets:
            keys_by_kind.setdefault(key[0], []).append(key)
        object.__setattr__(self, "by_kind", {kind: tuple(keys) for kind, keys in keys_by_kind.items()})

    def ask(self, function: Callable[..., T], *arguments: str) -> T:
        """Return what a function of the site and of strings says; a build notes the question (``core/build/queries.py``)."""
        return function(self, *arguments)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what a function makes; a build makes it once for all that have its key."""
        return make()

    def derive(self, determined_by: Callable[..., object], make: Callable[[], T], *arguments: str) -> T:
        """Return what a function makes of all that the answer to a query, ``determined_by(site, *arguments)``, determines.

        A build makes it once, and later ones ask the query alone: it may cost much and look at many bodies.
        """
        return make()

    def body_state(self, path: str) -> object:
        """Return a value that is another where a body is; only a ``body_query`` may ask for it."""
        return self.bodies[path]

    @property
    def today(self) -> date:
        """The date in the time zone of the site."""
        return self.now.astimezone(self.timezone).date()

    def get(self, kind: str, identity: str) -> TranslationSet | None:
        """Return all versions of a text, or None."""
        return self.sets.get((kind, identity))

    def version(self, kind: str, identity: str, tag: str) -> Document:
        """Return a version of a text. Raises LookupError where there is none."""
        document = self.sets[kind, identity].get(tag)
        if document is None:
            raise LookupError(f"{kind}/{identity} {tag}")
        return document

    def of_kind(self, kind: str) -> Iterator[TranslationSet]:
        """Return the texts of a kind, in the order of their ids."""
        return (self.sets[key] for key in self.by_kind.get(kind, ()))

    def text_url(self, document: Document) -> str:
        """Return the whole URL of a version of a text."""
        return paths.absolute_url(self.url, paths.text(document.language.tag, *document.key))

    def tag_uri(self, kind: str, identity: str) -> str:
        """Return the id of a text in all its languages (RFC 4151), which stays when its title, dates or folder change."""
        first = self.sets[kind, identity].original
        published = paths.first_id(first.language.tag, kind, identity, first.aliases)
        return f"tag:{self.policy.tag_authority}:{kind}/{published}"

    def network_name(self, language: Language) -> str:
        """Return the name of the network in a language, or in the first that has one."""
        return self.network.text_in(self.network.names, language, self.languages).text

    def author_name(self, identity: str, language: Language) -> str:
        """Return the name of an author, a member or not, in a language or the best there is; the id of an unknown one."""
        if identity in self.authors:
            return self.authors[identity].name_for(language, self.languages).text
        member = self.get("members", identity)
        return member.best_for(language).title if member else identity

    def collection(self, family: str, language: Language) -> tuple[Document, ...]:
        """Return the texts of a kind, topic, member or author in a language, newest first."""
        return self.collections.get((family, language.tag), ())

    def has_texts(self, family: str, language: Language) -> bool:
        """Whether a collection has any text in a language."""
        return bool(self.collections.get((family, language.tag)))

    def in_other_languages(self, family: str, language: Language) -> tuple[Document, ...]:
        """Return the texts of a collection that a language lacks, newest first, each in the best version for its readers."""
        return self.select_lacking(self.in_any_language(family), language)

    def in_any_language(self, family: str) -> list[Document]:
        """Return each text of a collection once, newest first: the original, or else the first version."""
        documents: dict[tuple[str, str], Document] = {}
        for language in self.languages:
            for document in self.collection(family, language):
                key = (document.kind, document.id)
                if key not in documents or language.tag == self.sets[key].origin:
                    documents[key] = document
        return sort_newest_first(documents.values(), self.timezone)

    def select_lacking(self, documents: Iterable[Document], language: Language) -> tuple[Document, ...]:
        """Return those of documents whose texts have no version in a language, each in the best version for its readers."""
        lacking = [one for one in documents if self.sets[one.key].get(language.tag) is None]
        if not language.fallbacks:
            return tuple(lacking)
        best = ((one, self.sets[one.key].best_for(language)) for one in lacking)
        return tuple(sort_newest_first((found if found.listed else one for one, found in best), self.timezone))

    def alternates(self, route: Route) -> tuple[Route, ...]:
        """Return the indexed pages that are this page in any language, itself included."""
        return self.routes_by_family.get(route.family, ()) if route.indexed else ()

    def family_address(self, family: str, language: Language) -> str | None:
        """Return the address of a family of pages in a language, or None where that page does not exist."""
        address = paths.collection_path(language.tag, family) if family else paths.home(language.tag)
        return address if self.has_page(address) else None

    def has_page(self, address: str) -> bool:
        """Whether an address is that of a page."""
        return address in self.routes


@dataclass(frozen=True, slots=True)
class BundledFile:
    """A published file of a bundle: its path and its address."""

    source: str
    address: str
    size: int = 0
    digest: str = ""  # SHA-256, for files that are offered as documents


def to_datetime(day: Day, timezone: ZoneInfo) -> datetime:
    """Return the moment of a date: midnight in the site's time zone where it has no time."""
    if isinstance(day, datetime):
        return day if day.tzinfo else day.replace(tzinfo=timezone)
    return datetime.combine(day, time(), timezone)


def to_timestamp(day: Day | None, timezone: ZoneInfo) -> float:
    """Return the Unix time of a date in seconds, by which texts are sorted; 0 without a date.

    >>> to_timestamp(date(1970, 1, 2), ZoneInfo("Asia/Baghdad")) / 3600
    21.0
    """
    if day is None:
        return 0.0
    return to_datetime(day, timezone).timestamp() if isinstance(day, datetime) else _midnight_timestamp(day, timezone)


@lru_cache(10_000)  # sites have more texts than days, and each text is in several collections
def _midnight_timestamp(day: date, timezone: ZoneInfo) -> float:
    return to_datetime(day, timezone).timestamp()


def sort_newest_first(documents: Iterable[Document], timezone: ZoneInfo) -> list[Document]:
    """Return texts sorted by date, newest first, then by id, so that the order never depends on that of the files."""
    return sorted(documents, key=lambda one: (-to_timestamp(one.date, timezone), one.kind, one.id, one.language.tag))


def select_pinned(documents: Iterable[Document]) -> tuple[list[Document], list[Document]]:
    """Return the pinned ones of texts, and the others, each in the order that they have."""
    texts = list(documents)
    return [one for one in texts if one.pinned], [one for one in texts if not one.pinned]
