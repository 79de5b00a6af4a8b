"""The rows of listings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from jisr.core.build.queries import query
from jisr.core.model.document import Document, LocalizedText, TranslationSet
from jisr.core.model.events import display_year, event_stage, listing_date, sort_by_day
from jisr.core.model.index_pages import find_index_labels
from jisr.core.model.place_names import name_place
from jisr.core.model.site import Site, select_pinned
from jisr.core.schema.kinds import COLLECTION_KINDS
from jisr.core.urls import paths
from jisr.pages.links import Linker
from jisr.pages.views.component_views import Face, ListingRow, YearGroup


def listing_row(document: Document, linker: Linker) -> ListingRow:
    """Return a text as a row: title, day, summary, its other languages."""
    event = document.event
    place = event.place.city if event else document.place or document.profile.city
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
        place=name_place(linker.site, place, linker.language.tag),
        state=_event_state(document, linker.site),
        count=_row_count(document, linker),
    )


def _row_count(document: Document, linker: Linker) -> int:
    """Return the number of resolutions of a statement, or of texts of a topic, member, organisation or person."""
    if document.kind in COLLECTION_KINDS:
        return linker.site.ask(count_row_texts, f"{document.kind}/{document.id}", linker.language.tag)
    return len(document.outline.resolutions)


@query
def count_row_texts(site: Site, family: str, tag: str) -> int:
    """Return the number of texts of a topic, member, organisation or person in a language, or of those that it offers."""
    language = site.languages[tag]
    return len(site.collection(family, language) or site.in_other_languages(family, language))


@query
def count_texts(site: Site, family: str, tag: str) -> int:
    """Return the number of texts of a kind, topic, member or author in a language."""
    return len(site.collection(family, site.languages[tag]))


def _event_state(document: Document, site: Site) -> str:
    """Return the stage of a conference that is not over, else an empty string."""
    stage = event_stage(document.event, site.now, site.timezone, site.policy.closing_days) if document.event else "past"
    return "" if stage == "past" else stage


def group_by_year(documents: Iterable[Document], linker: Linker) -> tuple[YearGroup, ...]:
    """Return texts in groups of a year, newest first by the day that is shown of them."""
    site = linker.site
    groups = groupby(sort_by_day(documents, site), key=lambda document: display_year(document, site))
    return tuple(YearGroup(year, tuple(listing_row(document, linker) for document in members)) for year, members in groups)


def group_pinned(documents: Iterable[Document], linker: Linker) -> tuple[YearGroup, ...]:
    """Return the texts of a listing in groups: those that are pinned, then the years."""
    pinned, others = select_pinned(documents)
    first = (YearGroup(None, tuple(listing_row(one, linker) for one in pinned), pinned=True),) if pinned else ()
    return (*first, *group_by_year(others, linker))


def index_links(family: str, number: int, linker: Linker) -> tuple[tuple[str, str], ...]:
    """Return the years or letters that have pages of an index, with links to all but the page with a number."""
    tag = linker.language.tag
    labels = linker.site.ask(find_index_labels, family, tag)
    return tuple((label, "" if one == number else linker.url(paths.listing(tag, family, one))) for label, one in labels)


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
