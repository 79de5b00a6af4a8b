"""A text of the network: one language version (``Document``), and all its versions (``TranslationSet``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from math import ceil
from typing import Literal

from jisr.core.diagnostics.problems import SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.i18n.numbers import to_ascii_digits
from jisr.core.model.body import Outline
from jisr.core.translation.blocks import TextBlock

Day = date | datetime


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text and its language: an inherited text keeps the language of its original."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture of a text; ``file`` is a name in its bundle."""

    file: str
    alt: LocalizedText
    caption: LocalizedText | None = None
    credit: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file offered as a document of a text: a programme, a report."""

    file: str
    title: LocalizedText
    language: str = ""  # the tag of its language; that of the title where none is stated
    version: str = "final"

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", self.language or self.title.language.tag)


@dataclass(frozen=True, slots=True)
class Translation:
    """The source of a translation (a language tag), its translators, and the hashes of the blocks that were translated."""

    of: str
    by: tuple[str, ...] = ()
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Venue:
    """The place of an event."""

    name: LocalizedText | None = None
    city: LocalizedText | None = None
    country: LocalizedText | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Registration for an event, by a form or by e-mail; ``closes`` includes its day."""

    url: str = ""
    opens: Day | None = None
    closes: Day | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """An item of a programme."""

    title: LocalizedText
    time: LocalizedText | None = None
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a conference; its days are in ``timezone``, ``end`` includes its day."""

    start: Day
    end: Day | None = None
    timezone: str = ""
    place: Venue = Venue()
    participants: int | None = None
    participants_about: int | None = None  # a rounded number, where there was no count
    registration: Registration = Registration()
    programme: str | tuple[ProgrammeItem, ...] = ()  # the name of a file, or its items
    supporters: tuple[LocalizedText, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person or organisation that signed a statement."""

    name: str
    organisation: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class ResolutionAnswer:
    """The statement of a later text about a resolution; ``resolution`` is ``<statement>#<anchor>``."""

    resolution: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Promise:
    """A resolution of this statement that is followed up, and its due date; ``due`` includes its day."""

    resolution: str  # its number, as typed
    due: Day | None = None

    @property
    def anchor(self) -> str:
        """The anchor of the resolution."""
        return number_to_anchor(self.resolution)


def number_to_anchor(number: str) -> str:
    """Return the anchor of a resolution by its number; ``2-1`` is the first item of the second list.

    >>> number_to_anchor("٦"), number_to_anchor("2-1"), number_to_anchor("r5")
    ('r6', 'r2-1', 'r5')
    """
    return f"r{to_ascii_digits(number).removeprefix('r')}"


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact details; ``pgp`` is the name of a file of the bundle, ``fingerprint`` that of its key, without spaces."""

    email: str = ""
    mailing_list: str = ""
    phone: str = ""
    signal: str = ""
    pgp: str = ""
    fingerprint: str = ""
    place: Venue = Venue()


@dataclass(frozen=True, slots=True)
class ReplyRules:
    """Whether readers may reply to a text, where it says so, and until when; ``until`` includes its day."""

    open: bool | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class HiddenPost:
    """A post that a member's file excludes, by its address or guid, and the reason."""

    post: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The fields of a member's file about the member and its feed."""

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
    """The origin of a fetched post."""

    member: str = ""
    original: str = ""
    guid: str = ""
    fetched: Day | None = None
    licence: str = ""
    sources: tuple[str, ...] = ()  # other members whose feeds have the same post


