"""The views of pages: small, frozen, explicit values. A template gets one of these as ``page`` and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from markupsafe import Markup

from jisr.core.charts.svg import CityMap, TimelineDrawing
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Day, LocalizedText
from jisr.pages.views.component_views import (
    AlignedPair,
    BlogRow,
    BridgeItem,
    CoverView,
    Face,
    FeedGroup,
    FeedLink,
    LanguageEntry,
    LanguageLink,
    Link,
    ListingRow,
    OfferView,
    PageHead,
    PageLayout,
    ResolutionView,
    ShareView,
    SideBySideText,
    SignatoryView,
    Station,
    TranslationCredit,
    TranslationLag,
    YearGroup,
)
from jisr.pages.views.conference_views import AttachmentView, EventView, HubView
from jisr.pages.views.entity_views import (
    AnswerView,
    Attendance,
    BoardColumn,
    BoardReplies,
    BoardRow,
    BoardThread,
    CommitmentView,
    ContactView,
    PlaceView,
    RoleView,
    StatementView,
    ThreadView,
    TopicView,
    WaitingText,
)


@dataclass(frozen=True, slots=True)
class PageView:
    """The base of all pages: language, head and layout."""

    language: Language
    head: PageHead
    chrome: PageLayout


@dataclass(frozen=True, slots=True)
class TextView(PageView):
    """A text of any kind: ``text.html``. The view of a kind that shows more is a subclass."""

    kind: str = ""
    title: str = ""
    body: Markup = field(default_factory=Markup)
    summary: str = ""
    day: Day | None = None
    modified: Day | None = None
    expires: Day | None = None
    is_over: bool = False  # whether that day has passed
    short: str = ""  # its short address, whole, to copy
    pdf: str = ""  # its PDF, where one lies beside it
    facts: tuple[LocalizedText, ...] = ()  # words of fields that are declared for the byline
    authors: tuple[Link, ...] = ()
    issuers: tuple[Link, ...] = ()  # authors that are organisations or members
    topics: tuple[Link, ...] = ()
    cover: CoverView | None = None
    bridge: tuple[BridgeItem, ...] = ()
    beside: tuple[LanguageLink, ...] = ()  # this text side by side with its other versions, where there are such pages
    credits: tuple[TranslationCredit, ...] = ()
    original_url: str = ""  # of a translation: the address of its original
    original_language: Language | None = None
    lag: TranslationLag | None = None  # of a translation whose original changed since
    thread: ThreadView = field(default_factory=ThreadView)
    share: ShareView | None = None  # none of a hidden text


@dataclass(frozen=True, slots=True)
class NewsTextView(TextView):
    """News, and the base of statements and conferences: a text with files, photos, and resolutions that it answers."""

    attachments: tuple[AttachmentView, ...] = ()
    photos: tuple[CoverView, ...] = ()
    answers: tuple[AnswerView, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementTextView(NewsTextView):
    """A statement."""

    resolutions: tuple[ResolutionView, ...] = ()
    commitments: tuple[CommitmentView, ...] = ()
    signatories: tuple[SignatoryView, ...] = ()


@dataclass(frozen=True, slots=True)
class ConferenceTextView(NewsTextView):
    """A conference."""

    event: EventView | None = None
    programme: AttachmentView | None = None  # where it is a file
    hub: HubView = field(default_factory=HubView)
    stations: tuple[Station, ...] = ()  # all conferences, from the first to the last
    here: str = ""  # the link to this page


@dataclass(frozen=True, slots=True)
class PostTextView(TextView):
    """A post of a member's blog."""

    member: Link | None = None
    face: Face | None = None
    source_url: str = ""  # where it was first published


@dataclass(frozen=True, slots=True)
class PageTextView(TextView):
    """A page about the network."""

    contact: ContactView | None = None


@dataclass(frozen=True, slots=True)
class SideBySideView(PageView):
    """Two versions of a text side by side: ``facing.html``. ``first`` and ``second`` are in the order of the columns."""

    kind: str = ""
    title: str = ""
    first: SideBySideText | None = None
    second: SideBySideText | None = None
    pairs: tuple[AlignedPair, ...] = ()
    beside: tuple[LanguageLink, ...] = ()  # the same version side by side with others
    lag: TranslationLag | None = None  # where one was made from the other


