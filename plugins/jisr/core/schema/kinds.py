"""The kinds of text and the fields each of them has: the content model, declared once.

Validation, inheritance, the values of a document, open data and its schema, JSON-LD, feeds and the documentation of fields
follow from these declarations (``content/README.md`` says them in words). Labels and help of fields in each language are in
``jisr/content/catalogs/words``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from jisr.core.frozen import dataclass
from jisr.core.model import document as model


@dataclass(frozen=True, slots=True)
class Text:
    """Words for a reader, in the language of the file that states them."""

    multiline: bool = False  # may hold line breaks
    plain: bool = False  # the value is a string, since its language is that of its version or of no interest


@dataclass(frozen=True, slots=True)
class RawString:
    """A string that is not read as language: an id of another system, a time zone."""


@dataclass(frozen=True, slots=True)
class EntityName:
    """The name of a person or organisation, which may also be a number or a word YAML takes for something else."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day, with or without a time."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds."""

    minimum: float
    maximum: float
    integer: bool = False


@dataclass(frozen=True, slots=True)
class WebUrl:
    """An absolute http or https address."""


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An e-mail address."""


@dataclass(frozen=True, slots=True)
class BooleanValue:
    """True or false."""


@dataclass(frozen=True, slots=True)
class ResolutionRef:
    """A resolution of another text, as ``2012-first-bloggers-conference#r6``."""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """The name of a file that lies beside the text."""


@dataclass(frozen=True, slots=True)
class TextId:
    """The id of a text of a kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """The tag of one of the site's languages; any well-formed tag where ``foreign`` is set."""

    any_language: bool = False


