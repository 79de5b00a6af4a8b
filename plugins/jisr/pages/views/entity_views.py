"""The parts of views that tell of resolutions, places, organisations and people."""

from __future__ import annotations

from jisr.core.charts.site_map import Point
from jisr.core.frozen import dataclass
from jisr.core.model.document import Day, LocalizedText
from jisr.pages.views.component_views import Link, ListingRow, ResolutionView


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A text that answers a resolution, and whether it says that it was kept."""

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
    """A resolution that a text answers: of which statement, its number, where it stands, and whether it was kept."""

    statement: ListingRow
    number: str
    url: str
    kept: bool


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
    """How many took part in a conference, and the ``share`` of that in the largest number, as SVG has it."""

    year: int
    conference: ListingRow
    participants: int
    rounded: bool
    share: str
    rest: str  # what is left of the whole, where a bar begins that reads from right to left


@dataclass(frozen=True, slots=True)
class ContactView:
    """How one is reached; what is empty is not shown."""

    email: str = ""
    mailing_list: str = ""
    phone: str = ""
    signal: str = ""
    pgp_url: str = ""


@dataclass(frozen=True, slots=True)
class RoleView:
    """The texts in which an organisation or person appears in one role, as ``supported``."""

    role: str
    rows: tuple[ListingRow, ...]
