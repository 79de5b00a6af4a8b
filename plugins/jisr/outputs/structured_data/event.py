"""A conference as an Event (https://schema.org/Event): when, where, who holds and who supports it, what came of it."""

from __future__ import annotations

from datetime import datetime

from jisr.core.model.document import Day, Document, Event, Venue
from jisr.core.model.events import reports_of, zone_of
from jisr.core.model.site import Site, instant
from jisr.outputs.structured_data.creative_work import Node, network, url_of


def event_id(document: Document, site: Site) -> str:
    """Give the id of a conference as an event; its page, which tells of it, has another."""
    return f"{url_of(document, site)}#event"


def occasion(document: Document, event: Event, site: Site) -> Node:
    """Give the event that a version of a conference tells of, in the words of that version."""
    node: Node = {
        "@type": "Event",
        "@id": event_id(document, site),
        "url": url_of(document, site),
        "name": document.title,
        "inLanguage": document.language.tag,
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "organizer": network(document, site),
        "startDate": _when(event.start, event, site),
    }
    if event.end is not None:
        node["endDate"] = _when(event.end, event, site)
    if place := _place(event.place):
        node["location"] = place
    if event.supporters:
        node["funder"] = [{"@type": "Organization", "name": one.text} for one in event.supporters]
    keys = [("statements", identity) for identity in event.documents] + list(reports_of(document, site))
    if told := [url_of(site.sets[key].best_for(document.language), site) for key in keys if key in site.sets]:
        node["subjectOf"] = [{"@id": one} for one in told]
    if document.summary:
        node["description"] = document.summary
    return node


def _when(day: Day, event: Event, site: Site) -> str:
    """Give a day, or a moment with the offset that holds where the conference is."""
    return instant(day, zone_of(event, site.timezone)).isoformat() if isinstance(day, datetime) else day.isoformat()


def _place(venue: Venue) -> Node:
    """Give where it takes place; nothing where nothing is said of it."""
    place: Node = {"name": venue.name.text} if venue.name else {}
    stated = {"addressLocality": venue.city, "addressCountry": venue.country}
    if address := {name: words.text for name, words in stated.items() if words}:
        place["address"] = {"@type": "PostalAddress", **address}
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return {"@type": "Place", **place} if place else {}
