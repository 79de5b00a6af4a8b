"""The kinds of text and the fields each of them has: the content model, declared once.

Validation, inheritance, the values of a document, open data and its schema, JSON-LD, feeds and the documentation of fields
follow from these declarations (``content/README.md`` says them in words). Labels and help of fields in each language are in
``jisr/content/catalogs/words``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jisr.core.frozen import dataclass
from jisr.core.model import document as model
from jisr.core.schema.field_types import (
    BooleanValue,
    BundleFile,
    DateValue,
    DialledNumber,
    Either,
    EmailAddress,
    EntityName,
    Enumeration,
    Field,
    FieldGroup,
    KeyFingerprint,
    Kind,
    LanguageTag,
    LegacyPath,
    ListOf,
    Number,
    Outputs,
    RawString,
    ResolutionRef,
    SignalAccount,
    Text,
    TextId,
    WebUrl,
)

STATUSES = ("published", "draft", "hidden")
REPLY_STATUSES = ("published", "draft")

_PART = Outputs(why="shown with the field that holds it")
_FETCH = Outputs(why="says how a member's blog is fetched, which concerns editors alone")
_EVENT_ONLY = "feeds have texts, not events; the calendar has it"

_IN_FIGURE = "in feeds it stands with its picture in the words of the entry; JSON-LD leaves pictures to og:image"
COVER = FieldGroup(
    (
        Field("file", BundleFile(), Outputs(page="cover", data="url", feed="link", why=_IN_FIGURE), required=True),
        Field("alt", Text(), Outputs(page="cover", data="alt", why=_IN_FIGURE), required=True),
        Field("caption", Text(), Outputs(page="cover", data="caption", why=_IN_FIGURE)),
        Field("credit", Text(), Outputs(page="cover", data="credit", why=_IN_FIGURE)),
    ),
    model.Cover,
)
TRANSLATION = FieldGroup(
    (
        Field("of", LanguageTag(), Outputs(page="credits", json_ld="translationOfWork", data="of", feed="link"), required=True),
        Field("by", ListOf(EntityName()), Outputs(page="credits", json_ld="translator", data="by", feed="contributor")),
        Field("pin", RawString(longest=1_000_000), Outputs(why="compares a translation with its original, for the tools")),
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
_REGISTRATION = Outputs(page="registration", why="concerns those who come; the page says it while it matters")
REGISTRATION = FieldGroup(
    (
        Field("url", WebUrl(), _REGISTRATION),
        Field("email", EmailAddress(), _REGISTRATION),
        Field("opens", DateValue(), _REGISTRATION),
        Field("closes", DateValue(), Outputs(page="registration", data="registration_closes", why=_REGISTRATION.why)),
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
    model.Attachment,
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
            Field("kept", BooleanValue(default=True), Outputs(page="answers", data="kept", why="a link between texts")),
        ),
        model.ResolutionAnswer,
    ),
)
PROMISE = FieldGroup((Field("resolution", RawString(), _PART, required=True), Field("due", DateValue(), _PART)), model.Promise)
_CARD = "an address to write to is not for lists of addresses; the contact card of its owner has it"
ADDRESS = FieldGroup(tuple(replace(one, outputs=_PART) for one in PLACE.fields), model.Venue)
CONTACT = FieldGroup(
    (
        Field("email", EmailAddress(), Outputs(page="contact", json_ld="email", why=_CARD)),
        Field("mailing_list", EmailAddress(), Outputs(page="contact", why=_CARD)),
        Field("phone", DialledNumber(), Outputs(page="contact", json_ld="telephone", why=_CARD)),
        Field("signal", SignalAccount(), Outputs(page="contact", why=_CARD)),
        Field("pgp", BundleFile(), Outputs(page="contact", why=_CARD)),
        Field("fingerprint", KeyFingerprint(), Outputs(page="contact", why=_CARD)),
        Field("place", ADDRESS, Outputs(page="contact", why=_CARD)),
    ),
    model.Contact,
)

COMMON_FIELDS = (
    Field(
        "title",
        Text(longest=500, plain=True),
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
            data="cover",
            feed="link",
            why="search engines take the picture of og:image",
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
REPLIES_FIELD = Field(
    "replies",
    FieldGroup(
        (
            Field("open", BooleanValue(default=True), Outputs(page="replies", why="says what a page offers to its readers")),
            Field("until", DateValue(), Outputs(page="replies", why="says what a page offers to its readers")),
        ),
        model.ReplyRules,
    ),
    Outputs(page="replies", why="whether readers may reply is said where they would"),
)
DATED_FIELDS = (
    *COMMON_FIELDS,
    REPLIES_FIELD,
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
    Field("pinned", BooleanValue(), Outputs(why="decides where a text stands in lists, and is not shown itself")),
    Field(
        "guid",
        RawString(),
        Outputs(feed="id", why="the id of an entry, which pages and data do not have"),
        inherited=False,
        part="provenance",
    ),
)
PLACE_FIELD = Field("place", Text(), Outputs(page="byline", json_ld="locationCreated:Place", data="place", feed="dc:coverage"))
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
MEDIA_FIELDS = (
    Field(
        "attachments",
        ListOf(ATTACHMENT),
        Outputs(page="attachments", why="linked from the page; data has words, files are at their addresses"),
    ),
    Field("photos", ListOf(COVER), Outputs(page="photos", data="photos", why=_IN_FIGURE)),
)
RESOLUTION_NAMES_FIELD = Field(
    "resolution_names",
    ListOf(Text()),
    Outputs(page="resolution_name", data="resolution_names", why="schema.org and feeds have no word for a resolution"),
    inherited=False,
)
STATEMENT_FIELDS = (
    *DATED_FIELDS,
    *MEDIA_FIELDS,
    PLACE_FIELD,
    RESOLUTION_NAMES_FIELD,
    Field(
        "signatories", ListOf(SIGNATORY, most=10_000), Outputs(page="signatories", why="who signed is said on the page alone")
    ),
    ANSWERS_FIELD,
    PROMISES_FIELD,
)
CONTACT_FIELD = Field("contact", CONTACT, Outputs(page="contact", json_ld="contactPoint:ContactPoint", why=_CARD))
PAGE_FIELDS = (
    *COMMON_FIELDS,
    REPLIES_FIELD,
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
    Field("fetched", DateValue(), Outputs(why="says when a tool wrote the file"), part="provenance"),
    Field(
        "licence", RawString(), Outputs(data="licence", feed="rights", why="said where texts are taken from"), part="provenance"
    ),
    Field("sources", ListOf(TextId("members")), Outputs(why="joins duplicates, for the tools"), part="provenance"),
)

CONFERENCE_FIELDS = (*DATED_FIELDS, *MEDIA_FIELDS, Field("event", EVENT, _PART), ANSWERS_FIELD)
NEWS_FIELDS = (*DATED_FIELDS, *MEDIA_FIELDS, PLACE_FIELD, ANSWERS_FIELD)
WORKGROUP_FIELDS = (*COMMON_FIELDS, CONTACT_FIELD)
PERSON_FIELDS = (
    *ENTITY_FIELDS,
    Field("organisations", ListOf(TextId("organisations")), Outputs(page="profile", record="organisations", why=_NO_ENTRY)),
)

DEFAULT_KINDS = (
    Kind("statements", STATEMENT_FIELDS, "Report", dated=True, in_menu=True, singular="statement", kicker="Statement"),
    Kind("conferences", CONFERENCE_FIELDS, "Article", dated=True, in_menu=True, singular="conference", kicker="Conference"),
    Kind("news", NEWS_FIELDS, "NewsArticle", dated=True, in_menu=True, singular="news", kicker="News item"),
    Kind("posts", POST_FIELDS, "BlogPosting", dated=True, singular="post", kicker="Post"),
    Kind("pages", PAGE_FIELDS, "WebPage", listed=False, singular="page"),
    Kind("members", MEMBER_FIELDS, "Organization", is_entity=True, in_menu=True, singular="member", kicker="Member"),
    Kind("topics", COMMON_FIELDS, "DefinedTerm", is_entity=True, singular="topic", kicker="Topic"),
    Kind("workgroups", WORKGROUP_FIELDS, "Organization", is_entity=True, singular="workgroup", kicker="Workgroup"),
    Kind("organisations", ENTITY_FIELDS, "Organization", is_entity=True, singular="organisation", kicker="Organisation"),
    Kind("people", PERSON_FIELDS, "Person", is_entity=True, singular="person", kicker="Person"),
)
REPLY = Kind(
    "replies",
    (
        Field("author", EntityName(), _PART, required=True),
        Field("date", DateValue(), _PART, required=True),
        Field("answers", RawString(), _PART),
        Field("site", WebUrl(), _PART),
        Field("imported", BooleanValue(), _PART),
        Field("status", Enumeration(REPLY_STATUSES), _PART),
        Field("held", ListOf(RawString()), _PART),
    ),
    "Comment",
    singular="reply",
)
"""What a reply to a text states: it is no text, and lies in the folder ``replies`` of one."""
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
