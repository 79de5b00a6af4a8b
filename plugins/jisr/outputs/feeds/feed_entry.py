"""A text as an entry of feeds: everything resolved, absolute, and in the direction of its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime

from markupsafe import Markup, escape

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Messages
from jisr.core.i18n.dates import format_date
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import sentence
from jisr.core.model.document import Day, Document
from jisr.core.model.site import Site, instant
from jisr.core.urls import paths
from jisr.core.urls.link_rewriting import body_html
from jisr.outputs.feeds.bidi_text import characters, sealed
from jisr.outputs.feeds.entry_people import Origin, Person, Topic, authors, licence, origin, topics, translators
from jisr.outputs.feeds.ids import Identity, in_xml
from jisr.outputs.feeds.image_size import Picture

_WITHIN = re.compile(r'(<a\b[^<>]*?\bhref=")#')
_IMAGE = re.compile(r'<img\b(?![^<>]*\b(?:width|height)=)[^<>]*?\bsrc="([^"]*)"')
EXCERPT = 160  # characters, of a text without a summary where a format asks for one


@dataclass(frozen=True, slots=True)
class Translated:
    """The same text in another language."""

    language: Language
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a text, as all its feeds show it."""

    identity: Identity
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
    translations: tuple[Translated, ...] = ()
    cover: Picture | None = None
    origin: Origin | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What entries are made from: the site, its words, and the published pictures by their URL."""

    site: Site
    messages: Messages
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def entry(document: Document, identity: Identity, desk: Desk) -> Entry:
    """Give the entry of a text."""
    site, language = desk.site, document.language
    stated = document.summary.strip()
    summary = in_xml(sealed(stated, language))
    return Entry(
        identity=identity,
        language=language,
        title=in_xml(sealed(document.title, language)),
        url=_url(document, site),
        published=moment(document.date, site),
        updated=moment(document.modified or document.date, site),
        day=format_date(document.date, language) if document.date else "",
        summary=summary,
        excerpt=summary or in_xml(sealed(_cut(document.body.plain), language)),
        content=in_xml(_content(document, desk)),
        authors=tuple(authors(document, site)),
        translators=translators(document),
        topics=tuple(topics(document, site)),
        translations=tuple(
            Translated(other.language, _url(other, site))
            for other in site.sets[document.key].listed
            if other.language != language
        ),
        cover=_cover(document, desk),
        origin=origin(document, site),
        licence=licence(document, site),
    )


def moment(day: Day | None, site: Site) -> datetime:
    """Give the moment a text is dated with, as RFC 3339 can write it; the site's first moment where it has no date.

    Before there were time zones, offsets had seconds (Baghdad +02:57:36), which https://www.rfc-editor.org/rfc/rfc3339 lacks.
    """
    if day is None:
        return first_moment(site)
    known = instant(day, site.timezone)
    offset = known.utcoffset()
    return known.astimezone(UTC) if offset is None or offset.total_seconds() % 60 else known


def first_moment(site: Site) -> datetime:
    """Give when the site's ids begin: the first day of the year in its tag authority. It dates what is empty."""
    return datetime(int(site.policy.tag_authority.partition(",")[2][:4]), 1, 1, tzinfo=UTC)


def _url(document: Document, site: Site) -> str:
    return paths.absolute(site.url, paths.text(document.language.tag, document.kind, document.id))


def _cut(text: str) -> str:
    """Give the beginning of a text, cut between words."""
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT else plain[:EXCERPT].rpartition(" ")[0].rstrip("،,;؛:") + " …"


def _cover(document: Document, desk: Desk) -> Picture | None:
    if document.cover is None:
        return None
    address = paths.bundled(document.kind, document.id, document.cover.file)
    return desk.pictures.get(paths.absolute(desk.site.url, address))


def _content(document: Document, desk: Desk) -> str:
    """Give the whole text in an element that says its language, with its directions as characters besides."""
    site, language = desk.site, document.language
    html = body_html(document, site, language, url=lambda address: paths.absolute(site.url, address))
    # A note's link within its text would lead into the reader's own page.
    whole = _WITHIN.sub(lambda found: f"{found[1]}{escape(_url(document, site))}#", html)
    whole = _sized(whole, desk) + _attribution(document, desk)
    wrapped = f'<div dir="{language.direction}" lang="{language.tag}">{whole}</div>'
    return characters(wrapped, language.direction)


def _sized(html: str, desk: Desk) -> str:
    """Give HTML whose pictures say how large they are, so that a text doesn't jump while they load."""
    if "<img" not in html:
        return html

    def sized(found: re.Match[str]) -> str:
        picture = desk.pictures.get(str(Markup(found[1]).unescape()))  # noqa: S704 (an attribute that we wrote)
        if picture is None or not picture.width:
            return found[0]
        return found[0].replace("<img", f'<img width="{picture.width}" height="{picture.height}"', 1)

    return _IMAGE.sub(sized, html)


def _attribution(document: Document, desk: Desk) -> str:
    """Give the line that says where a post stood first."""
    original = document.provenance.original
    if not original:
        return ""
    shown = original.removeprefix("https://").removeprefix("http://").strip("/")
    link = Markup('<a href="{}"><bdi dir="ltr">{}</bdi></a>').format(original, shown)
    return f"\n<p>{sentence('source', desk.messages, document.language) % {'link': link}}</p>"
