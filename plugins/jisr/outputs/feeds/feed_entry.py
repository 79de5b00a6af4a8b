"""A text as an entry of feeds: everything resolved, absolute, and in the direction of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime

from markupsafe import Markup, escape

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.dates import format_date
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Day, Document
from jisr.core.model.site import Site, to_datetime
from jisr.core.schema.field_types import field_value
from jisr.core.urls import paths
from jisr.core.urls.link_rewriting import rewrite_links
from jisr.outputs.feeds.bidi_text import add_bidi_characters, mark_plain_text
from jisr.outputs.feeds.entry_people import Person, PostSource, Topic, authors, licence, post_source, topics, translators
from jisr.outputs.feeds.ids import EntryIdentity, strip_invalid_xml
from jisr.outputs.feeds.image_size import PublishedImage

_FRAGMENT_LINK = re.compile(r'(<a\b[^<>]*?\bhref=")#')
_UNSIZED_IMAGE = re.compile(r'<img\b(?![^<>]*\b(?:width|height)=)[^<>]*?\bsrc="([^"]*)"')
EXCERPT_LENGTH = 160  # characters, of a text without a summary where a format asks for one


@dataclass(frozen=True, slots=True)
class TranslationLink:
    """The same text in another language."""

    language: Language
    url: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One version of a text, as all its feeds show it."""

    identity: EntryIdentity
    language: Language
    title: str
    url: str
    published: datetime
    updated: datetime
    day: str  # of publication, as the language writes it
    summary: str
    excerpt: str  # the summary, else the beginning of the text
    content: str
    authors: tuple[Person, ...]
    translators: tuple[str, ...]
    topics: tuple[Topic, ...]
    translations: tuple[TranslationLink, ...] = ()
    cover: PublishedImage | None = None
    origin: PostSource | None = None
    licence: str = ""
    dublin_core: tuple[
        tuple[str, str], ...
    ] = ()  # elements that fields declare as ``dc:…``, without the prefix, and their words


@dataclass(frozen=True, slots=True)
class FeedEntryContext:
    """What entries are made from: the site, its words, and the published pictures by their URL."""

    site: Site
    messages: Catalogs
    images: Mapping[str, PublishedImage] = field(default_factory=dict)


def build_entry(document: Document, identity: EntryIdentity, desk: FeedEntryContext) -> FeedEntry:
    """Return the entry of a text."""
    site, language = desk.site, document.language
    stated = document.summary.strip()
    summary = strip_invalid_xml(mark_plain_text(stated, language))
    return FeedEntry(
        identity=identity,
        language=language,
        title=strip_invalid_xml(mark_plain_text(document.title, language)),
        url=_text_url(document, site),
        published=entry_time(document.date, site),
        updated=entry_time(document.modified or document.date, site),
        day=format_date(document.date, language) if document.date else "",
        summary=summary,
        excerpt=summary or strip_invalid_xml(mark_plain_text(_truncate(document.body.first_paragraph), language)),
        content=strip_invalid_xml(_render_content(document, desk)),
        authors=tuple(authors(document, site)),
        translators=translators(document),
        topics=tuple(topics(document, site)),
        translations=tuple(
            TranslationLink(other.language, _text_url(other, site))
            for other in site.sets[document.key].listed
            if other.language != language
        ),
        cover=_cover_image(document, desk),
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
    """Return the moment a text is dated with, as RFC 3339 can write it; the site's first moment where it has no date.

    Before there were time zones, offsets had seconds (Baghdad +02:57:36), which https://www.rfc-editor.org/rfc/rfc3339 lacks.
    """
    if day is None:
        return earliest_time(site)
    known = to_datetime(day, site.timezone)
    offset = known.utcoffset()
    return known.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else known


def earliest_time(site: Site) -> datetime:
    """Return when the site's ids begin: the first day of the year in its tag authority. It dates what is empty."""
    return datetime(int(site.policy.tag_authority.partition(",")[2][:4]), 1, 1, tzinfo=UTC)


def _text_url(document: Document, site: Site) -> str:
    return paths.absolute_url(site.url, paths.text(document.language.tag, document.kind, document.id))


def _truncate(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT_LENGTH else plain[:EXCERPT_LENGTH].rpartition(" ")[0].rstrip("،,;؛:") + " …"


def _cover_image(document: Document, desk: FeedEntryContext) -> PublishedImage | None:
    if document.cover is None:
        return None
    address = paths.bundle_file_path(document.kind, document.id, document.cover.file)
    return desk.images.get(paths.absolute_url(desk.site.url, address))


def _render_content(document: Document, desk: FeedEntryContext) -> str:
    """Return the whole text in an element that says its language, with its directions as characters besides."""
    site, language = desk.site, document.language
    html = rewrite_links(document, site, language, url=lambda address: paths.absolute_url(site.url, address))
    # A note's link within its text would lead into the reader's own page.
    whole = _FRAGMENT_LINK.sub(lambda found: f"{found[1]}{escape(_text_url(document, site))}#", html)
    whole = _add_image_sizes(whole, desk) + _render_attribution(document, desk)
    wrapped = f'<div dir="{language.direction}" lang="{language.tag}">{whole}</div>'
    return add_bidi_characters(wrapped, language.direction)


def _add_image_sizes(html: str, desk: FeedEntryContext) -> str:
    """Return HTML whose pictures say how large they are, so that a text doesn't jump while they load."""
    if "<img" not in html:
        return html

    def sized(found: re.Match[str]) -> str:
        picture = desk.images.get(str(Markup(found[1]).unescape()))  # noqa: S704 (an attribute that we wrote)
        if picture is None or not picture.width:
            return found[0]
        return found[0].replace("<img", f'<img width="{picture.width}" height="{picture.height}"', 1)

    return _UNSIZED_IMAGE.sub(sized, html)


def _render_attribution(document: Document, desk: FeedEntryContext) -> str:
    """Return the line that says where a post stood first."""
    original = document.provenance.original
    if not original:
        return ""
    shown = original.removeprefix("https://").removeprefix("http://").strip("/")
    link = Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(original, shown)
    return f"\n<p>{translate_sentence('source', desk.messages, document.language) % {'link': link}}</p>"
