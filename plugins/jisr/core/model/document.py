"""A text of the network: one language version of it, and all its versions together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.body import Body
from jisr.core.model.resolutions import number_to_anchor
from jisr.core.translation.blocks import TextBlock

Day = date | datetime


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """Words and the language they are in: an inherited text keeps the language of its original."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture of a text; ``file`` is a name in its bundle."""

    file: str
    alt: LocalizedText
    credit: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that lies beside a text: a programme, a report as a file."""

    file: str
    title: LocalizedText
    language: str  # the tag of what is written in it
    version: str = "final"


def create_attachment(file: str, title: LocalizedText, language: str = "", version: str = "final") -> Attachment:
    """Return an attachment; it is in the language of the file that names it, where that says no other."""
    return Attachment(file, title, language or title.language.tag, version)


@dataclass(frozen=True, slots=True)
class Translation:
    """What a version was translated from (a language tag), by whom, and the state of the original then."""

    of: str
    by: tuple[str, ...] = ()
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Venue:
    """Where an event takes place."""

    name: LocalizedText | None = None
    city: LocalizedText | None = None
    country: LocalizedText | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """How and until when one registers, by a form or by e-mail; ``closes`` includes its day."""

    url: str = ""
    opens: Day | None = None
    closes: Day | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """A line of a programme."""

    title: LocalizedText
    time: LocalizedText | None = None
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What a conference is as an event; days are meant in ``timezone``, ``end`` includes its day."""

    start: Day
    end: Day | None = None
    timezone: str = ""
    place: Venue = Venue()
    participants: int | None = None
    participants_about: int | None = None  # a rounded number, where nobody counted
    registration: Registration = Registration()
    programme: str | tuple[ProgrammeItem, ...] = ()  # the name of a file, or the lines
    supporters: tuple[LocalizedText, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed a statement."""

    name: str
    organisation: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class ResolutionAnswer:
    """What a later text says of a resolution: ``resolution`` is ``<statement>#<anchor>``."""

    resolution: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Promise:
    """A resolution of this statement that is to be kept, and until when; ``due`` includes its day."""

    anchor: str
    due: Day | None = None


def create_promise(resolution: str, due: Day | None = None) -> Promise:
    """Return a promise from the number of its resolution."""
    return Promise(number_to_anchor(resolution), due)


@dataclass(frozen=True, slots=True)
class Contact:
    """How one is reached; ``pgp`` is the name of a file of the bundle."""

    email: str = ""
    mailing_list: str = ""
    phone: str = ""
    signal: str = ""
    pgp: str = ""


@dataclass(frozen=True, slots=True)
class HiddenPost:
    """A post that a member's file keeps away, by its address or guid, and why."""

    post: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member's file says of the member."""

    feed: str = ""
    site: str = ""
    languages: tuple[str, ...] = ()
    city: LocalizedText | None = None
    republish: str = "excerpt"
    licence: str = ""
    consent: Day | None = None
    limit: int | None = None
    pin: tuple[str, ...] = ()
    hide: tuple[HiddenPost, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fetched post came from."""

    member: str = ""
    original: str = ""
    guid: str = ""
    fetched: Day | None = None
    licence: str = ""
    sources: tuple[str, ...] = ()  # other members whose feeds hold the same post


@dataclass(frozen=True, slots=True)
class Document:
    """One language version of a text, complete: its own fields and those it inherits."""

    kind: str
    id: str  # the folder below the kind; of a post "<member>/<id>"
    language: Language
    path: str  # as the editor knows it
    title: str
    body: Body
    date: Day | None = None
    modified: Day | None = None
    expires: Day | None = None  # from the end of this day on it is still there, and listed no more
    summary: str = ""
    status: str = "published"
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    cover: Cover | None = None
    translation: Translation | None = None
    aliases: tuple[str, ...] = ()
    event: Event | None = None
    attachments: tuple[Attachment, ...] = ()
    photos: tuple[Cover, ...] = ()
    place: LocalizedText | None = None  # where a statement or piece of news was issued
    signatories: tuple[Signatory, ...] = ()
    answers: tuple[ResolutionAnswer, ...] = ()
    promises: tuple[Promise, ...] = ()
    workgroups: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # other names of an organisation or person
    organisations: tuple[str, ...] = ()  # ids of those a person belongs to
    contact: Contact = Contact()
    menu: int | None = None
    profile: Profile = Profile()
    provenance: Provenance = Provenance()
    locations: Mapping[str, SourceLocation] = None  # type: ignore[assignment]  # where each field stands, for messages
    files: Mapping[str, SourceLocation] = None  # type: ignore[assignment]  # files of the bundle it names in its fields
    blocks: tuple[TextBlock, ...] = ()  # of a version that a pinned translation was made from

    @property
    def key(self) -> tuple[str, str]:
        """What its translations share: kind and id."""
        return (self.kind, self.id)

    @property
    def listed(self) -> bool:
        """Whether it stands in listings, feeds and the sitemap."""
        return self.status == "published"

    def location_of(self, name: str) -> SourceLocation:
        """Where a field stands, or the beginning of the file where it is inherited or absent."""
        return self.locations.get(name, SourceLocation(self.path))


@dataclass(frozen=True, slots=True)
class TranslationSet:
    """All versions of one text that are built, in the order of the site's languages."""

    kind: str
    id: str
    versions: tuple[Document, ...]
    origin: str  # the language tag of the original, which may itself be a draft and not among the versions

    @property
    def key(self) -> tuple[str, str]:
        """Its kind and id."""
        return (self.kind, self.id)

    @property
    def original(self) -> Document:
        """The version the others were made from; the first one where it is not published."""
        return self.get(self.origin) or self.versions[0]

    def get(self, tag: str) -> Document | None:
        """Return the version in a language, or None."""
        return next((version for version in self.versions if version.language.tag == tag), None)

    def best_for(self, language: Language) -> Document:
        """Return the version a reader of ``language`` can use: theirs, else the original."""
        return self.get(language.tag) or self.original

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages it exists in."""
        return tuple(version.language.tag for version in self.versions)

    @property
    def listed(self) -> tuple[Document, ...]:
        """The versions that stand in listings."""
        return tuple(version for version in self.versions if version.listed)
