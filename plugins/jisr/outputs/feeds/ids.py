"""Ids of feeds and entries, which stay the same when the address of the site, of a text or of a feed changes."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FeedSpec

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_VALID_XML = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*+")
_INVALID_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class EntryIdentity:
    """Ids of an entry: ``iri`` in Atom and JSON Feed, ``guid`` in RSS, which allows any string."""

    iri: str
    guid: str


def feed_id(spec: FeedSpec, site: Site) -> str:
    """Return the id of a feed, a tag URI (https://www.rfc-editor.org/rfc/rfc4151) of its language and collection."""
    parts = ["feed", *([spec.language.tag] if spec.language else []), *([spec.collection] if spec.collection else [])]
    return f"tag:{site.policy.tag_authority}:{'/'.join(parts)}"


@query
def find_identity(site: Site, kind: str, identity: str, tag: str) -> EntryIdentity:
    """Return the identity of a version of a text; all texts together decide which of them keeps an imported guid."""
    path = site.version(kind, identity, tag).path
    return site.once("identities of entries", lambda: assign_identities(site))[path]


def assign_identities(site: Site) -> Mapping[str, EntryIdentity]:
    """Return the identity of each version of each text by its path.

    An imported guid is kept, so that no subscriber sees old posts as new. Of several texts with one guid the first by kind,
    id and language keeps it, since an id may occur in a feed once: https://www.rfc-editor.org/rfc/rfc4287#section-4.2.6.
    In Atom an id is an IRI: a guid that is not one is used in RSS only.
    """
    identities: dict[str, EntryIdentity] = {}
    taken: set[str] = set()
    for key in sorted(site.sets):
        for document in site.sets[key].versions:
            one = assign_identity(document, site, taken)
            taken.add(one.guid)
            identities[document.path] = one
    return identities


def assign_identity(document: Document, site: Site, taken: Container[str] = ()) -> EntryIdentity:
    """Return the identity of a version of a text; a guid that is already taken is replaced by the tag URI."""
    own = _tag_uri(document, site)
    guid = strip_invalid_xml(document.provenance.guid).strip()
    if not guid or guid in taken:
        guid = own
    return EntryIdentity(guid if is_iri(guid) else own, guid)


def strip_invalid_xml(text: str) -> str:
    r"""Return a text without the characters that XML does not allow (https://www.w3.org/TR/xml/#charsets).

    >>> strip_invalid_xml("بيان\ufffe\x00")
    'بيان'
    """
    return text if _VALID_XML.fullmatch(text) else _INVALID_XML.sub("", text)


def is_iri(text: str) -> bool:
    """Whether a text can be an id in Atom: it begins with a scheme and has only characters of an IRI (RFC 3987).

    >>> is_iri("https://blog.example.org/بيان"), is_iri("42")
    (True, False)
    """
    return _IRI.fullmatch(text) is not None


def _tag_uri(document: Document, site: Site) -> str:
    """Return the tag URI of a text, with the folder in which it was first published, if its aliases name it.

    The old address of a renamed folder is in ``aliases`` (of each version), so that links keep working; so does the id.
    """
    identity = paths.first_id(document.language.tag, document.kind, document.id, document.aliases)
    return f"tag:{site.policy.tag_authority}:{document.kind}/{identity}/{document.language.tag}"
