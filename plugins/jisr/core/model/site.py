"""The whole site as one immutable value: what templates, feeds and checks ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language, Languages
from jisr.core.model.document import Day, Document, LocalizedText, TranslationSet
from jisr.core.model.entities import EntityIndex
from jisr.core.model.feed_status import FeedStatusReport
from jisr.core.model.mirrors import MirrorSettings
from jisr.core.schema.kinds import Kinds
from jisr.core.urls import paths


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who signs texts and is no member: an id from the name in the originals, a name per language."""

    id: str
    names: Mapping[str, str]

    def name_for(self, language: Language, languages: Languages) -> LocalizedText:
        """Return the name as a text in that language writes it, else as the first language that has one does."""
        tag = language.tag if language.tag in self.names else next(iter(self.names))
        return LocalizedText(self.names[tag], languages[tag])


@dataclass(frozen=True, slots=True)
class Route:
    """A page of the site: its address, its language, and the address below the language that its versions share."""

    address: str
    language: Language | None
    family: str
    indexed: bool = True
    modified: Day | None = None


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What a link in a body leads to, as far as that is known before the page that shows it.

    ``tag`` is set where the editor linked one language version, ``file`` where a file of a bundle is meant, ``coming`` where
    the day of the text has not come, so that the link is plain words.
    """

    kind: str = ""
    id: str = ""
    tag: str = ""
    file: str = ""
    fragment: str = ""
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class ResolutionReply:
    """What a text says of a resolution: that it was kept, or that it was not yet."""

    text: tuple[str, str]  # its kind and id
    day: Day | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Commitment:
    """A resolution that is followed up: ``kept``, ``open`` or ``overdue`` on the day of the build."""

    statement: str
    anchor: str
    state: str
    due: Day | None = None
    replies: tuple[ResolutionReply, ...] = ()  # oldest first; the last one says how things stand


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """What the settings say of the network: its name, purpose and footer note per language tag."""

    names: Mapping[str, str]
    purposes: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def text_in(self, of: Mapping[str, str], language: Language, languages: Languages) -> LocalizedText:
        """Return one of its texts in a language, else in the first language that has it, said as such."""
        for one in (language, *languages):
            if of.get(one.tag):
                return LocalizedText(of[one.tag], one)
        return LocalizedText("", language)


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """The choices that settings leave open, with what holds when they are silent."""

    page_size: int = 50
    other_language_limit: int = 10  # texts of other languages that a listing offers
    closing_days: int = 3  # the last days of a registration, on which it is said to close soon
    from_disk: bool = False
    short_addresses: bool = False  # whether each text has one, to share
    side_by_side: tuple[str, ...] = ()  # kinds whose versions are shown beside each other, two at a time
    posts_in_feed: bool = False  # mixes member posts into /<lang>/feed.*
    posts_in_topics: bool = True  # a topic has the posts that name it
    posts_on_home: int = 3
    feed_entries: int = 20  # in each archive document of a feed; the feed itself holds up to twice as many
    feed_archives: tuple[str, ...] = ("atom", "rss", "json")  # the formats in which feeds have an archive
    hub: str = ""  # where readers are told at once that a feed changed (WebSub)
    tag_authority: str = ""  # of the ids of feeds (RFC 4151), as "example.org,2009"; kept when the site moves


@dataclass(frozen=True, slots=True)
class Site:
    """Everything there is to publish, on one day."""

    url: str
    timezone: ZoneInfo
    now: datetime
    languages: Languages
    kinds: Kinds
    network: NetworkSettings
    policy: SitePolicy
    sets: Mapping[tuple[str, str], TranslationSet]
    collections: Mapping[tuple[str, str], tuple[Document, ...]]  # (family, tag) -> its texts, newest first
    authors: Mapping[str, Author]
    author_ids: Mapping[str, tuple[str, ...]]  # a document's path -> ids of its authors, members' ids among them
    targets: Mapping[str, tuple[LinkTarget, ...]]  # a document's path -> what its references lead to
    routes: Mapping[str, Route]
    files: tuple[BundledFile, ...] = ()
    feed_status: FeedStatusReport | None = None  # how those of members were when they were last asked
    mirrors: MirrorSettings = field(default_factory=MirrorSettings)
    routes_by_family: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)  # family -> its indexed routes
    sets_with_drafts: Mapping[tuple[str, str], TranslationSet] = field(
        default_factory=dict
    )  # as ``sets``, with drafts as they are
    entities: EntityIndex = field(default_factory=EntityIndex)
    commitments: Mapping[str, tuple[Commitment, ...]] = field(default_factory=dict)  # id of a statement -> its own
    referrers: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = field(
        default_factory=dict
    )  # a text -> texts that link it
    by_kind: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False, compare=False)  # kind -> keys of sets

    def __post_init__(self) -> None:
        """Lay the texts out by their kind: each page asks for those of some."""
        kinds: dict[str, list[tuple[str, str]]] = {}
        for key in self.sets:
            kinds.setdefault(key[0], []).append(key)
        object.__setattr__(self, "by_kind", {kind: tuple(found) for kind, found in kinds.items()})

    @property
    def today(self) -> date:
        """The day it is where the network is."""
        return self.now.astimezone(self.timezone).date()

    def get(self, kind: str, identity: str) -> TranslationSet | None:
        """Return all versions of a text, or None."""
        return self.sets.get((kind, identity))

    def of_kind(self, kind: str) -> Iterator[TranslationSet]:
        """Return the texts of a kind, in the order of their ids."""
        return (self.sets[key] for key in self.by_kind.get(kind, ()))

    def collection(self, family: str, language: Language) -> tuple[Document, ...]:
        """Return the texts of a kind, topic, member or author in a language, newest first."""
        return self.collections.get((family, language.tag), ())

    def in_other_languages(self, family: str, language: Language) -> tuple[Document, ...]:
        """Return the texts of a shelf that don't exist in a language, newest first, each in the best version there is."""
        found: dict[tuple[str, str], Document] = {}
        for other in self.languages:
            for document in self.collection(family, other):
                texts = self.sets[document.key]
                if language.tag not in texts.tags and (document == texts.original or document.key not in found):
                    found[document.key] = document
        return tuple(sort_newest_first(found.values(), self.timezone))

    def alternates(self, route: Route) -> tuple[Route, ...]:
        """Return the indexed pages that are this page in any language, itself among them."""
        return self.routes_by_family.get(route.family, ()) if route.indexed else ()

    def family_address(self, family: str, language: Language) -> str | None:
        """Return the address of a family of pages in a language where that page exists."""
        address = paths.collection_path(language.tag, family) if family else paths.home(language.tag)
        return address if address in self.routes else None


