"""Authors, translators, topics, source and licence of a feed entry, with names in the language of the entry."""

from __future__ import annotations

from collections.abc import Iterator

from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.feeds.ids import is_iri, strip_invalid_xml


@dataclass(frozen=True, slots=True)
class Person:
    """An author, with the URL of their page in the language of the entry, if there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id for programs, its label for readers."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class PostSource:
    """Source of a member's post: its original URL, and the blog with its feed."""

    original: str
    blog: str
    page: str = ""
    feed: str = ""


def authors(document: Document, site: Site) -> Iterator[Person]:
    """Return the authors of a text; the author of a post that names none is its member."""
    identities = site.author_ids.get(document.path, ())
    if not identities and document.provenance.member:
        identities = (document.provenance.member,)
    for identity in identities:
        kind = "authors" if identity in site.authors else "members"
        address = site.family_address(f"{kind}/{identity}", document.language)
        name = strip_invalid_xml(site.author_name(identity, document.language))
        yield Person(name, paths.absolute_url(site.url, address) if address else "")


def translators(document: Document) -> tuple[str, ...]:
    """Return the names of the translators of a text."""
    return tuple(strip_invalid_xml(name) for name in document.translation.by) if document.translation else ()


def topics(document: Document, site: Site) -> Iterator[Topic]:
    """Return the topics of a text."""
    for identity in dict.fromkeys(document.topics):
        texts = site.get("topics", identity)
        yield Topic(identity, strip_invalid_xml(texts.best_for(document.language).title) if texts else identity)


def post_source(document: Document, site: Site) -> PostSource | None:
    """Return the source of a post; None for a text of this site."""
    provenance = document.provenance
    if not provenance.original:
        return None
    member = site.get("members", provenance.member)
    if member is None:
        return PostSource(provenance.original, "")
    best = member.best_for(document.language)
    feed = best.profile.feed if is_iri(best.profile.feed) else ""
    return PostSource(provenance.original, strip_invalid_xml(best.title), best.profile.site, feed)


def licence(document: Document, site: Site) -> str:
    """Return the licence that a post or its member states, or an empty string."""
    member = site.get("members", document.provenance.member)
    text = document.provenance.licence or (member.original.profile.licence if member else "")
    return strip_invalid_xml(text)
