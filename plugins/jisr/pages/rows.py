"""Texts as listings show them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from jisr.core.model.document import Document, TranslationSet, Words
from jisr.core.model.events import shown_day, stage
from jisr.core.model.site import Site, seconds
from jisr.pages.links import Linker
from jisr.pages.views.component_views import Face, Row, YearGroup


def row(document: Document, linker: Linker) -> Row:
    """Give a text as a row: title, day, summary, the languages it exists in besides."""
    event = document.event
    return Row(
        title=Words(document.title, document.language),
        url=linker.text(document),
        kind=document.kind,
        day=shown_day(document),
        until=event.end if event else None,
        summary=Words(document.summary, document.language) if document.summary else None,
        languages=linker.others(document),
        face=_face_of_post(document, linker.site),
        member=_member(document, linker),
        place=event.place.city if event else None,
        state=_state(document, linker.site),
    )


def _state(document: Document, site: Site) -> str:
    """Give how things stand with a conference that is not over."""
    standing = stage(document.event, site.now, site.timezone, site.policy.closing_days) if document.event else "past"
    return "" if standing == "past" else standing


def by_year(documents: Iterable[Document], linker: Linker) -> tuple[YearGroup, ...]:
    """Give texts in groups of a year, newest first by the day that is shown of them."""
    site = linker.site
    groups = groupby(by_day(documents, site), key=lambda document: year_of(document, site))
    return tuple(YearGroup(year, tuple(row(document, linker) for document in found)) for year, found in groups)


def by_day(documents: Iterable[Document], site: Site) -> list[Document]:
    """Sort texts that are newest first by the day that is shown of them: a conference by when it begins."""
    return sorted(documents, key=lambda one: seconds(shown_day(one), site.timezone), reverse=True)


def year_of(document: Document, site: Site) -> int | None:
    """Give the year of the day that is shown of a text, where the network is."""
    day = shown_day(document)
    if isinstance(day, datetime) and day.tzinfo:
        return day.astimezone(site.timezone).year
    return day.year if day else None


def face(texts: TranslationSet) -> Face:
    """Give the face of a member: the first letter of its name in its own language, in the shape of that script."""
    letter = initial(texts.original.title)
    return Face(letter, unicodedata.name(letter, "").startswith("ARABIC"))


def initial(name: str) -> str:
    """Give the first letter of a name, without the Arabic article.

    >>> initial("الشبكة العراقية"), initial("«پێنووس»"), initial("carnet")
    ('ش', 'پ', 'C')
    """
    word = next((word for word in name.split() if any(letter.isalpha() for letter in word)), name)
    letters = "".join(letter for letter in word if letter.isalpha())
    bare = letters.removeprefix("ال") if len(letters) > len("ال") else letters
    return bare[:1].upper()


def _face_of_post(document: Document, site: Site) -> Face | None:
    member = document.id.split("/")[0] if document.kind == "posts" else document.id if document.kind == "members" else ""
    texts = site.get("members", member) if member else None
    return face(texts) if texts else None


def _member(document: Document, linker: Linker) -> Words | None:
    link = linker.profile("members", document.provenance.member) if document.provenance.member else None
    return link.words if link else None
