"""The rows of listings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from jisr.core.model.document import Document, LocalizedText, TranslationSet
from jisr.core.model.events import event_stage, listing_date
from jisr.core.model.site import Site, to_timestamp
from jisr.pages.links import Linker
from jisr.pages.views.component_views import Face, ListingRow, YearGroup


def listing_row(document: Document, linker: Linker) -> ListingRow:
    """Return a text as a row: title, day, summary, its other languages."""
    event = document.event
    return ListingRow(
        title=LocalizedText(document.title, document.language),
        url=linker.text_url(document),
        kind=document.kind,
        day=listing_date(document),
        until=event.end if event else None,
        summary=LocalizedText(document.summary, document.language) if document.summary else None,
        languages=linker.other_versions(document),
        face=_document_face(document, linker.site),
        member=_member_name(document, linker),
        place=event.place.city if event else None,
        state=_event_state(document, linker.site),
    )


def _event_state(document: Document, site: Site) -> str:
    """Return the stage of a conference that is not over, else an empty string."""
    stage = event_stage(document.event, site.now, site.timezone, site.policy.closing_days) if document.event else "past"
    return "" if stage == "past" else stage


def group_by_year(documents: Iterable[Document], linker: Linker) -> tuple[YearGroup, ...]:
    """Return texts in groups of a year, newest first by the day that is shown of them."""
    site = linker.site
    groups = groupby(sort_by_day(documents, site), key=lambda document: display_year(document, site))
    return tuple(YearGroup(year, tuple(listing_row(document, linker) for document in members)) for year, members in groups)


def sort_by_day(documents: Iterable[Document], site: Site) -> list[Document]:
    """Sort texts that are newest first by the day that is shown of them: a conference by when it begins."""
    return sorted(documents, key=lambda one: to_timestamp(listing_date(one), site.timezone), reverse=True)


def display_year(document: Document, site: Site) -> int | None:
    """Return the year of the day that is shown of a text, where the network is."""
    day = listing_date(document)
    if isinstance(day, datetime) and day.tzinfo:
        return day.astimezone(site.timezone).year
    return day.year if day else None


def member_face(texts: TranslationSet) -> Face:
    """Return the face of a member: the first letter of its name in its own language, in the shape of that script."""
    letter = initial(texts.original.title)
    return Face(letter, unicodedata.name(letter, "").startswith("ARABIC"))


def initial(name: str) -> str:
    """Return the first letter of a name, without the Arabic article.

    >>> [initial(name) for name in ("الشبكة العراقية", "«پێنووس»", "carnet", "ßab", "2026")]
    ['ش', 'پ', 'C', 'ß', '2']
    """
    word = next((word for word in name.split() if any(letter.isalpha() for letter in word)), name)
    letters = "".join(letter for letter in word if letter.isalpha())
    bare = letters.removeprefix("ال") if len(letters) > len("ال") else letters
    first = (bare or name)[:1]
    capital = first.upper()
    return capital if len(capital) == 1 else first  # "ß" would become two letters


def _document_face(document: Document, site: Site) -> Face | None:
    member = document.id.split("/")[0] if document.kind == "posts" else document.id if document.kind == "members" else ""
    texts = site.get("members", member) if member else None
    return member_face(texts) if texts else None


def _member_name(document: Document, linker: Linker) -> LocalizedText | None:
    link = linker.profile_link("members", document.provenance.member) if document.provenance.member else None
    return link.words if link else None
