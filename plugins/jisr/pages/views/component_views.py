"""The parts that views are made of.

Addresses (``url``) are relative to the page and ready to be written; words carry their language as ``LocalizedText``;
days are dates that the template formats in the page's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from markupsafe import Markup

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Day, LocalizedText


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its words, its address, and the language of its target where that differs from the page's."""

    words: LocalizedText
    url: str
    hreflang: str = ""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language in the language bar.

    ``state``: ``current`` · ``existing`` (``url`` is this page in that language) · ``missing`` (``url`` is the
    nearest parent that exists in that language, which says so).
    """

    language: Language
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class AlternateLink:
    """An absolute address of the same page in another language, for the head."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that the head and the footer name: its title, absolute address and media type."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class BlogRow:
    """The feed of a member in the last run of ``inv fetch``; messages are HTML in the language of the page."""

    member: Link
    url: str
    outcome: str
    reason: Markup
    answered: Day | None
    failures: int
    held: int
    questions: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed that the Subscribe page lists: its name, its formats, how many texts it has."""

    name: LocalizedText
    links: tuple[FeedLink, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds under a heading: ``own`` (this language's main one), ``kinds``, ``topics``, ``members``, ``authors``, ``other``."""

    name: str
    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page; titles are plain text."""

    title: str
    window: str = ""  # the title with the short name of the network, as browsers show it
    description: str = ""
    canonical: str = ""
    indexed: bool = True
    alternates: tuple[AlternateLink, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    onion: str = ""  # its address in the Tor network
    keep: str = ""  # of a text: the link to the page on which a browser may be asked to keep it
    twin: str = ""  # of a text: the link to the same as plain text
    og_type: str = "website"
    image: str = ""
    image_alt: str = ""
    image_sides: tuple[int, int] | None = None  # width and height, where they are known
    image_type: str = ""
    structured: str = ""  # JSON-LD, safe inside a script element
    runs_script: bool = False  # whether the policy of the page allows a script of the site


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An item of the site's menu. ``name`` is a kind (``statements``), whose word the template knows, or empty."""

    url: str
    name: str = ""
    words: LocalizedText | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class FooterLinks:
    """A group of links at the foot of a page: of the theme (``find`` · ``follow`` · ``take part``), or with its own title."""

    name: str
    words: LocalizedText | None = None
    items: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True)
class BreadcrumbItem:
    """A step of the breadcrumb: ``name`` is ``home`` or a kind, whose word the template knows, or empty."""

    url: str = ""  # empty: this page
    name: str = ""
    words: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class ChannelLink:
    """A way to pass a text on, to answer it, or to hear of new ones: its name, as ``telegram``, and its address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """The ways to pass a text on; ``copied`` is its whole address, to select and copy, or empty.

    ``code`` is the address of its picture as a QR code, which is printed, or empty.
    """

    links: tuple[ChannelLink, ...] = ()
    copied: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class LogoView:
    """The logo of the site in place of the mark of the theme: address and sides; nothing is shown without an address.

    The style puts another in its place on dark pages.
    """

    url: str
    width: int
    height: int
    with_name: bool  # whether the name of the network stands beside it


@dataclass(frozen=True, slots=True, eq=False)
class PageFrame:
    """The frame that pages of a section share. It is compared by identity, so that the HTML of one can be cached."""

    home_url: str
    search_url: str
    network: LocalizedText
    purpose: LocalizedText
    note: LocalizedText
    stylesheet: str
    icon: str
    logo: LogoView | None
    papers: tuple[str, str]
    menu: tuple[MenuItem, ...] = ()
    contact_url: str = ""
    translate_url: str = ""  # empty on a site of one language
    feed_url: str = ""
    manifest: str = ""
    sheets: Mapping[str, str] = field(default_factory=dict)  # stylesheets of what only some pages show, by their names
    footer: tuple[FooterLinks, ...] = ()
    channels: tuple[ChannelLink, ...] = ()  # by which readers hear of new texts, beside feeds


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The layout of a page: the frame, whose fields can be read here, too, and the parts of its own."""

    frame: PageFrame
    languages: tuple[LanguageLink, ...]
    breadcrumb: tuple[BreadcrumbItem, ...] = ()

    def __getattr__(self, name: str) -> object:
        """Return a part of the frame."""
        return getattr(object.__getattribute__(self, "frame"), name)


@dataclass(frozen=True, slots=True)
class Face:
    """The face of a member: a letter of its own name, in the shape of that script."""

    letter: str
    arabic: bool


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A text in a listing. ``title.language`` is the language of the version that ``url`` leads to."""

    title: LocalizedText
    url: str
    kind: str
    day: Day | None = None
    until: Day | None = None  # the last day of an event
    summary: LocalizedText | None = None
    languages: tuple[LanguageLink, ...] = ()  # its other languages, existing ones only
    face: Face | None = None
    member: LocalizedText | None = None
    place: LocalizedText | None = None
    state: str = ""  # of a conference that is not over, as in EventView
    count: int = 0  # of a statement its resolutions, of a topic, member, organisation or person the texts
    translate_url: str = ""  # of a text that the page's language lacks: the place where it waits for a translator


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The texts of one year, newest first; ``year`` is None for texts without a date."""

    year: int | None
    rows: tuple[ListingRow, ...]
    pinned: bool = False  # the group of the texts that stand first, of any year


@dataclass(frozen=True, slots=True)
class BridgeItem:
    """A version of this text in another language; without ``title`` it waits at ``url`` for a translator."""

    language: Language
    url: str
    title: str = ""
    original: bool = False


@dataclass(frozen=True, slots=True)
class TranslationCredit:
    """The translators of a version, and its source language."""

    language: Language
    source: Language
    by: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """A resolution as the home page and the index show it."""

    number: int
    anchor: str
    html: Markup
    url: str
    cited: str  # its number in a citation: 5, or 2.5 in the second list
    absolute: str  # its whole address, to copy
    heading: str = ""  # of its list, where the statement has lists below several
    name: str = ""  # what it is called, "joint action", where the statement says so


@dataclass(frozen=True, slots=True)
class TranslationLag:
    """The lag of a translation behind its source: since which day, how many of its blocks; the address of the source."""

    count: int
    total: int
    day: Day | None
    url: str
    language: Language


@dataclass(frozen=True, slots=True)
class SideBySideText:
    """One of two versions of a text that are shown side by side."""

    title: LocalizedText
    url: str
    original: bool


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A part of one version and its counterpart in the other; one of the two may be empty.

    ``anchor``: its id in all languages, or empty. ``change``: empty · ``changed`` · ``new``, of the version that the other was
    made from, since then.
    """

    first: Markup
    second: Markup
    anchor: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class CoverView:
    """A picture of a text: its element, and what stands below it."""

    picture: Markup
    caption: LocalizedText | None = None
    credit: LocalizedText | None = None


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """A signatory."""

    name: LocalizedText
    organisation: Link | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the line from conference to conference."""

    year: int
    words: LocalizedText
    url: str
    state: str = ""  # as in EventView; empty where its days are not known


@dataclass(frozen=True, slots=True)
class OfferView:
    """A file that readers take away: its form (``zip``, ``epub``, ``zim``), its size in ``unit``, its checksum."""

    form: str
    url: str
    size: int | float
    unit: str
    digest: str


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A language at the front door: its home, the network's name and purpose in it."""

    language: Language
    url: str
    network: str
    purpose: str
