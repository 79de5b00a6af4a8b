"""The parts of the page of a conference: its facts on the day of the build, its files, and the texts around it."""

from __future__ import annotations

from collections.abc import Iterable

from jisr.content.assemble.authors import name_language
from jisr.core.build.queries import query
from jisr.core.model.document import (
    Attachment,
    Cover,
    Document,
    LocalizedText,
    ProgrammeItem,
    round_size,
    select_attachments,
    type_name,
)
from jisr.core.model.events import (
    display_year,
    event_stage,
    find_reports,
    is_since_start,
    listing_date,
    registration_state,
)
from jisr.core.model.pictures import unknown_picture
from jisr.core.model.place_names import name_place
from jisr.core.model.site import BundledFile, Site, sort_newest_first
from jisr.core.urls import paths
from jisr.pages.links import Linker
from jisr.pages.media_markup import BESIDE_FACTS, COLUMN, GALLERY, SHEET, describe_picture, format_picture
from jisr.pages.rows import listing_row
from jisr.pages.views.component_views import CoverView, Station
from jisr.pages.views.conference_views import AttachmentView, EventView, HubView, ProgrammeLine

MAX_POSTS = 6  # on the topics of a conference; the pages of the topics have them all


def event_view(document: Document, linker: Linker) -> EventView | None:
    """Return the facts of a conference and its state on the day of the build."""
    event = document.event
    if event is None:
        return None
    site = linker.site
    return EventView(
        start=event.start,
        end=event.end,
        state=event_stage(event, site.now, site.timezone, site.policy.closing_days),
        name=event.place.name,
        city=name_place(site, event.place.city, linker.language.tag),
        country=event.place.country,
        participants=event.participants if event.participants is not None else event.participants_about,
        rounded=event.participants is None,
        registration=registration_state(event, site.now, site.timezone),
        registration_url=event.registration.url,
        registration_email=event.registration.email,
        opens=event.registration.opens,
        closes=event.registration.closes,
        calendar_url=linker.url(paths.event_calendar(document.language.tag, document.id)),
        programme=() if isinstance(event.programme, str) else tuple(_programme_line(one, linker) for one in event.programme),
        supporters=tuple(linker.name_link(one) for one in event.supporters),
    )


def _programme_line(item: ProgrammeItem, linker: Linker) -> ProgrammeLine:
    names = (LocalizedText(name, name_language(name, item.title.language, linker.site)) for name in item.speakers)
    return ProgrammeLine(item.title, item.time, tuple(linker.name_link(name) for name in names))


def attachment_views(document: Document, linker: Linker) -> tuple[AttachmentView, ...]:
    """Return the documents that a text offers, those in the reader's language first."""
    attachments = select_attachments(document.attachments, linker.language.tag)
    return tuple(_attachment_view(one, document, linker) for one in attachments)


def programme_file_view(document: Document, linker: Linker) -> AttachmentView | None:
    """Return the programme of a conference where it is a file; an inherited one is in the language of the original."""
    event = document.event
    if event is None or not isinstance(event.programme, str):
        return None
    own = "event.programme" in document.locations
    tag = document.language.tag if own else linker.site.sets[document.key].origin
    title = LocalizedText("", linker.language)
    return _attachment_view(Attachment(event.programme, title, tag), document, linker)


def _attachment_view(one: Attachment, document: Document, linker: Linker) -> AttachmentView:
    address = paths.bundle_file_path(document.kind, document.id, one.file)
    file = linker.site.files.get(address) or BundledFile("", address)
    number, unit = round_size(file.size)
    return AttachmentView(
        title=LocalizedText(one.title.text, name_language(one.title.text, one.title.language, linker.site)),
        url=linker.url(address),
        type=type_name(one.file),
        language=linker.site.languages[one.language],
        size=number,
        unit=unit,
        digest=file.digest,
        draft=one.version == "draft",
    )


