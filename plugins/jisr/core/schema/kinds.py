"""The kinds of text and the fields each of them has: the content model, declared once.

Validation, inheritance and the documentation of fields all follow from these declarations
(``content/README.md`` says them in words).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words for a reader, in the language of the file that states them."""

    multiline: bool = False  # may hold line breaks


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
    """The tag of one of the site's languages; any well-formed tag where ``any_language`` is set."""

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
    """A mapping with fields of its own."""

    fields: tuple[Field, ...]


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
class Field:
    """A field of the front matter: its name, its type, whether an original must have it, whether translations inherit it."""

    name: str
    type: FieldType
    required: bool = False
    inherited: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text: the folder below ``content/``, how its texts are found, and its fields."""

    name: str
    fields: tuple[Field, ...]
    dated: bool = False
    listed: bool = True  # has a page /<lang>/<kind>/
    in_feeds: bool = False  # its texts are entries of feeds
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

COVER = FieldGroup((Field("file", BundleFile(), required=True), Field("alt", Text(), required=True), Field("credit", Text())))
TRANSLATION = FieldGroup(
    (Field("of", LanguageTag(), required=True), Field("by", ListOf(EntityName())), Field("pin", RawString()))
)
PLACE = FieldGroup(
    (
        Field("name", Text()),
        Field("city", Text()),
        Field("country", Text()),
        Field("latitude", Number(-90, 90)),
        Field("longitude", Number(-180, 180)),
    )
)
REGISTRATION = FieldGroup(
    (Field("url", WebUrl()), Field("email", EmailAddress()), Field("opens", DateValue()), Field("closes", DateValue()))
)
PROGRAMME_ITEM = FieldGroup(
    (Field("time", Text()), Field("title", Text(), required=True), Field("speakers", ListOf(EntityName())))
)
EVENT = FieldGroup(
    (
        Field("start", DateValue(), required=True),
        Field("end", DateValue()),
        Field("timezone", RawString()),
        Field("place", PLACE),
        Field("participants", Number(0, 10_000_000, integer=True)),
        Field("participants_about", Number(0, 10_000_000, integer=True)),
        Field("registration", REGISTRATION),
        Field("programme", Either(BundleFile(), ListOf(Either(Text(), PROGRAMME_ITEM)))),
        Field("supporters", ListOf(Text())),
        Field("documents", ListOf(TextId("statements"))),
    )
)
ATTACHMENT = FieldGroup(
    (
        Field("file", BundleFile(), required=True),
        Field("title", Text(), required=True),
        Field("language", LanguageTag()),
        Field("version", Enumeration(("draft", "final"))),
    )
)
SIGNATORY = Either(EntityName(), FieldGroup((Field("name", EntityName(), required=True), Field("organisation", Text()))))
ANSWER = Either(
    ResolutionRef(), FieldGroup((Field("resolution", ResolutionRef(), required=True), Field("kept", BooleanValue())))
)
PROMISE = FieldGroup((Field("resolution", RawString(), required=True), Field("due", DateValue())))
CONTACT = FieldGroup(
    (
        Field("email", EmailAddress()),
        Field("mailing_list", EmailAddress()),
        Field("phone", RawString()),
        Field("signal", RawString()),
        Field("pgp", BundleFile()),
    )
)

COMMON_FIELDS = (
    Field("title", Text(), required=True, inherited=False),
    Field("modified", DateValue(), inherited=False),
    Field("summary", Text(multiline=True), inherited=False),
    Field("status", Enumeration(STATUSES)),
    Field("authors", ListOf(EntityName())),
    Field("cover", COVER),
    Field("translation", TRANSLATION, inherited=False),
    Field("aliases", ListOf(LegacyPath()), inherited=False),
)
DATED_FIELDS = (
    *COMMON_FIELDS,
    Field("date", DateValue(), required=True),
    Field("expires", DateValue()),
    Field("topics", ListOf(TextId("topics"))),
    Field("workgroups", ListOf(TextId("workgroups"))),
)
ANSWERS_FIELD = Field("answers", ListOf(ANSWER))
PROMISES_FIELD = Field("promises", ListOf(PROMISE))
MEDIA_FIELDS = (Field("attachments", ListOf(ATTACHMENT)), Field("photos", ListOf(COVER)))
STATEMENT_FIELDS = (*DATED_FIELDS, *MEDIA_FIELDS, Field("signatories", ListOf(SIGNATORY)), ANSWERS_FIELD, PROMISES_FIELD)
PAGE_FIELDS = (*COMMON_FIELDS, Field("menu", Number(-1000, 1000, integer=True)), Field("contact", CONTACT))
ENTITY_FIELDS = (
    *COMMON_FIELDS,
    Field("names", ListOf(EntityName())),
    Field("site", WebUrl()),
    Field("city", Text()),
    Field("contact", CONTACT),
)
HIDDEN_POST = Either(RawString(), FieldGroup((Field("post", RawString(), required=True), Field("reason", Text()))))
MEMBER_FIELDS = (
    *COMMON_FIELDS,
    Field("feed", WebUrl()),
    Field("site", WebUrl()),
    Field("languages", ListOf(LanguageTag(any_language=True))),
    Field("city", Text()),
    Field("republish", Enumeration(("excerpt", "full"))),
    Field("licence", RawString()),
    Field("consent", DateValue()),
    Field("limit", Number(0, 10_000, integer=True)),
    Field("pin", ListOf(RawString())),
    Field("hide", ListOf(HIDDEN_POST)),
    Field("only", ListOf(RawString())),
    Field("skip", ListOf(RawString())),
)
POST_FIELDS = (
    *DATED_FIELDS,
    Field("member", TextId("members")),
    Field("original", WebUrl()),
    Field("guid", RawString(), inherited=False),
    Field("fetched", DateValue()),
    Field("licence", RawString()),
    Field("sources", ListOf(TextId("members"))),
)

COLLECTION_KINDS = ("members", "topics", "workgroups", "organisations", "people")  # their pages gather the texts of others
DEFAULT_KINDS = (
    Kind(
        "statements",
        STATEMENT_FIELDS,
        dated=True,
        in_feeds=True,
        singular="statement",
    ),
    Kind(
        "conferences",
        (*DATED_FIELDS, *MEDIA_FIELDS, Field("event", EVENT), ANSWERS_FIELD),
        dated=True,
        in_feeds=True,
        singular="conference",
    ),
    Kind("news", (*DATED_FIELDS, *MEDIA_FIELDS, ANSWERS_FIELD), dated=True, in_feeds=True, singular="news"),
    Kind("posts", POST_FIELDS, dated=True, in_feeds=True, singular="post"),
    Kind(
        "pages",
        PAGE_FIELDS,
        listed=False,
        singular="page",
    ),
    Kind("members", MEMBER_FIELDS, singular="member"),
    Kind("topics", COMMON_FIELDS, singular="topic"),
    Kind("workgroups", (*COMMON_FIELDS, Field("contact", CONTACT)), singular="workgroup"),
    Kind("organisations", ENTITY_FIELDS, singular="organisation"),
    Kind("people", (*ENTITY_FIELDS, Field("organisations", ListOf(TextId("organisations")))), singular="person"),
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of a site, in the order in which they are shown."""

    kinds: tuple[Kind, ...] = DEFAULT_KINDS

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def get(self, name: str) -> Kind | None:
        """Return the kind whose folder is called ``name``, or None."""
        return next((kind for kind in self.kinds if kind.name == name), None)