@dataclass(frozen=True, slots=True)
class BoardView(PageView):
    """The translation board, for editors of all languages: ``status.html``."""

    columns: tuple[BoardColumn, ...] = ()
    rows: tuple[BoardRow, ...] = ()
    unseen: int = 0  # texts that readers see in no language yet: counted, not named
    replies: tuple[BoardReplies, ...] = ()  # by language
    threads: tuple[BoardThread, ...] = ()  # with replies that wait for a person


@dataclass(frozen=True, slots=True)
class ListingView(PageView):
    """A listing of a kind: ``listing.html``."""

    kind: str = ""
    count: int = 0  # of all texts, on the first page only: older pages stay as they are when a text is added
    groups: tuple[YearGroup, ...] = ()
    elsewhere: tuple[ListingRow, ...] = ()  # texts that don't exist in this language yet; first page only
    blogs_url: str = ""  # of the listing of members: the page with the state of their feeds
    previous_url: str = ""
    next_url: str = ""
    calendar_url: str = ""  # of conferences: their calendar


@dataclass(frozen=True, slots=True)
class ProfileView(PageView):
    """A topic or author with the texts, and the base of all other profiles: ``profile.html``."""

    kind: str = ""
    name: LocalizedText | None = None
    body: Markup = field(default_factory=Markup)
    groups: tuple[YearGroup, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()  # years and their links, where its texts have a page a year
    elsewhere: tuple[ListingRow, ...] = ()
    bridge: tuple[BridgeItem, ...] = ()
    credits: tuple[TranslationCredit, ...] = ()
    cover: CoverView | None = None
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberProfileView(ProfileView):
    """A member."""

    own_name: LocalizedText | None = None  # in the member's language, where it differs from the name
    face: Face | None = None
    site: str = ""
    city: LocalizedText | None = None
    writes_in: tuple[LocalizedText, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkgroupProfileView(ProfileView):
    """A workgroup, and the base of organisations and people, all of which can be contacted."""

    contact: ContactView | None = None


@dataclass(frozen=True, slots=True)
class EntityProfileView(WorkgroupProfileView):
    """An organisation or person."""

    site: str = ""
    city: LocalizedText | None = None
    roles: tuple[RoleView, ...] = ()  # in place of groups
    organisations: tuple[Link, ...] = ()  # that a person belongs to


@dataclass(frozen=True, slots=True)
class HomePart:
    """Blocks of a home that stand together: ``front``, the lead and what is beside it, ``thirds``, or ``stations`` alone."""

    shape: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeView(PageView):
    """The home of a language: ``home.html``. A part without content is empty and is not shown."""

    parts: tuple[HomePart, ...] = ()  # that have content, in their order
    statement: ListingRow | None = None
    is_latest: bool = False  # whether no statement in any language is newer
    resolutions: tuple[ResolutionView, ...] = ()
    resolution_count: int = 0
    bridge: tuple[BridgeItem, ...] = ()
    conference: ListingRow | None = None
    event: EventView | None = None
    posts: tuple[ListingRow, ...] = ()
    stations: tuple[Station, ...] = ()
    news: tuple[ListingRow, ...] = ()
    members: tuple[ListingRow, ...] = ()
    waiting: tuple[tuple[LanguageLink, int], ...] = ()  # texts that wait for a translator into each language
    texts: Mapping[str, ListingRow] = field(default_factory=dict)  # those that the settings put here, as "pages/about"


@dataclass(frozen=True, slots=True)
class GatheringView(PageView):
    """A page of a list that gathers texts of all years or letters, each of which has a page where they are many."""

    pages: tuple[tuple[str, str], ...] = ()  # years or letters with links to their pages; no link to this one


@dataclass(frozen=True, slots=True)
class TranslateView(GatheringView):
    """The texts that a language lacks, for those who translate: ``translate.html``."""

    texts: tuple[WaitingText, ...] = ()
    posts: tuple[WaitingText, ...] = ()
    shortest: tuple[WaitingText, ...] = ()  # some to begin with, where there are many
    stale: tuple[WaitingText, ...] = ()
    contact: ContactView | None = None
    editor_url: str = ""  # empty where texts cannot be written in a browser
    has_po_files: bool = False  # whether each text that waits has one


@dataclass(frozen=True, slots=True)
class ResolutionsView(GatheringView):
    """The resolutions of statements, by year and by topic: ``resolutions.html``."""

    years: tuple[tuple[int | None, tuple[StatementView, ...]], ...] = ()
    topics: tuple[TopicView, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentsView(PageView):
    """The commitments of all statements, with their state: ``commitments.html``."""

    statements: tuple[tuple[ListingRow, tuple[CommitmentView, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacesView(PageView):
    """Conferences by city: ``places.html``."""

    places: tuple[PlaceView, ...] = ()
    maps: tuple[CityMap, ...] = ()  # one for each group of cities that lie together


@dataclass(frozen=True, slots=True)
class IndexView(GatheringView):
    """The search, and below it the texts of a language in alphabetical order: ``search.html``.

    Only the first page searches, and only where ``script`` is its address. ``kinds``, ``years`` and ``topics`` are what results
    can be filtered by.
    """

    letters: tuple[tuple[str, tuple[ListingRow, ...]], ...] = ()
    timeline_url: str = ""
    script: str = ""
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    topics: tuple[tuple[str, LocalizedText], ...] = ()  # ids and names


@dataclass(frozen=True, slots=True)
class TimelineView(GatheringView):
    """Dated texts by year, and all of them as a picture: ``timeline.html``."""

    groups: tuple[YearGroup, ...] = ()
    picture: TimelineDrawing | None = None
    attendance: tuple[Attendance, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscribeView(PageView):
    """The feeds of a language, and of the others: ``subscribe.html``."""

    groups: tuple[FeedGroup, ...] = ()
    feeds_opml: str = ""  # the same list as a file
    data: str = ""  # every text as data; empty where that is not written
    data_schema: str = ""
    members_opml: str = ""  # the blogs of members as a file; empty where none has a feed
    members_foaf: str = ""  # likewise, as linked data


@dataclass(frozen=True, slots=True)
class BlogsView(PageView):
    """The state of the members' feeds after the last run of ``inv fetch``: ``blogs.html``."""

    day: Day
    blogs: tuple[BlogRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OfflineView(PageView):
    """The page on reading without a network: ``offline.html``."""

    offers: tuple[OfferView, ...] = ()  # what readers take away
    newest: tuple[Link, ...] = ()  # of the texts of this language, each with its address from the root
    home: str = ""  # the address of the home from the root
    script: str = ""  # the file that keeps pages in a browser
    worker: str = ""  # the link to the program that shows them without a network


@dataclass(frozen=True, slots=True)
class VerifyView(PageView):
    """The means to verify a copy of the site: ``verify.html``. Addresses are whole, to be copied."""

    site: str = ""
    key: str = ""  # empty: the site is not signed
    fingerprint: tuple[str, ...] = ()
    sums: str = ""
    signature: str = ""
    mirrors: tuple[str, ...] = ()
    onion: str = ""
    listed: str = ""  # the list of all these addresses for programs; empty where there is none


@dataclass(frozen=True, slots=True)
class NotFoundView(PageView):
    """The page for an address that leads nowhere: ``404.html``. Links begin at the root, since it is served at any depth."""


@dataclass(frozen=True, slots=True)
class ChooserView(PageView):
    """The front door, ``/``, and the 404 page of no language: ``chooser.html``."""

    entrances: tuple[LanguageEntry, ...] = ()
    not_found: bool = False


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A redirect: ``redirect.html``. ``canonical`` is the target of a short address, and empty for an old address.

    ``is_door``: it is the front door of a site of one language.
    """

    language: Language
    title: LocalizedText
    target: str
    icon: str
    stylesheet: str
    canonical: str = ""
    is_door: bool = False


@dataclass(frozen=True, slots=True)
class MovedView:
    """The page at the path of several old addresses: ``moved.html``. Each with where it leads now."""

    language: Language
    rows: tuple[tuple[str, Link], ...]
    icon: str
    stylesheet: str