def photo_views(document: Document, linker: Linker) -> tuple[CoverView, ...]:
    """Return the pictures of a text other than its cover."""
    sizes = GALLERY if len(document.photos) > 1 else COLUMN
    return tuple(_picture_view(one, document, linker, sizes) for one in document.photos)


def cover_view(document: Document, linker: Linker, sizes: str = "") -> CoverView | None:
    """Return the cover of a text, which has the width of its sheet and is loaded before all else."""
    sizes = sizes or (BESIDE_FACTS if document.event else SHEET)
    return _picture_view(document.cover, document, linker, sizes, eager=True) if document.cover else None


def _picture_view(given: Cover, document: Document, linker: Linker, sizes: str, eager: bool = False) -> CoverView:
    address = paths.bundle_file_path(*document.key, given.file)
    picture = linker.site.pictures.get(address) or unknown_picture(address)
    element = format_picture(picture, describe_picture(given.alt, linker.language), linker.url, sizes, eager)
    return CoverView(element, given.caption, given.credit)


def hub_view(document: Document, linker: Linker) -> HubView:
    """Return the texts around a conference, each once and in the best version there is for the reader."""
    report_keys = find_reports(document, linker.site)
    ids = document.event.documents if document.event else ()
    statements = [text for identity in ids if (text := _best_version("statements", identity, linker))]
    keys = {document.key, *(text.key for text in statements)}
    referring = [text for text in _referring_texts(keys, linker) if text.key not in keys]
    reports = [text for text in referring if text.key in report_keys]
    posts = [text for text in referring if text.kind == "posts"]
    keys_of_posts = {text.key for text in posts}
    found = linker.site.ask(find_posts_on_topics, document.id, linker.language.tag)
    posts += [text for text in found if text.key not in keys_of_posts]
    others = [text for text in referring if text not in reports and text.kind != "posts"]
    lists = (statements, reports, posts[:MAX_POSTS], others)
    return HubView(*(tuple(listing_row(text, linker) for text in texts) for texts in lists))


def conference_stage(conference: Document, site: Site) -> str:
    """Return the stage of a conference today, or an empty string where its days are not known."""
    policy = site.policy
    return event_stage(conference.event, site.now, site.timezone, policy.closing_days) if conference.event else ""


def conference_stations(linker: Linker) -> tuple[Station, ...]:
    """Return the conferences from the first to the last: year, place, and how things stand with each."""
    site = linker.site
    stops = []
    for texts in site.of_kind("conferences"):
        document = texts.best_for(linker.language)
        year = display_year(document, site)
        if document.listed and year:
            city = name_place(site, document.event.place.city, linker.language.tag) if document.event else None
            words = city or LocalizedText(document.title, document.language)
            station = Station(year, words, linker.text_url(document), conference_stage(document, site))
            stops.append((year, str(listing_date(document)), document.id, station))
    return tuple(station for _, _, _, station in sorted(stops, key=lambda item: item[:3]))


def _best_version(kind: str, identity: str, linker: Linker) -> Document | None:
    texts = linker.site.get(kind, identity)
    best = texts.best_for(linker.language) if texts else None
    return best if best and best.listed else None


def _referring_texts(keys: Iterable[tuple[str, str]], linker: Linker) -> list[Document]:
    """Return the dated texts that link one of these, newest first."""
    site = linker.site
    referring = {key for one in keys for key in site.referrers.get(one, ())}
    best = (_best_version(*key, linker) for key in sorted(referring))
    return sort_newest_first((one for one in best if one and one.date), site.timezone)


@query
def find_posts_on_topics(site: Site, identity: str, tag: str) -> tuple[Document, ...]:
    """Return the posts that share a topic with a conference and are not older, newest first, in a language or the best."""
    language = site.languages[tag]
    conference = site.sets["conferences", identity].best_for(language)
    topics = set(conference.topics)
    posts = (one.best_for(language) for one in site.of_kind("posts"))
    shared = (one for one in posts if one.listed and topics & set(one.topics) and is_since_start(conference, one, site))
    return tuple(sort_newest_first(shared, site.timezone))
