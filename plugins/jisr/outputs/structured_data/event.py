"""A conference as an Event (https://schema.org/Event): time, place, organizer, funders, and texts about it."""

from __future__ import annotations

from datetime import datetime

from jisr.core.model.document import Day, Document, Event, Venue
from jisr.core.model.events import event_timezone, find_reports
from jisr.core.model.site import Site, to_datetime
from jisr.outputs.structured_data.creative_work import JsonLdNode, build_organization


def event_id(document: Document, site: Site) -> str:
    """Return the id of a conference as an event, which differs from that of its page."""
    return f"{site.text_url(document)}#event"


def build_event(document: Document, event: Event, site: Site) -> JsonLdNode:
    """Return the event of a version of a conference, in the language of that version."""
    node: JsonLdNode = {
        "@type": "Event",
        "@id": event_id(document, site),
        "url": site.text_url(document),
        "name": document.title,
        "inLanguage": document.language.tag,
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "organizer": build_organization(document, site),
        "startDate": _format_time(event.start, event, site),
    }
    if event.end is not None:
        node["endDate"] = _format_time(event.end, event, site)
    if place := _build_place(event.place):
        node["location"] = place
    if event.supporters:
        node["funder"] = [{"@type": "Organization", "name": one.text} for one in event.supporters]
    keys = [("statements", identity) for identity in event.documents] + list(find_reports(document, site))
    if subjects := [site.text_url(site.sets[key].best_for(document.language)) for key in keys if key in site.sets]:
        node["subjectOf"] = [{"@id": one} for one in subjects]
    if document.summary:
        node["description"] = document.summary
    return node


def _format_time(day: Day, event: Event, site: Site) -> str:
    """Return a date, or a time with the offset in the time zone of the conference."""
    return to_datetime(day, event_timezone(event, site.timezone)).isoformat() if isinstance(day, datetime) else day.isoformat()


def _build_place(venue: Venue) -> JsonLdNode:
    """Return the Place of an event, or an empty dict if nothing is known of it."""
    place: JsonLdNode = {"name": venue.name.text} if venue.name else {}
    parts = {"addressLocality": venue.city, "addressCountry": venue.country}
    if address := {name: words.text for name, words in parts.items() if words}:
        place["address"] = {"@type": "PostalAddress", **address}
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return {"@type": "Place", **place} if place else {}
