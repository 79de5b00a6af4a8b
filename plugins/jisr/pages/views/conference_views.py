"""The parts that views of conferences are made of."""

from __future__ import annotations

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Day, LocalizedText
from jisr.pages.views.component_views import Link, ListingRow


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A line of a programme; speakers are links where they have a page."""

    title: LocalizedText
    time: LocalizedText | None = None
    speakers: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """The facts of a conference, with its state on the day of the build.

    ``state``: ``announced`` · ``open`` · ``closing`` · ``closed`` · ``happening`` · ``past``;
    ``registration``: empty · ``ahead`` · ``open`` · ``closed``.
    """

    start: Day
    end: Day | None
    state: str
    name: LocalizedText | None = None
    city: LocalizedText | None = None
    country: LocalizedText | None = None
    participants: int | None = None
    rounded: bool = False  # whether the number is approximate
    registration: str = ""
    registration_url: str = ""
    registration_email: str = ""
    opens: Day | None = None
    closes: Day | None = None
    calendar_url: str = ""
    programme: tuple[ProgrammeLine, ...] = ()
    supporters: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class HubView:
    """The texts around a conference, each in the best version there is."""

    statements: tuple[ListingRow, ...] = ()
    reports: tuple[ListingRow, ...] = ()
    posts: tuple[ListingRow, ...] = ()
    references: tuple[ListingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file to download: its title, type, language, size and SHA-256."""

    title: LocalizedText
    url: str
    type: str
    language: Language
    size: int | float
    unit: str  # kB or MB
    digest: str
    draft: bool = False
