"""What the pictures of the history show: texts by kind and time, and how many took part in conferences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from jisr.core.charts.svg import percent
from jisr.core.charts.timeline import Stop
from jisr.core.model.document import Document
from jisr.core.model.events import occasions, shown_day
from jisr.core.model.site import Site
from jisr.pages.links import Linker
from jisr.pages.lists.places import city_names
from jisr.pages.rows import row, year_of
from jisr.pages.views.entity_views import Attendance

HISTORY = ("conferences", "statements")  # what stands on the line in every language, whichever it was written in


def stops(texts: Iterable[Document], linker: Linker) -> dict[str, list[Stop]]:
    """Give texts by kind, in the order of the kinds with conferences first, as marks on a line of years."""
    site = linker.site
    kinds = dict.fromkeys(("conferences", *(kind.name for kind in site.kinds if kind.dated)))
    found: dict[str, list[Stop]] = {kind: [] for kind in kinds}
    cities = city_names(linker)
    for document in texts:
        if (day := _day(document, site)) is not None:
            origin = site.languages[site.sets[document.key].origin]
            here = document.language == linker.language
            found[document.kind].append(Stop(day, origin.script == "Arab", here, cities.get(document.key)))
    return found


def _day(document: Document, site: Site) -> date | None:
    day = shown_day(document)
    if isinstance(day, datetime):
        return (day.astimezone(site.timezone) if day.tzinfo else day).date()
    return day


def attendance(linker: Linker) -> tuple[Attendance, ...]:
    """Give how many took part in each conference that says so, first to last; nothing to compare is not shown."""
    site = linker.site
    found = []
    for texts in occasions(site):
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
            year_of(document, site) or 0,
            row(document, linker),
            count,
            rounded,
            percent(count / most * 100),
            percent(100 - count / most * 100),
        )
        for _, count, rounded, document in sorted(found, key=lambda one: (one[0], one[3].id))
    )
