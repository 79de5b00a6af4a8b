"""The contact card of an organisation, a workgroup or a person for address books: vCard 4.0 (RFC 6350).

What its versions name otherwise stands there once a language, the original first, all under one ALTID: an address book shows
one of them. Direction marks are left out, since they would be part of the name that is searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from uuid import NAMESPACE_URL, uuid5

from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInline, vText

from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import Site, to_datetime
from jisr.core.urls import paths
from jisr.core.urls.contact_addresses import dial_uri, signal_url

_KINDS = {"organisations": "org", "workgroups": "group", "people": "individual"}
_KEY_TYPE = "application/pgp-keys"
_Parts = tuple[LocalizedText | None, ...]  # of a value: those of ADR and N have several


def render_contact_card(site: Site, kind: str, identity: str) -> bytes:
    """Return the card as a file: UTF-8, in lines of at most 75 bytes that end in CR and LF."""
    texts = site.sets[kind, identity]
    versions = sorted(texts.listed, key=lambda one: one.language.tag != texts.origin)
    return b"".join(line.to_ical() + b"\r\n" for line in _list_lines(versions, site))  # type: ignore[no-untyped-call]


def _list_lines(versions: Sequence[Document], site: Site) -> Iterator[Contentline]:
    first = versions[0]
    yield from (_line("BEGIN", "VCARD"), _line("VERSION", "4.0"), _line("KIND", _KINDS[first.kind]))
    yield _line("UID", vInline(uuid5(NAMESPACE_URL, site.tag_uri(*first.key)).urn))
    yield _line("SOURCE", vInline(paths.absolute_url(site.url, paths.contact_card(*first.key))))
    if days := [to_datetime(one.modified, site.timezone) for one in versions if one.modified]:
        yield _line("REV", max(days).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    yield from _names(versions, site)
    yield from _in_languages("NOTE", "3", versions, lambda one: (_words(one.summary, one),))
    yield from _addresses(first, site)
    yield from _place(versions)
    yield from _keys(first, site)
    yield _line("END", "VCARD")


def _names(versions: Sequence[Document], site: Site) -> Iterator[Contentline]:
    first = versions[0]
    yield from _in_languages("FN", "1", versions, lambda one: (_words(one.title, one),))
    if first.kind == "organisations":
        yield from _in_languages("ORG", "2", versions, lambda one: (_words(one.title, one),))
    elif first.kind == "people":
        # Names of the region are given names in a row: nobody can tell which of them is a family's.
        yield from _in_languages("N", "2", versions, lambda one: (None, _words(one.title, one), None, None, None))
    for number, identity in enumerate(first.organisations):
        if texts := site.get("organisations", identity):
            yield from _in_languages("ORG", f"2{number}", texts.listed, lambda one: (_words(one.title, one),))
    for name in dict.fromkeys(name for one in versions for name in one.names):
        yield _line("NICKNAME", name)


def _addresses(document: Document, site: Site) -> Iterator[Contentline]:
    """Return mail, phone, Signal and web; no mailing list: a letter to a contact is not meant for all who read that."""
    contact = document.contact
    if contact.email:
        yield _line("EMAIL", contact.email)
    if number := dial_uri(contact.phone):
        yield _line("TEL", vInline(number), VALUE="uri", TYPE="voice")
    if url := signal_url(contact.signal):
        yield _line("SOCIALPROFILE", vInline(url), SERVICE_TYPE="Signal")
    elif contact.signal:
        yield _line("SOCIALPROFILE", contact.signal, SERVICE_TYPE="Signal", VALUE="text")
    for url in filter(None, (document.profile.site, site.text_url(document))):
        yield _line("URL", vInline(url))


def _place(versions: Sequence[Document]) -> Iterator[Contentline]:
    """Return where it is as its contact says, else the city that is stated of it."""
    yield from _in_languages("ADR", "4", versions, _address_parts)
    place = versions[0].contact.place
    if place.latitude is not None and place.longitude is not None:
        yield _line("GEO", vInline(f"geo:{place.latitude},{place.longitude}"))


def _address_parts(document: Document) -> _Parts:
    place = document.contact.place
    return (None, None, place.name, place.city or document.profile.city, None, None, place.country)


def _keys(document: Document, site: Site) -> Iterator[Contentline]:
    contact = document.contact
    if contact.pgp:
        address = paths.absolute_url(site.url, paths.bundle_file_path(*document.key, contact.pgp))
        yield _line("KEY", vInline(address), MEDIATYPE=_KEY_TYPE)
    if contact.fingerprint:
        yield _line("KEY", vInline(f"openpgp4fpr:{contact.fingerprint}"))


def _words(text: str, document: Document) -> LocalizedText | None:
    return LocalizedText(text, document.language) if text else None


def _in_languages(
    name: str, number: str, versions: Iterable[Document], select: Callable[[Document], _Parts]
) -> Iterator[Contentline]:
    """Return a line for each way in which versions write a value, each with its language."""
    values = dict.fromkeys(parts for one in versions if any(parts := select(one)))
    for parts in values:
        language = next(one.language for one in parts if one)
        value = ";".join(vText(one.text).to_ical().decode() if one else "" for one in parts)
        yield _line(name, vInline(value), LANGUAGE=language.tag, **({"ALTID": number} if len(values) > 1 else {}))


def _line(name: str, value: str, **parameters: str) -> Contentline:
    """Return a line; a plain string is a text, whose signs are escaped."""
    given = Parameters({key.replace("_", "-"): one for key, one in parameters.items()})
    value = value if isinstance(value, vInline) else vText(value)
    return Contentline.from_parts(name, given, value, sorted=False)  # type: ignore[no-any-return]
