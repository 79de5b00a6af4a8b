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

    lines: bool = False  # may hold line breaks


@dataclass(frozen=True, slots=True)
class Plain:
    """A string that is not read as language: an id of another system, a time zone."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person or organisation, which may also be a number or a word YAML takes for something else."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with or without a time."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds."""

    least: float
    most: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Web:
    """An absolute http or https address."""


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address."""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A resolution of another text, as ``2012-first-bloggers-conference#r6``."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """The name of a file that lies beside the text."""


@dataclass(frozen=True, slots=True)
class TextId:
    """The id of a text of a kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Tag:
    """The tag of one of the site's languages; any well-formed tag where ``foreign`` is set."""

    foreign: bool = False


@dataclass(frozen=True, slots=True)
class OldAddress:
    """A path from the site's root at which a text stood before."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; its items are all of one type."""

    item: FieldType


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping with fields of its own."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of two shapes: the second where a mapping (or list) stands, the first elsewhere."""

    simple: FieldType
    full: FieldType


FieldType = (
    Text | Plain | Name | Choice | Moment | Number | Web | Email | Flag | Cited | Bundled | TextId | Tag | OldAddress
    | ListOf | Group | Either
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
    fed: bool = False  # its texts are entries of feeds
    singular: str = ""
    _by_name: Mapping[str, Field] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {one.name: one for one in self.fields})

    def get(self, name: str) -> Field | None:
        """Give the field of that name, or None."""
        return self._by_name.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its fields."""
        return tuple(self._by_name)


STATUSES = ("published", "draft", "hidden")

COVER = Group((Field("file", Bundled(), required=True), Field("alt", Text(), required=True), Field("credit", Text())))
TRANSLATION = Group((Field("of", Tag(), required=True), Field("by", ListOf(Name())), Field("pin", Plain())))
PLACE = Group(
    (
        Field("name", Text()),
        Field("city", Text()),
        Field("country", Text()),
        Field("latitude", Number(-90, 90)),
        Field("longitude", Number(-180, 180)),
    )
)
REGISTRATION = Group((Field("url", Web()), Field("email", Email()), Field("opens", Moment()), Field("closes", Moment())))
PROGRAMME_ITEM = Group((Field("time", Text()), Field("title", Text(), required=True), Field("speakers", ListOf(Name()))))
EVENT = Group(
    (
        Field("start", Moment(), required=True),
        Field("end", Moment()),
        Field("timezone", Plain()),
        Field("place", PLACE),
        Field("participants", Number(0, 10_000_000, whole=True)),
        Field("participants_about", Number(0, 10_000_000, whole=True)),
        Field("registration", REGISTRATION),
        Field("programme", Either(Bundled(), ListOf(Either(Text(), PROGRAMME_ITEM)))),
        Field("supporters", ListOf(Text())),
        Field("documents", ListOf(TextId("statements"))),
    )
)
ATTACHMENT = Group(
    (
        Field("file", Bundled(), required=True),
        Field("title", Text(), required=True),
        Field("language", Tag()),
        Field("version", Choice(("draft", "final"))),
    )
)
SIGNATORY = Either(Name(), Group((Field("name", Name(), required=True), Field("organisation", Text()))))
ANSWER = Either(Cited(), Group((Field("resolution", Cited(), required=True), Field("kept", Flag()))))
PROMISE = Group((Field("resolution", Plain(), required=True), Field("due", Moment())))
CONTACT = Group(
    (
        Field("email", Email()),
        Field("mailing_list", Email()),
        Field("phone", Plain()),
        Field("signal", Plain()),
        Field("pgp", Bundled()),
    )
)

COMMON = (
    Field("title", Text(), required=True, inherited=False),
    Field("modified", Moment(), inherited=False),
    Field("summary", Text(lines=True), inherited=False),
    Field("status", Choice(STATUSES)),
    Field("authors", ListOf(Name())),
    Field("cover", COVER),
    Field("translation", TRANSLATION, inherited=False),
    Field("aliases", ListOf(OldAddress()), inherited=False),
)
DATED = (
    *COMMON,
    Field("date", Moment(), required=True),
    Field("expires", Moment()),
    Field("topics", ListOf(TextId("topics"))),
    Field("workgroups", ListOf(TextId("workgroups"))),
)
ANSWERING = Field("answers", ListOf(ANSWER))
PROMISING = Field("promises", ListOf(PROMISE))
GATHERED = (Field("attachments", ListOf(ATTACHMENT)), Field("photos", ListOf(COVER)))
STATEMENT = (*DATED, *GATHERED, Field("signatories", ListOf(SIGNATORY)), ANSWERING, PROMISING)
PAGE = (*COMMON, Field("menu", Number(-1000, 1000, whole=True)), Field("contact", CONTACT))
KNOWN = (*COMMON, Field("names", ListOf(Name())), Field("site", Web()), Field("city", Text()), Field("contact", CONTACT))
HIDDEN = Either(Plain(), Group((Field("post", Plain(), required=True), Field("reason", Text()))))
MEMBER = (
    *COMMON,
    Field("feed", Web()),
    Field("site", Web()),
    Field("languages", ListOf(Tag(foreign=True))),
    Field("city", Text()),
    Field("republish", Choice(("excerpt", "full"))),
    Field("licence", Plain()),
    Field("consent", Moment()),
    Field("limit", Number(0, 10_000, whole=True)),
    Field("pin", ListOf(Plain())),
    Field("hide", ListOf(HIDDEN)),
    Field("only", ListOf(Plain())),
    Field("skip", ListOf(Plain())),
)
POST = (
    *DATED,
    Field("member", TextId("members")),
    Field("original", Web()),
    Field("guid", Plain(), inherited=False),
    Field("fetched", Moment()),
    Field("licence", Plain()),
    Field("sources", ListOf(TextId("members"))),
)

GATHERING = ("members", "topics", "workgroups", "organisations", "people")  # their pages gather the texts of others
SHIPPED = (
    Kind(
        "statements",
        STATEMENT,
        dated=True,
        fed=True,
        singular="statement",
    ),
    Kind("conferences", (*DATED, *GATHERED, Field("event", EVENT), ANSWERING), dated=True, fed=True, singular="conference"),
    Kind("news", (*DATED, *GATHERED, ANSWERING), dated=True, fed=True, singular="news"),
    Kind("posts", POST, dated=True, fed=True, singular="post"),
    Kind(
        "pages",
        PAGE,
        listed=False,
        singular="page",
    ),
    Kind("members", MEMBER, singular="member"),
    Kind("topics", COMMON, singular="topic"),
    Kind("workgroups", (*COMMON, Field("contact", CONTACT)), singular="workgroup"),
    Kind("organisations", KNOWN, singular="organisation"),
    Kind("people", (*KNOWN, Field("organisations", ListOf(TextId("organisations")))), singular="person"),
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of a site, in the order in which they are shown."""

    kinds: tuple[Kind, ...] = SHIPPED

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def get(self, name: str) -> Kind | None:
        """Give the kind whose folder is called ``name``, or None."""
        return next((kind for kind in self.kinds if kind.name == name), None)
