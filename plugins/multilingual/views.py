"""What each page shows: a small, frozen, explicit value. A template gets one of these as ``page`` and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from plugins.core.documents import Day, Words
from plugins.core.languages import Language
from plugins.multilingual.parts import (
    AttachmentView,
    BridgeItem,
    Chrome,
    CoverView,
    Credit,
    Entrance,
    EventView,
    Face,
    FeedGroup,
    FeedLink,
    Head,
    HubView,
    Lag,
    LanguageLink,
    Link,
    ResolutionView,
    Row,
    SignatoryView,
    Station,
    YearGroup,
)


@dataclass(frozen=True, slots=True)
class PageView:
    """What every page has: its language, head and surroundings."""

    language: Language
    head: Head
    chrome: Chrome


@dataclass(frozen=True, slots=True)
class TextView(PageView):
    """A statement, conference, news, post or page: ``text.html``."""

    kind: str = ""
    title: str = ""
    body: Markup = field(default_factory=Markup)
    summary: str = ""
    day: Day | None = None
    modified: Day | None = None
    authors: tuple[Link, ...] = ()
    topics: tuple[Link, ...] = ()
    bridge: tuple[BridgeItem, ...] = ()
    credits: tuple[Credit, ...] = ()
    original_url: str = ""  # of a translation: where its original stands
    original_language: Language | None = None
    lag: Lag | None = None  # of a translation whose original changed since
    cover: CoverView | None = None
    event: EventView | None = None
    programme: AttachmentView | None = None  # of a conference, where it is a file
    attachments: tuple[AttachmentView, ...] = ()
    photos: tuple[CoverView, ...] = ()
    hub: HubView | None = None  # of a conference
    signatories: tuple[SignatoryView, ...] = ()
    member: Link | None = None  # of a post
    face: Face | None = None
    source_url: str = ""  # of a post: where it was first published
    has_resolutions: bool = False


@dataclass(frozen=True, slots=True)
class ListingView(PageView):
    """A listing of a kind: ``listing.html``."""

    kind: str = ""
    count: int = 0
    groups: tuple[YearGroup, ...] = ()
    elsewhere: tuple[Row, ...] = ()  # texts that don't exist in this language yet; first page only
    number: int = 1
    pages: int = 1
    previous_url: str = ""
    next_url: str = ""
    calendar_url: str = ""  # of conferences: their calendar


@dataclass(frozen=True, slots=True)
class ProfileView(PageView):
    """A member, a topic or an author with what they wrote: ``profile.html``."""

    kind: str = ""  # members, topics, authors
    name: Words | None = None
    own_name: Words | None = None  # a member's name in its own language, where it is another
    body: Markup = field(default_factory=Markup)
    face: Face | None = None
    site: str = ""
    feed: str = ""
    writes_in: tuple[Words, ...] = ()
    city: Words | None = None
    groups: tuple[YearGroup, ...] = ()
    elsewhere: tuple[Row, ...] = ()
    bridge: tuple[BridgeItem, ...] = ()
    credits: tuple[Credit, ...] = ()
    cover: CoverView | None = None
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView(PageView):
    """The home of a language: ``home.html``. A part without content is empty and is not shown."""

    statement: Row | None = None
    resolutions: tuple[ResolutionView, ...] = ()
    resolution_count: int = 0
    bridge: tuple[BridgeItem, ...] = ()
    conference: Row | None = None
    event: EventView | None = None
    posts: tuple[Row, ...] = ()
    stations: tuple[Station, ...] = ()
    news: tuple[Row, ...] = ()
    members: tuple[Row, ...] = ()
    waiting: tuple[tuple[LanguageLink, int], ...] = ()  # texts that wait for a translator into each language


@dataclass(frozen=True, slots=True)
class ResolutionsView(PageView):
    """All resolutions of all statements in a language: ``resolutions.html``."""

    statements: tuple[tuple[Row, tuple[ResolutionView, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexView(PageView):
    """Every text of a language in the order of its alphabet, to find one by eye: ``search.html``."""

    letters: tuple[tuple[str, tuple[Row, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineView(PageView):
    """Everything dated, by year: ``timeline.html``."""

    groups: tuple[YearGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscribeView(PageView):
    """The feeds of a language, and of the others: ``subscribe.html``."""

    groups: tuple[FeedGroup, ...] = ()
    feeds_opml: str = ""  # the same list as a file
    members_opml: str = ""  # the blogs of members as a file; empty where none has a feed


@dataclass(frozen=True, slots=True)
class NotFoundView(PageView):
    """The page for an address that leads nowhere: ``404.html``. Links are absolute, since it is served at any depth."""


@dataclass(frozen=True, slots=True)
class ChooserView(PageView):
    """The front door, ``/``, and the 404 page of no language: ``chooser.html``."""

    entrances: tuple[Entrance, ...] = ()
    not_found: bool = False


@dataclass(frozen=True, slots=True)
class RedirectView(PageView):
    """A page that leads on from an old address: ``redirect.html``."""

    title: Words
    target: str
