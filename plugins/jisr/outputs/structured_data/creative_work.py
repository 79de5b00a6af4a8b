"""Values that the description of every work needs: its publisher, its dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jisr.core.model.document import Day, Document
from jisr.core.model.site import Site, to_datetime
from jisr.core.urls import paths

JsonLdNode = dict[str, Any]


def build_organization(document: Document, site: Site) -> JsonLdNode:
    """Return the network as an Organization, named in the language of a text."""
    home = paths.absolute_url(site.url, paths.home(document.language.tag))
    return {"@type": "Organization", "name": site.network_name(document.language), "url": home}


def format_iso(day: Day, site: Site) -> str:
    """Return a date, or a time with its offset (ISO 8601)."""
    return to_datetime(day, site.timezone).isoformat() if isinstance(day, datetime) else day.isoformat()
