"""Ids of feeds and entries, which stay the same when the address of the site, of a text or of a feed changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from urllib.parse import urlsplit

from jisr.core.build.queries import query
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site, to_timestamp
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FeedSpec

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_INVALID_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    document = site.version(kind, identity, tag)
    if not document.provenance.guid:
        return _identity(own := _tag_uri(document, site), own)
    return site.once("identities of entries", lambda: assign_identities(site))[document.path]


def assign_identities(site: Site) -> Mapping[str, EntryIdentity]:
    """Return the identity of each version of each text by its path.

    An imported guid is kept, so that no subscriber sees old posts as new. Of several texts with one guid the one that had it
    first keeps it, since an id may occur in a feed once (https://www.rfc-editor.org/rfc/rfc4287#section-4.2.6) and a reader
    takes what comes with a known id for a new version. In Atom an id is an IRI: a guid that is not one is used in RSS only.
    """
    documents = [document for key in sorted(site.sets) for document in _original_first(site.sets[key])]
    tags = {document.path: _tag_uri(document, site) for document in documents}
    of_texts = frozenset(tags.values())
    claims = defaultdict[str, list[Document]](list)
    for document in documents:
        if document.provenance.guid and (guid := _stated_guid(document, tags[document.path], of_texts, site)):
            claims[guid].append(document)
    holders = {holder.path: guid for guid, claimants in claims.items() if (holder := _first_holder(claimants, site))}
    return {path: _identity(holders.get(path, tag), tag) for path, tag in tags.items()}


def _original_first(texts: TranslationSet) -> list[Document]:
    return sorted(texts.versions, key=lambda version: version.language.tag != texts.origin)


def _stated_guid(document: Document, own: str, of_texts: Container[str], site: Site) -> str:
    """Return the guid of a text; an empty one where it is an id that this site gives to another text, or keeps for one."""
    guid = strip_invalid_xml(document.provenance.guid).strip()
    is_of_another = guid != own and guid in of_texts
    is_reserved = document.kind == "posts" and guid.casefold().startswith(f"tag:{site.policy.tag_authority}:".casefold())
    return "" if is_of_another or (is_reserved and guid != own) else guid


def _first_holder(claimants: Sequence[Document], site: Site) -> Document | None:
    """Return the text that had a guid first; None where that is not recorded: then none of them has it."""
    ranked = sorted(claimants, key=lambda document: _guid_rank(document, site))
    first = ranked[0]
    is_tied = any(_owner(one) != _owner(first) and _guid_rank(one, site) == _guid_rank(first, site) for one in ranked[1:])
    return None if is_tied else first


def _guid_rank(document: Document, site: Site) -> tuple[float, bool]:
    """Return since when a text is recorded to have its guid, then whether that is an address of another host than its owner's.

    A post has it since it was fetched; its own date is what its feed says. A text written here has it since its date.
    """
    provenance = document.provenance
    member = site.get("members", _owner(document))
    profile = member.original.profile if member else None
    addresses = (profile.site, profile.feed) if profile else (site.url,)
    host = _host(provenance.guid)
    is_elsewhere = not host or host not in map(_host, addresses)
    return to_timestamp(provenance.fetched or document.date, site.timezone), is_elsewhere


def _owner(document: Document) -> str:
    """Return the member within which the guid of a text counts; an empty string for a text written here."""
    return document.provenance.member if document.kind == "posts" else ""


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def _identity(guid: str, own: str) -> EntryIdentity:
    return EntryIdentity(guid if guid != own and is_iri(guid) else own, guid)


def strip_invalid_xml(text: str) -> str:
    r"""Return a text without the characters that XML does not allow (https://www.w3.org/TR/xml/#charsets).

    >>> strip_invalid_xml("بيان\ufffe\x00")
    'بيان'
    """
    return _INVALID_XML.sub("", text)


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
    own = document.id
    identity = paths.first_id(document.language.tag, document.kind, own, document.aliases) if document.aliases else own
    return f"tag:{site.policy.tag_authority}:{document.kind}/{identity}/{document.language.tag}"
