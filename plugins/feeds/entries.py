"""A text as an entry of feeds: everything resolved, absolute, and in the direction of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup, escape

from plugins.core import addresses
from plugins.core.documents import Day, Document
from plugins.core.languages import Language
from plugins.core.links import body_html
from plugins.core.marks import marked
from plugins.core.site import Site, instant
from plugins.feeds.ids import Identity, in_xml

_WITHIN = re.compile(r'(<a\b[^<>]*?\bhref=")#')


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote, and their page on this site, if they have one in the reader's language."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a text is about: an id for machines, a name for readers."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a text, as all its feeds show it."""

    identity: Identity
    language: Language
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    content: str
    authors: tuple[Person, ...]
    translators: tuple[str, ...]
    topics: tuple[Topic, ...]
    original: str = ""  # where an imported text stood first


def entry(document: Document, site: Site, identity: Identity) -> Entry:
    """Give the entry of a text."""
    language = document.language
    url = addresses.absolute(site.url, addresses.text(language.tag, document.kind, document.id))
    return Entry(
        identity=identity,
        language=language,
        title=in_xml(marked(document.title, language)),
        url=url,
        published=moment(document.date, site),
        updated=moment(document.modified or document.date, site),
        summary=in_xml(marked(document.summary.strip(), language)),
        content=in_xml(_content(document, site, url)),
        authors=tuple(_authors(document, site)),
        translators=tuple(in_xml(name) for name in document.translation.by) if document.translation else (),
        topics=tuple(_topics(document, site)),
        original=document.provenance.original,
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


def _content(document: Document, site: Site, own: str) -> str:
    """Give the whole text in an element that says its language, for readers that keep ``lang`` and ``dir``."""
    html = body_html(document, site, document.language, url=lambda address: addresses.absolute(site.url, address))
    # A note's link within its text would lead into the reader's own page.
    whole = Markup(_WITHIN.sub(lambda found: f"{found[1]}{escape(own)}#", html))  # noqa: S704 (rendered by us)
    return str(Markup('<div dir="{}" lang="{}">{}</div>').format(document.language.direction, document.language.tag, whole))


def _authors(document: Document, site: Site) -> Iterator[Person]:
    """Give who wrote a text; a post that names nobody is its member's."""
    identities = site.author_ids.get(document.path, ())
    if not identities and document.provenance.member:
        identities = (document.provenance.member,)
    for identity in identities:
        kind = "authors" if identity in site.authors else "members"
        address = site.in_language(f"{kind}/{identity}", document.language)
        yield Person(in_xml(_name(identity, document.language, site)), addresses.absolute(site.url, address) if address else "")


def _name(identity: str, language: Language, site: Site) -> str:
    author = site.authors.get(identity)
    if author is not None:
        return author.name_for(language, site.languages).text
    member = site.get("members", identity)
    return member.best_for(language).title if member else identity


def _topics(document: Document, site: Site) -> Iterator[Topic]:
    for identity in dict.fromkeys(document.topics):
        texts = site.get("topics", identity)
        yield Topic(identity, in_xml(texts.best_for(document.language).title) if texts else identity)
