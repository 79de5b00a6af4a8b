"""What the pictures of the history show: texts by kind and time, and how many took part in conferences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from jisr.core.charts.svg import format_percent
from jisr.core.charts.timeline import TimelineItem
from jisr.core.model.document import Document
from jisr.core.model.events import listed_conferences, listing_date
from jisr.core.model.site import Site
from jisr.pages.links import Linker
from jisr.pages.lists.places import city_names
from jisr.pages.rows import display_year, listing_row
from jisr.pages.views.entity_views import Attendance

HISTORY_KINDS = ("conferences", "statements")  # what stands on the line in every language, whichever it was written in


def timeline_stops(texts: Iterable[Document], linker: Linker) -> dict[str, list[TimelineItem]]:
    """Return texts by kind, in the order of the kinds with conferences first, as marks on a line of years."""
    site = linker.site
    kinds = dict.fromkeys(("conferences", *(kind.name for kind in site.kinds if kind.dated)))
    found: dict[str, list[TimelineItem]] = {kind: [] for kind in kinds}
    cities = city_names(linker)
    for document in texts:
        if (day := _local_day(document, site)) is not None:
            origin = site.languages[site.sets[document.key].origin]
            here = document.language == linker.language
            found[document.kind].append(TimelineItem(day, origin.script == "Arab", here, cities.get(document.key)))
    return found


def _local_day(document: Document, site: Site) -> date | None:
    day = listing_date(document)
    if isinstance(day, datetime):
        return (day.astimezone(site.timezone) if day.tzinfo else day).date()
    return day


def conference_attendance(linker: Linker) -> tuple[Attendance, ...]:
    """Return how many took part in each conference that says so, first to last; nothing to compare is not shown."""
    site = linker.site
    found = []
    for texts in listed_conferences(site):
        event = texts.original.event
        stated = (event.participants, event.participants_about) if event else (None, None)
        count = stated[0] if stated[0] is not None else stated[1]
        document = texts.best_for(linker.language)
        if count is not None and document.listed:
            found.append((str(event.start) if event else "", count, stated[0] is None, document))
    if len(found) < 2:
        return ()
    most = max(*(count for _, count, _, _ in found), 1)
    return tuple(
        Attendance(
            display_year(document, site) or 0,
            listing_row(document, linker),
            count,
            rounded,
            format_percent(count / most * 100),
            format_percent(100 - count / most * 100),
        )
        for _, count, rounded, document in sorted(found, key=lambda one: (one[0], one[3].id))
    )