@dataclass(frozen=True, slots=True)
class LegacyPath:
    """A path from the site's root at which a text stood before."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; its items are all of one type."""

    item: FieldType


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A mapping with fields of its own; ``model`` makes its value from theirs."""

    fields: tuple[Field, ...]
    model: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Either:
    """One of two shapes: the second where a mapping (or list) stands, the first elsewhere."""

    scalar: FieldType
    structured: FieldType


FieldType = (
    Text | RawString | EntityName | Enumeration | DateValue | Number | WebUrl | EmailAddress | BooleanValue
    | ResolutionRef | BundleFile | TextId | LanguageTag | LegacyPath
    | ListOf | FieldGroup | Either
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a field is shown; an output that is not named does not show it, for the reason in ``why``.

    ``page``: the component of the theme, ``facts`` for a line that needs no component of its own. ``json_ld``: the property of
    schema.org, after a colon the type that wraps a name. ``data``: the key in ``/data/<lang>.json``, of a text or, within
    ``event``, of an event. ``record``: the key in its lists of members, organisations and people. ``feed``: the element of an
    Atom entry, with its prefix if it has one.
    """

    page: str = ""
    json_ld: str = ""
    data: str = ""
    record: str = ""
    feed: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the front matter: its name, its type, whether an original must have it, whether translations inherit it.

    ``part`` names the part of a document that holds its value (``profile``, ``provenance``); without it, the document does.
    """

    name: str
    type: FieldType
    outputs: Outputs
    required: bool = False
    inherited: bool = True
    part: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text: the folder below ``content/``, how its texts are found, and its fields."""

    name: str
    fields: tuple[Field, ...]
    schema_type: str  # of schema.org: what a text of this kind is
    dated: bool = False
    listed: bool = True  # has a page /<lang>/<kind>/
    in_feeds: bool = False  # its texts are entries of feeds
    is_entity: bool = False  # what its texts describe has a name, and a page that gathers the texts of others
    singular: str = ""
    _by_name: Mapping[str, Field] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {one.name: one for one in self.fields})

    def get(self, name: str) -> Field | None:
        """Return the field of that name, or None."""
        return self._by_name.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its fields."""
        return tuple(self._by_name)


STATUSES = ("published", "draft", "hidden")

_PART = Outputs(why="shown with the field that holds it")
_FETCH = Outputs(why="says how a member's blog is fetched, which concerns editors alone")
_EVENT_ONLY = "feeds have texts, not events; the calendar has it"

COVER = FieldGroup(
    (
        Field("file", BundleFile(), _PART, required=True),
        Field("alt", Text(), _PART, required=True),
        Field("credit", Text(), _PART),
    ),
    model.Cover,
)
TRANSLATION = FieldGroup(
    (
        Field("of", LanguageTag(), Outputs(page="credits", json_ld="translationOfWork", data="of", feed="link"), required=True),
        Field("by", ListOf(EntityName()), Outputs(page="credits", json_ld="translator", data="by", feed="contributor")),
        Field("pin", RawString(), Outputs(why="compares a translation with its original, for the tools")),
    ),
    model.Translation,
)
PLACE = FieldGroup(
    (
        Field("name", Text(), Outputs(page="event_facts", json_ld="location", data="place", why=_EVENT_ONLY)),
        Field("city", Text(), Outputs(page="event_facts", json_ld="location", data="city", why=_EVENT_ONLY)),
        Field("country", Text(), Outputs(page="event_facts", json_ld="location", data="country", why=_EVENT_ONLY)),
        Field("latitude", Number(-90, 90), Outputs(page="places", json_ld="location", data="latitude", why=_EVENT_ONLY)),
        Field("longitude", Number(-180, 180), Outputs(page="places", json_ld="location", data="longitude", why=_EVENT_ONLY)),
    ),
    model.Venue,
)
_REGISTERING = "concerns those who come, not who reads about it later; the page says it while it matters"
REGISTRATION = FieldGroup(
    (
        Field("url", WebUrl(), Outputs(page="registration", why=_REGISTERING)),
        Field("email", EmailAddress(), Outputs(page="registration", why=_REGISTERING)),
        Field("opens", DateValue(), Outputs(page="registration", why=_REGISTERING)),
        Field("closes", DateValue(), Outputs(page="registration", data="registration_closes", why=_REGISTERING)),
    ),
    model.Registration,
)
PROGRAMME_ITEM = FieldGroup(
    (
        Field("time", Text(), _PART),
        Field("title", Text(), _PART, required=True),
        Field("speakers", ListOf(EntityName()), _PART),
    ),
    model.ProgrammeItem,
)
EVENT = FieldGroup(
    (
        Field(
            "start", DateValue(), Outputs(page="event_facts", json_ld="startDate", data="start", why=_EVENT_ONLY), required=True
        ),
        Field("end", DateValue(), Outputs(page="event_facts", json_ld="endDate", data="end", why=_EVENT_ONLY)),
        Field("timezone", RawString(), Outputs(data="timezone", why="days and times are written in it")),
        Field("place", PLACE, _PART),
        Field(
            "participants",
            Number(0, 10_000_000, integer=True),
            Outputs(page="event_facts", data="participants", why=_EVENT_ONLY),
        ),
        Field(
            "participants_about",
            Number(0, 10_000_000, integer=True),
            Outputs(page="event_facts", data="participants_about", why="a rounded number, for readers"),
        ),
        Field("registration", REGISTRATION, _PART),
        Field(
            "programme",
            Either(BundleFile(), ListOf(Either(Text(), PROGRAMME_ITEM))),
            Outputs(page="event_parts", why="a table for those who come"),
        ),
        Field("supporters", ListOf(Text()), Outputs(page="event_parts", json_ld="funder", data="supporters", why=_EVENT_ONLY)),
        Field(
            "documents",
            ListOf(TextId("statements")),
            Outputs(page="hub", json_ld="subjectOf", data="documents", why=_EVENT_ONLY),
        ),
    ),
    model.Event,
)
ATTACHMENT = FieldGroup(
    (
        Field("file", BundleFile(), _PART, required=True),
        Field("title", Text(), _PART, required=True),
        Field("language", LanguageTag(), _PART),
        Field("version", Enumeration(("draft", "final")), _PART),
    ),
    model.create_attachment,
)
SIGNATORY = Either(
    EntityName(),
    FieldGroup((Field("name", EntityName(), _PART, required=True), Field("organisation", Text(), _PART)), model.Signatory),
)
ANSWER = Either(
    ResolutionRef(),
    FieldGroup(
        (
            Field(
                "resolution",
                ResolutionRef(),
                Outputs(page="answers", data="resolution", why="a link between texts"),
                required=True,
            ),
            Field("kept", BooleanValue(), Outputs(page="answers", data="kept", why="a link between texts")),
        ),
        model.ResolutionAnswer,
    ),
)
PROMISE = FieldGroup(
    (Field("resolution", RawString(), _PART, required=True), Field("due", DateValue(), _PART)), model.create_promise
)
CONTACT = FieldGroup(
    (
        Field("email", EmailAddress(), _PART),
        Field("mailing_list", EmailAddress(), _PART),
        Field("phone", RawString(), _PART),
        Field("signal", RawString(), _PART),
        Field("pgp", BundleFile(), _PART),
    ),
    model.Contact,
)

COMMON_FIELDS = (
    Field(
        "title",
        Text(plain=True),
        Outputs(page="text_header", json_ld="headline", data="title", feed="title"),
        required=True,
        inherited=False,
    ),
    Field(
        "modified",
        DateValue(),
        Outputs(page="credits", json_ld="dateModified", data="modified", feed="updated"),
        inherited=False,
    ),
    Field(
        "summary",
        Text(multiline=True, plain=True),
        Outputs(page="text_header", json_ld="description", data="summary", feed="summary"),
        inherited=False,
    ),
    Field("status", Enumeration(STATUSES), Outputs(why="decides where a text is shown, and is not shown itself")),
    Field("authors", ListOf(EntityName()), Outputs(page="byline", json_ld="author", data="authors", feed="author")),
    Field(
        "cover",
        COVER,
        Outputs(
            page="cover",
            feed="link",
            why="search engines take the picture of og:image; data has words, files are at their addresses",
        ),
    ),
    Field(
        "translation",
        TRANSLATION,
        Outputs(page="credits", json_ld="translator", data="translation", feed="contributor"),
        inherited=False,
    ),
    Field("aliases", ListOf(LegacyPath()), Outputs(why="each is a page that redirects"), inherited=False),
)
DATED_FIELDS = (
    *COMMON_FIELDS,
    Field("date", DateValue(), Outputs(page="byline", json_ld="datePublished", data="date", feed="published"), required=True),
    Field(
        "expires",
        DateValue(),
        Outputs(page="credits", json_ld="expires", data="expires", why="a feed drops the entry on the day after"),
    ),
    Field(
        "topics",
        ListOf(TextId("topics")),
        Outputs(page="text_header", data="topics", feed="category", why="JSON-LD names works and people, not subjects"),
    ),
    Field(
        "workgroups",
        ListOf(TextId("workgroups")),
        Outputs(page="profile", data="workgroups", why="a workgroup's page and feed gather its texts"),
    ),
)
ANSWERS_FIELD = Field(
    "answers",
    ListOf(ANSWER),
    Outputs(page="answers", data="answers", why="schema.org and feeds have no word for a kept promise"),
)
PROMISES_FIELD = Field(
    "promises",
    ListOf(PROMISE),
    Outputs(page="commitment", why="data says state and due day of each resolution; schema.org and feeds have no word for it"),
)
_FILES = Outputs(page="attachments", why="linked from the page; data has words, files are at their addresses")
MEDIA_FIELDS = (
    Field("attachments", ListOf(ATTACHMENT), _FILES),
    Field("photos", ListOf(COVER), Outputs(page="photos", why=_FILES.why)),
)
STATEMENT_FIELDS = (
    *DATED_FIELDS,
    *MEDIA_FIELDS,
    Field("signatories", ListOf(SIGNATORY), Outputs(page="signatories", why="who signed is said on the page alone")),
    ANSWERS_FIELD,
    PROMISES_FIELD,
)
CONTACT_FIELD = Field("contact", CONTACT, Outputs(page="contact", why="an address to write to is not for lists of addresses"))
PAGE_FIELDS = (
    *COMMON_FIELDS,
    Field("menu", Number(-1000, 1000, integer=True), Outputs(page="menu", why="an order, not a fact")),
    CONTACT_FIELD,
)
_NO_ENTRY = "no feed has the page of a member, organisation or person as an entry; JSON-LD has their names"
SITE_FIELD = Field("site", WebUrl(), Outputs(page="profile", record="site", why=_NO_ENTRY), part="profile")
CITY_FIELD = Field("city", Text(), Outputs(page="profile", record="city", why=_NO_ENTRY), part="profile")
ENTITY_FIELDS = (
    *COMMON_FIELDS,
    Field("names", ListOf(EntityName()), Outputs(record="other_names", why="finds them in texts; the page has the title")),
    SITE_FIELD,
    CITY_FIELD,
    CONTACT_FIELD,
)
HIDDEN_POST = Either(
    RawString(),
    FieldGroup(
        (Field("post", RawString(), _FETCH, required=True), Field("reason", Text(plain=True), _FETCH)), model.HiddenPost
    ),
)
MEMBER_FIELDS = (
    *COMMON_FIELDS,
    Field("feed", WebUrl(), Outputs(page="profile", record="feed", why=_NO_ENTRY), part="profile"),
    SITE_FIELD,
    Field("languages", ListOf(LanguageTag(any_language=True)), Outputs(page="profile", why=_NO_ENTRY), part="profile"),
    CITY_FIELD,
    Field("republish", Enumeration(("excerpt", "full")), _FETCH, part="profile"),
    Field("licence", RawString(), Outputs(data="licence", why="its posts say it, each its own"), part="profile"),
    Field("consent", DateValue(), _FETCH, part="profile"),
    Field("limit", Number(0, 10_000, integer=True), _FETCH, part="profile"),
    Field("pin", ListOf(RawString()), _FETCH, part="profile"),
    Field("hide", ListOf(HIDDEN_POST), _FETCH, part="profile"),
    Field("only", ListOf(RawString()), _FETCH, part="profile"),
    Field("skip", ListOf(RawString()), _FETCH, part="profile"),
)
POST_FIELDS = (
    *DATED_FIELDS,
    Field(
        "member",
        TextId("members"),
        Outputs(
            page="byline", feed="source", why="the folder of a post names its member; its authors say it in JSON-LD and data"
        ),
        part="provenance",
    ),
    Field(
        "original",
        WebUrl(),
        Outputs(page="source", data="source", feed="link", why="the page here is its own work, with a link"),
        part="provenance",
    ),
    Field(
        "guid",
        RawString(),
        Outputs(feed="id", why="the id of an entry, which pages and data do not have"),
        inherited=False,
        part="provenance",
    ),
    Field("fetched", DateValue(), Outputs(why="says when a tool wrote the file"), part="provenance"),
    Field(
        "licence", RawString(), Outputs(data="licence", feed="rights", why="said where texts are taken from"), part="provenance"
    ),
    Field("sources", ListOf(TextId("members")), Outputs(why="joins duplicates, for the tools"), part="provenance"),
)

DEFAULT_KINDS = (
    Kind("statements", STATEMENT_FIELDS, "Report", dated=True, in_feeds=True, singular="statement"),
    Kind(
        "conferences",
        (*DATED_FIELDS, *MEDIA_FIELDS, Field("event", EVENT, _PART), ANSWERS_FIELD),
        "Article",
        dated=True,
        in_feeds=True,
        singular="conference",
    ),
    Kind("news", (*DATED_FIELDS, *MEDIA_FIELDS, ANSWERS_FIELD), "NewsArticle", dated=True, in_feeds=True, singular="news"),
    Kind("posts", POST_FIELDS, "BlogPosting", dated=True, in_feeds=True, singular="post"),
    Kind("pages", PAGE_FIELDS, "WebPage", listed=False, singular="page"),
    Kind("members", MEMBER_FIELDS, "Organization", is_entity=True, singular="member"),
    Kind("topics", COMMON_FIELDS, "DefinedTerm", is_entity=True, singular="topic"),
    Kind("workgroups", (*COMMON_FIELDS, CONTACT_FIELD), "Organization", is_entity=True, singular="workgroup"),
    Kind("organisations", ENTITY_FIELDS, "Organization", is_entity=True, singular="organisation"),
    Kind(
        "people",
        (
            *ENTITY_FIELDS,
            Field(
                "organisations",
                ListOf(TextId("organisations")),
                Outputs(page="profile", record="organisations", why=_NO_ENTRY),
            ),
        ),
        "Person",
        is_entity=True,
        singular="person",
    ),
)
COLLECTION_KINDS = tuple(kind.name for kind in DEFAULT_KINDS if kind.is_entity)  # their pages gather the texts of others


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of a site, in the order in which they are shown."""

    kinds: tuple[Kind, ...] = DEFAULT_KINDS

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def get(self, name: str) -> Kind | None:
        """Return the kind whose folder is called ``name``, or None."""
        return next((kind for kind in self.kinds if kind.name == name), None)


def field_value(one: Field, document: model.Document) -> Any:
    """Return the value of a field of a document."""
    return getattr(getattr(document, one.part) if one.part else document, one.name)
