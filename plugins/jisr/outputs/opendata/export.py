"""Every text of a language as plain values: what its page says, without the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from markupsafe import Markup

from jisr.core.i18n.languages import Language
from jisr.core.model.document import Day, Document, Event, Words
from jisr.core.model.resolutions import number_of
from jisr.core.model.site import Site, instant
from jisr.core.urls import paths
from jisr.core.urls.link_rewriting import body_html

Values = dict[str, Any]


def collect(site: Site, language: Language) -> Values:
    """Give what the file of a language holds. What is not known has no key; what is hidden from listings is not here.

    Lists are made as they are asked for: together they are larger than the site.
    """
    documents = [version for one in site.sets.values() if (version := one.get(language.tag)) and version.listed]

    def records(kind: str) -> Iterator[Values]:
        return (_record(one, site) for one in documents if one.kind == kind)

    return {
        "$schema": paths.absolute(site.url, paths.DATA_SCHEMA),
        "language": language.tag,
        "direction": language.direction,
        "network": site.network.words(site.network.names, language, site.languages).text,
        "url": paths.absolute(site.url, paths.home(language.tag)),
        "texts": (text_values(one, site) for one in documents),
        "events": (_event(one, one.event, site) for one in documents if one.event is not None),
        "resolutions": (resolution for one in documents for resolution in _resolutions(one, site)),
        "members": records("members"),
        "organisations": records("organisations"),
        "people": records("people"),
    }


def _url(document: Document, site: Site, mark: str = "") -> str:
    return paths.absolute(site.url, paths.text(document.language.tag, document.kind, document.id) + mark)


def text_values(document: Document, site: Site) -> Values:
    """Give a text as plain values."""
    found: Values = {
        "kind": document.kind,
        "id": document.id,
        "url": _url(document, site),
        "title": document.title,
        "languages": {one.language.tag: _url(one, site) for one in site.sets[document.key].listed},
        "html": str(body_html(document, site, document.language, lambda address: paths.absolute(site.url, address))),
        "text": document.body.plain,
        "date": _day(document.date, site),
        "modified": _day(document.modified, site),
        "expires": _day(document.expires, site),
        "summary": document.summary,
        "authors": [_author(identity, document, site) for identity in site.author_ids.get(document.path, ())],
        "topics": list(document.topics),
        "workgroups": list(document.workgroups),
        "answers": [{"resolution": one.resolution, "kept": one.kept} for one in document.answers],
        "licence": document.provenance.licence,
        "source": document.provenance.original,
    }
    if document.translation is not None:
        found["translation"] = _stated({"of": document.translation.of, "by": list(document.translation.by)})
    return _stated(found)


def _stated(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _day(day: Day | None, site: Site) -> str | None:
    """Give a day as ISO 8601; a stated time with the offset of the network."""
    if isinstance(day, datetime):
        return instant(day, site.timezone).isoformat()
    return day.isoformat() if day is not None else None


def _author(identity: str, document: Document, site: Site) -> Values:
    author = site.authors.get(identity)
    if author is not None:
        return {"id": identity, "name": author.name_for(document.language, site.languages).text}
    member = site.get("members", identity)
    return {"id": identity, "name": member.best_for(document.language).title if member else identity}


def _words(words: Words | None) -> str | None:
    return words.text if words is not None else None


def _event(document: Document, event: Event, site: Site) -> Values:
    place, registration = event.place, event.registration
    return _stated(
        {
            "id": document.id,
            "url": _url(document, site),
            "title": document.title,
            "start": _day(event.start, site),
            "end": _day(event.end, site),
            "timezone": event.timezone or site.timezone.key,
            "place": _words(place.name),
            "city": _words(place.city),
            "country": _words(place.country),
            "latitude": place.latitude,
            "longitude": place.longitude,
            "participants": event.participants,
            "participants_about": event.participants_about,
            "registration_closes": _day(registration.closes, site),
            "supporters": [one.text for one in event.supporters],
            "documents": list(event.documents),
        }
    )


def _resolutions(document: Document, site: Site) -> Iterator[Values]:
    """Give the resolutions of a statement, each with what became of it where it is followed up."""
    standing = {one.anchor: one for one in site.commitments.get(document.id, ())} if document.kind == "statements" else {}
    for one in document.body.resolutions:
        found = standing.get(one.anchor)
        yield _stated(
            {
                "statement": document.id,
                "number": number_of(one.anchor),
                "anchor": one.anchor,
                "url": _url(document, site, f"#{one.anchor}"),
                "text": " ".join(_plain(one.html).split()),
                "state": found.state if found else "",
                "due": _day(found.due, site) if found else None,
            }
        )


def _plain(html: str) -> str:
    """Give the words of a resolution; what stands on a line of its own stays apart."""
    return str(Markup(html.replace("<", " <") if "<li" in html else html).striptags())  # noqa: S704 (rendered by us)


def _record(document: Document, site: Site) -> Values:
    profile = document.profile
    return _stated(
        {
            "id": document.id,
            "url": _url(document, site),
            "name": document.title,
            "other_names": list(document.names),
            "site": profile.site,
            "feed": profile.feed,
            "city": _words(profile.city),
            "organisations": list(document.organisations),
        }
    )