@dataclass(frozen=True, slots=True)
class Document:
    """One language version of a text, complete: its own fields and those it inherits."""

    kind: str
    id: str  # the folder below the kind; of a post "<member>/<id>"
    language: Language
    path: str  # relative to the content folder, as in messages
    title: str
    outline: Outline  # of its body, which is in Site.bodies
    date: Day | None = None
    modified: Day | None = None
    expires: Day | None = None  # after this day it stays published, but is not listed
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
    resolution_names: tuple[LocalizedText, ...] = ()  # what an item of each numbered list of a statement is called
    signatories: tuple[Signatory, ...] = ()
    answers: tuple[ResolutionAnswer, ...] = ()
    promises: tuple[Promise, ...] = ()
    pinned: bool = False  # stands first at home and in its listing
    workgroups: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # other names of an organisation or person
    organisations: tuple[str, ...] = ()  # ids of the organisations of a person
    contact: Contact = Contact()
    menu: int | None = None
    replies: ReplyRules = ReplyRules()
    profile: Profile = Profile()
    provenance: Provenance = Provenance()
    locations: Mapping[str, SourceLocation] = None  # type: ignore[assignment]  # the place of each field, for messages
    files: Mapping[str, SourceLocation] = None  # type: ignore[assignment]  # files of the bundle that its fields name
    blocks: tuple[TextBlock, ...] = ()  # of a version that a pinned translation was made from
    gaps: int = 0  # parts of that version, and cells of its tables, that the pinned translation lacks

    @property
    def key(self) -> tuple[str, str]:
        """Kind and id, which its translations share."""
        return (self.kind, self.id)

    @property
    def listed(self) -> bool:
        """Whether it is in listings, feeds and the sitemap."""
        return self.status == "published"

    def location_of(self, name: str) -> SourceLocation:
        """Return the place of a field, or the beginning of the file where it is inherited or absent."""
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
        """The version that the others were translated from, or the first one where it is not published."""
        return self.get(self.origin) or self.versions[0]

    def get(self, tag: str) -> Document | None:
        """Return the version in a language, or None."""
        for version in self.versions:  # a generator takes twice as long, and pages ask a million times
            if version.language.tag == tag:
                return version
        return None

    def best_for(self, language: Language) -> Document:
        """Return the version for a reader of a language: in it, in the first of its fallbacks there is, or the original."""
        own = self.get(language.tag)
        if own is not None or not language.fallbacks:
            return own or self.original
        versions = (self.get(tag) for tag in language.fallbacks)
        return next((version for version in versions if version is not None and version.listed), self.original)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the languages it exists in."""
        return tuple(version.language.tag for version in self.versions)

    @property
    def listed(self) -> tuple[Document, ...]:
        """The versions that are listed."""
        return tuple([version for version in self.versions if version.listed])


def select_attachments(attachments: Iterable[Attachment], tag: str) -> tuple[Attachment, ...]:
    """Return the attachments for readers of a language: those in it first, and no draft that has a final version.

    A draft and its final version have the same title and language. The address of the draft stays valid.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb = build_languages(["ar", "ckb"])
    >>> programme, bername = LocalizedText("البرنامج", ar), LocalizedText("بەرنامە", ckb)
    >>> draft = Attachment("draft.pdf", programme, "ar", "draft")
    >>> files = (draft, Attachment("ar.pdf", programme, "ar"), Attachment("ckb.pdf", bername, "ckb", "draft"))
    >>> [one.file for one in select_attachments(files, "ckb")]
    ['ckb.pdf', 'ar.pdf']
    """
    candidates = tuple(attachments)
    final = {(one.title.text, one.language) for one in candidates if one.version == "final"}
    current = (one for one in candidates if one.version == "final" or (one.title.text, one.language) not in final)
    return tuple(sorted(current, key=lambda one: one.language != tag))


def type_name(file: str) -> str:
    """Return the name of the type of a file, the same in every language, or an empty string where it has no suffix.

    >>> type_name("بەرنامە.pdf"), type_name("README")
    ('PDF', '')
    """
    return file.rpartition(".")[2].upper() if "." in file else ""


def round_size(size: int) -> tuple[int | float, Literal["kB", "MB"]]:
    """Return a size in bytes as shown before a download, in units of 1,000 (SI), rounded up.

    >>> round_size(1), round_size(119_600), round_size(2_340_000)
    ((1, 'kB'), (120, 'kB'), (2.4, 'MB'))
    """
    kilobytes = max(1, ceil(size / 1000))
    return (kilobytes, "kB") if kilobytes < 1000 else (ceil(size / 100_000) / 10, "MB")