@dataclass(frozen=True, slots=True)
class BundledFile:
    """A file of a bundle that is published: where it lies and its address."""

    source: str
    address: str
    size: int = 0
    digest: str = ""  # SHA-256, of what is offered as a document


def to_datetime(day: Day, timezone: ZoneInfo) -> datetime:
    """Return the moment a date stands for: the first of its day in the site's timezone where no time is given."""
    if isinstance(day, datetime):
        return day if day.tzinfo else day.replace(tzinfo=timezone)
    return datetime.combine(day, time(), timezone)


def to_timestamp(day: Day | None, timezone: ZoneInfo) -> float:
    """Return the moment a date stands for in seconds since 1970, by which texts are sorted; 0 where there is none.

    >>> to_timestamp(date(1970, 1, 2), ZoneInfo("Asia/Baghdad")) / 3600
    21.0
    """
    if day is None:
        return 0.0
    return to_datetime(day, timezone).timestamp() if isinstance(day, datetime) else _midnight_timestamp(day, timezone)


@lru_cache(10_000)  # sites have more texts than days, and each text stands on several shelves
def _midnight_timestamp(day: date, timezone: ZoneInfo) -> float:
    return to_datetime(day, timezone).timestamp()


def sort_newest_first(documents: Iterable[Document], timezone: ZoneInfo) -> list[Document]:
    """Sort texts by date, newest first, then by id, so that the order never depends on that of the files."""
    by_id = sorted(documents, key=lambda one: (one.kind, one.id, one.language.tag))
    return sorted(by_id, key=lambda one: to_timestamp(one.date, timezone), reverse=True)
