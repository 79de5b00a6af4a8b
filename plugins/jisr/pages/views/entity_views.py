"""The parts of views for resolutions, places, organisations and people."""

from __future__ import annotations

from markupsafe import Markup

from jisr.core.charts.site_map import Point
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Day, LocalizedText
from jisr.pages.views.component_views import ChannelLink, Link, ListingRow, ResolutionView, TranslationLag


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A text that answers a resolution, and whether it states that it was kept."""

    text: ListingRow
    kept: bool


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A resolution that is followed up. ``state``: ``kept`` · ``open`` · ``overdue``; ``url`` is its place among all."""

    resolution: ResolutionView
    id: str
    url: str
    state: str
    due: Day | None = None
    replies: tuple[ReplyView, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A resolution that a text answers: its statement, its number, its address, and whether it was kept."""

    statement: ListingRow
    number: str
    heading: LocalizedText  # of its list, where the statement has lists below several
    name: LocalizedText | None  # what it is called, "joint action", where the statement says so
    url: str
    kept: bool


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """A reply of a reader to a text: who wrote it when, in which language, and the reply that it answers.

    ``depth``: how far it stands below the edge of the thread, 3 at most: what answers more stands below the same edge.
    """

    anchor: str
    author: LocalizedText
    day: Day
    language: Language
    body: Markup
    site: str = ""
    depth: int = 0
    answered: LocalizedText | None = None  # the author of what it answers
    answered_url: str = ""


@dataclass(frozen=True, slots=True)
class ReplyFormView:
    """A form under a text: the path that it is sent to, and the name of the text and its language."""

    action: str
    text: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """The replies to a text, those to each of its versions in one thread."""

    entries: tuple[ThreadEntry, ...] = ()
    closed: bool = False  # whether no reader may reply
    imported: bool = False  # whether they came from an old site
    feed_url: str = ""  # of the replies in the language of the page
    offers: tuple[ChannelLink, ...] = ()  # ways to write one
    form: ReplyFormView | None = None


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with its resolutions."""

    id: str
    statement: ListingRow
    resolutions: tuple[ResolutionView, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and the statements on it."""

    topic: Link
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A city and the conferences that took place in it."""

    city: LocalizedText
    country: LocalizedText | None
    rows: tuple[ListingRow, ...]
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """The number of participants of a conference, and its ``share`` of the largest number, in percent for SVG."""

    year: int
    conference: ListingRow
    participants: int
    rounded: bool
    share: str
    rest: str  # the rest of the whole: the start of a bar that is read from right to left


@dataclass(frozen=True, slots=True)
class ContactView:
    """Means of contact; empty ones are not shown. ``fingerprint`` is in groups, ``place`` in its words from small to large."""

    email: str = ""
    mailing_list: str = ""
    phone: str = ""
    phone_url: str = ""
    signal: str = ""
    signal_url: str = ""
    pgp_url: str = ""
    fingerprint: str = ""
    place: tuple[LocalizedText, ...] = ()
    card_url: str = ""


@dataclass(frozen=True, slots=True)
class RoleView:
    """The texts in which an organisation or person appears in one role, as ``supported``."""

    role: str
    rows: tuple[ListingRow, ...]


@dataclass(frozen=True, slots=True)
class BoardCell:
    """A version of a text on the translation board, with its status as in ``core/translation/translation_status.py``.

    ``url``: empty where readers cannot see it. ``count`` of ``total`` blocks changed since, ``words`` are left to translate,
    ``by`` are those who work on a draft of it.
    """

    language: Language
    state: str
    url: str = ""
    draft: bool = False
    count: int = 0
    total: int = 0
    words: int = 0
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A text on the translation board: its title in the language it was written in, and its versions."""

    kind: str
    id: str
    title: LocalizedText
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The open work of a language: texts to translate, translations to update, those not compared, words to translate.

    ``claimed`` are translations that somebody is at work on.
    """

    language: Language
    url: str  # its home
    missing: int
    stale: int
    unpinned: int
    words: int
    claimed: int


@dataclass(frozen=True, slots=True)
class BoardReplies:
    """The replies of readers in a language, by what becomes of them, and the texts in it that take none any more."""

    language: Language
    shown: int = 0
    imported: int = 0  # from an old site
    waiting: int = 0  # drafts
    held: int = 0  # for something suspicious
    closed: int = 0


@dataclass(frozen=True, slots=True)
class BoardThread:
    """A text with replies that wait for a person, by the language of these."""

    kind: str
    id: str
    title: LocalizedText
    url: str
    cells: tuple[BoardReplies, ...]


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that waits for a translator, or a translation that lags behind.

    ``mail`` begins a letter about it, ``po_url`` is its file for programs of translators; ``by`` are those at work on it.
    """

    row: ListingRow
    anchor: str
    words: int = 0
    by: tuple[LocalizedText, ...] = ()
    mail: str = ""
    po_url: str = ""
    lag: TranslationLag | None = None
