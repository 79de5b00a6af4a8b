"""Feed entries: a text with all values resolved, URLs absolute, and direction as control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from markupsafe import Markup, escape

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.dates import format_date
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Day, Document
from jisr.core.model.site import LinkTarget, Site, to_datetime
from jisr.core.schema.field_types import field_value
from jisr.core.urls import paths
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.outputs.feeds.bidi_text import add_bidi_characters, mark_plain_text
from jisr.outputs.feeds.entry_people import Person, PostSource, Topic, authors, licence, post_source, topics, translators
from jisr.outputs.feeds.entry_pictures import format_cover, format_photos
from jisr.outputs.feeds.ids import EntryIdentity, strip_invalid_xml

_FRAGMENT_LINK = re.compile(r'(<a\b[^<>]*?\bhref=")#')
_MEDIA = re.compile(r'<(img|video|audio|source|track|embed)\b([^<>]*?)\ssrc="([^"]*)"([^<>]*)>')
_ALT = re.compile(r'\salt="([^"]*)"')
_RECORDING_TYPES = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "pdf": "application/pdf",
    "epub": "application/epub+zip",
}  # fmt: skip
_LINKED_FILE = re.compile(
    rf'<a\b[^<>]*\bhref="(https?://[^"?#]+\.({"|".join(_RECORDING_TYPES)})(?:[?#][^"]*)?)"', re.IGNORECASE
)
EXCERPT_LENGTH = 160  # characters of a text without a summary, where a format needs one


@dataclass(frozen=True, slots=True)
class TranslationLink:
    """URL of the same text in another language."""

    language: Language
    url: str


@dataclass(frozen=True, slots=True)
class CoverFile:
    """The picture of an entry, in a width for feeds: its URL, media type, and size in bytes."""

    url: str
    type: str
    length: int


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file on another host, which nothing loads before a reader asks for it; its size is unknown."""

    url: str
    type: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One version of a text, as in all its feeds."""

    identity: EntryIdentity
    language: Language
    title: str
    url: str
    published: datetime
    updated: datetime
    day: str  # of publication, in the date format of the language
    summary: str
    excerpt: str  # the summary, else the beginning of the text
    content: str
    authors: tuple[Person, ...]
    translators: tuple[str, ...]
    topics: tuple[Topic, ...]
    translations: tuple[TranslationLink, ...] = ()
    cover: CoverFile | None = None
    recordings: tuple[LinkedFile, ...] = ()  # and documents that a post of a member links to
    origin: PostSource | None = None
    licence: str = ""
    dublin_core: tuple[tuple[str, str], ...] = ()  # elements that fields declare as ``dc:…``, without that, and their words


@dataclass(frozen=True, slots=True)
class FeedEntryContext:
    """Data that entries are built from: the site, and its message catalogs."""

    site: Site
    messages: Catalogs


def build_entry(document: Document, identity: EntryIdentity, context: FeedEntryContext) -> FeedEntry:
    """Return the entry of a text."""
    site, language = context.site, document.language
    summary = strip_invalid_xml(mark_plain_text(document.summary.strip(), language))
    others = (one for one in site.sets[document.key].listed if one.language != language)
    return FeedEntry(
        identity=identity,
        language=language,
        title=strip_invalid_xml(mark_plain_text(document.title, language)),
        url=site.text_url(document),
        published=entry_time(document.date, site),
        updated=entry_time(document.modified or document.date, site),
        day=format_date(document.date, language) if document.date else "",
        summary=summary,
        excerpt=summary or strip_invalid_xml(mark_plain_text(shorten(document.outline.first_paragraph), language)),
        content=strip_invalid_xml(_render_content(document, context)),
        authors=tuple(authors(document, site)),
        translators=translators(document),
        topics=tuple(topics(document, site)),
        translations=tuple(TranslationLink(one.language, site.text_url(one)) for one in others),
        cover=_cover_file(document, site),
        recordings=tuple(_linked_recordings(document, site)),
        origin=post_source(document, site),
        licence=licence(document, site),
        dublin_core=tuple(_dublin_core(document, site)),
    )


def _dublin_core(document: Document, site: Site) -> Iterator[tuple[str, str]]:
    """Return the words of fields that are elements of Dublin Core (https://www.dublincore.org/specifications/dublin-core/dces/)."""
    kind = site.kinds.get(document.kind)
    for declared in kind.fields if kind else ():
        prefix, _, name = declared.outputs.feed.partition(":")
        value = field_value(declared, document) if prefix == "dc" else None
        if value is not None:
            yield name, strip_invalid_xml(mark_plain_text(value.text, value.language))


def entry_time(day: Day | None, site: Site) -> datetime:
    """Return the time of a text in a form that RFC 3339 can represent; the earliest time of the site if it has no date.

    Before time zones, offsets had seconds (Baghdad +02:57:36), which https://www.rfc-editor.org/rfc/rfc3339 lacks.
    """
    if day is None:
        return earliest_time(site)
    moment = to_datetime(day, site.timezone)
    offset = moment.utcoffset()
    return moment.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else moment


def earliest_time(site: Site) -> datetime:
    """Return the first day of the year in the tag authority of the site, the time of empty feeds and undated texts."""
    return datetime(int(site.policy.tag_authority.partition(",")[2][:4]), 1, 1, tzinfo=UTC)


def shorten(text: str) -> str:
    """Return the beginning of a text, truncated between words."""
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT_LENGTH else plain[:EXCERPT_LENGTH].rpartition(" ")[0].rstrip("،,;؛:") + " …"


def _cover_file(document: Document, site: Site) -> CoverFile | None:
    cover = document.cover
    picture = site.pictures.get(paths.bundle_file_path(document.kind, document.id, cover.file)) if cover else None
    if picture is None:
        return None
    shown = picture.shared
    return CoverFile(paths.absolute_url(site.url, shown.address), shown.type, shown.size)


def _linked_recordings(document: Document, site: Site) -> Iterator[LinkedFile]:
    """Yield the recordings and documents of a member's post; not pictures, which a program would load from their host."""
    matches = _LINKED_FILE.finditer(site.bodies[document.path].html) if document.provenance.original else ()
    for match in {match[1]: match for match in matches}.values():
        yield LinkedFile(str(Markup(match[1]).unescape()), _RECORDING_TYPES[match[2].lower()])  # noqa: S704 (an attribute of ours)


def _render_content(document: Document, context: FeedEntryContext) -> str:
    """Return the HTML of a text in an element with its language and direction, with control characters for directions."""
    site, language = context.site, document.language

    def url(address: str) -> str:
        return paths.absolute_url(site.url, address)

    def image(tag: str, target: LinkTarget, attributes: str) -> str | None:
        """Return a picture in a width for feeds, with its sides, so that the text doesn't move while it loads."""
        picture = site.pictures.get(paths.bundle_file_path(target.kind, target.id, target.file))
        if tag != "img" or picture is None or not picture.shared.width:
            return None
        shown = picture.shared
        return f'<img width="{shown.width}" height="{shown.height}" src="{escape(url(shown.address))}"{attributes}>'

    html = rewrite_links(document, site, language, url, embed=image)
    # In a feed reader, a fragment alone, as of a footnote, would lead into the page of that reader.
    content = _FRAGMENT_LINK.sub(lambda match: f"{match[1]}{escape(site.text_url(document))}#", html)
    content = link_outside_media(content, paths.absolute_url(site.url, "")) + _render_attribution(document, context)
    content = format_cover(document, site, context.messages) + Markup(content) + format_photos(document, site, context.messages)  # noqa: S704
    content = f'<div dir="{language.direction}" lang="{language.tag}">{content}</div>'
    return add_bidi_characters(content, language.direction)


def link_outside_media(html: str, root: str) -> str:
    """Return HTML that loads nothing from another host, which would know each subscriber: a picture is a link to it there.

    >>> link_outside_media('<img src="https://x.example/1" alt="Dijla"> <video controls src="https://x.example/2">', "https://a/")
    '<a href="https://x.example/1">Dijla</a> <video controls>'
    """

    def replace_media(match: re.Match[str]) -> str:
        if match[3].startswith(str(escape(root))):
            return match[0]
        if match[1] != "img":
            return f"<{match[1]}{match[2]}{match[4]}>"
        words = _ALT.search(match[0])
        return f'<a href="{match[3]}">{words[1] if words and words[1] else match[3]}</a>'

    return _MEDIA.sub(replace_media, html)


def _render_attribution(document: Document, context: FeedEntryContext) -> str:
    """Return a paragraph with a link to the original of a post, or an empty string."""
    original = document.provenance.original
    if not original:
        return ""
    label = original.removeprefix("https://").removeprefix("http://").strip("/")
    link = Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(original, label)
    return f"\n<p>{translate_sentence('source', context.messages, document.language) % {'link': link}}</p>"
