"""The page of a text: the view of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jisr.content.assemble.authors import name_language
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.events import end_of_day, find_source_conferences
from jisr.core.model.place_names import name_place
from jisr.core.model.site import Site
from jisr.core.schema.field_types import Text, field_value
from jisr.core.translation.staleness import compute_staleness
from jisr.core.urls import paths
from jisr.pages.document.conference_page import (
    attachment_views,
    conference_stations,
    cover_view,
    event_view,
    hub_view,
    photo_views,
    programme_file_view,
)
from jisr.pages.document.contact_details import contact_view
from jisr.pages.document.reader_links import share_view
from jisr.pages.document.reply_thread import thread_view
from jisr.pages.document.resolution_index import list_answers, list_commitments, list_resolutions
from jisr.pages.layout import LayoutInputs, breadcrumbs, meta_description, page_fields
from jisr.pages.links import Linker
from jisr.pages.rows import member_face
from jisr.pages.views.component_views import Link, SignatoryView, TranslationCredit, TranslationLag
from jisr.pages.views.page_views import (
    ConferenceTextView,
    NewsTextView,
    PageTextView,
    PostTextView,
    StatementTextView,
    TextView,
)


def text_view(document: Document, linker: Linker, inputs: LayoutInputs) -> TextView:
    """Return the page of a statement, conference, news, post or page."""
    return _VIEWS[document.kind](document, linker, _text_fields(document, linker, inputs))


def _text_fields(document: Document, linker: Linker, inputs: LayoutInputs) -> dict[str, Any]:
    """Return the fields that the views of all kinds have."""
    site, texts = linker.site, linker.site.sets[document.key]
    # Readers may not see the original; the source of a translation may itself be one.
    original = texts.get(texts.origin) if document.translation else None
    people, issuers = _split_authors(document, site)
    return {
        **_layout_fields(document, linker, inputs),
        "kind": document.kind,
        "title": document.title,
        "body": linker.render_body(document),
        "summary": document.summary,
        "day": document.date,
        "modified": document.modified,
        "expires": document.expires,
        "is_over": document.expires is not None and site.now >= end_of_day(document.expires, site.timezone),
        "short": short_address(document, linker),
        "pdf": _printed_url(document, linker),
        "facts": (*_byline_facts(document, site), *_conference_city(document, linker)),
        "authors": tuple(link for one in people if (link := linker.author_link(one, document))),
        "issuers": tuple(link for one in issuers if (link := linker.author_link(one, document))),
        "topics": tuple(link for topic in document.topics if (link := linker.profile_link("topics", topic))),
        "cover": cover_view(document, linker),
        "bridge": linker.bridge_items(document),
        "beside": linker.side_by_side_links(document),
        "credits": translation_credits(document, linker),
        "original_url": linker.text_url(original) if original else "",
        "original_language": site.languages[texts.origin] if document.translation else None,
        "lag": translation_lag(document, linker),
        "thread": thread_view(document, linker, inputs.messages),
        "share": share_view(document, linker),
    }


def _printed_url(document: Document, linker: Linker) -> str:
    """Return the link to the PDF of a version, where one lies beside the text."""
    address = paths.bundle_file_path(*document.key, paths.printed_file(document.id, document.language.tag))
    return linker.url(address) if linker.site.files.get(address) else ""


def _split_authors(document: Document, site: Site) -> tuple[list[str], list[str]]:
    """Return the ids of the authors of a text: of people, and of organisations and members; a post is by whom it names."""
    people: list[str] = []
    issuers: list[str] = []
    for identity in site.author_ids.get(document.path, ()):
        author = site.authors.get(identity)
        keys = [site.entities.find(name) for name in author.names.values()] if author else []
        is_issuer = author is None or any(key is not None and key[0] == "organisations" for key in keys)
        (issuers if is_issuer and document.kind != "posts" else people).append(identity)
    return people, issuers


def _news_fields(document: Document, linker: Linker) -> dict[str, Any]:
    """Return the fields that news, statements and conferences share."""
    return {
        "attachments": attachment_views(document, linker),
        "photos": photo_views(document, linker),
        "answers": list_answers(document, linker),
    }


def _news_view(document: Document, linker: Linker, fields: dict[str, Any]) -> NewsTextView:
    return NewsTextView(**fields, **_news_fields(document, linker))


def _statement_view(document: Document, linker: Linker, fields: dict[str, Any]) -> StatementTextView:
    return StatementTextView(
        **fields,
        **_news_fields(document, linker),
        resolutions=list_resolutions(document, linker),
        commitments=list_commitments(document, linker),
        signatories=_signatory_views(document, linker),
    )


def _conference_view(document: Document, linker: Linker, fields: dict[str, Any]) -> ConferenceTextView:
    return ConferenceTextView(
        **fields,
        **_news_fields(document, linker),
        event=event_view(document, linker),
        programme=programme_file_view(document, linker),
        hub=hub_view(document, linker),
        stations=conference_stations(linker),
        here=linker.text_url(document),
    )


def _post_view(document: Document, linker: Linker, fields: dict[str, Any]) -> PostTextView:
    member = document.provenance.member
    texts = linker.site.get("members", member) if member else None
    return PostTextView(
        **fields,
        member=linker.profile_link("members", member) if member else None,
        face=member_face(texts) if texts else None,
        source_url=document.provenance.original,
    )


def _page_view(document: Document, linker: Linker, fields: dict[str, Any]) -> PageTextView:
    return PageTextView(**fields, contact=contact_view(document, linker))


_VIEWS: dict[str, Callable[[Document, Linker, dict[str, Any]], TextView]] = {
    "statements": _statement_view,
    "conferences": _conference_view,
    "news": _news_view,
    "posts": _post_view,
    "pages": _page_view,
}


def _byline_facts(document: Document, site: Site) -> tuple[LocalizedText, ...]:
    """Return the words of the fields that are declared for the byline, in their order."""
    kind = site.kinds.get(document.kind)
    fields = [field for field in kind.fields if field.outputs.page == "byline" and isinstance(field.type, Text)] if kind else []
    return tuple(value for field in fields if (value := field_value(field, document)) is not None)


def _conference_city(document: Document, linker: Linker) -> tuple[LocalizedText, ...]:
    """Return the city of the conference that a statement came out of, where the statement names no place itself."""
    if document.kind != "statements" or document.place is not None:
        return ()
    conferences = linker.site.ask(find_source_conferences, *document.key)
    events = (texts.best_for(linker.language).event for texts in conferences)
    cities = [name_place(linker.site, event.place.city, linker.language.tag) for event in events if event]
    return (cities[0],) if len(cities) == 1 and cities[0] is not None else ()


def _layout_fields(document: Document, linker: Linker, inputs: LayoutInputs) -> dict[str, Any]:
    parent = "members" if document.kind == "posts" else document.kind
    return page_fields(
        linker,
        document.title,
        inputs,
        breadcrumbs(linker, inputs, parent, last=LocalizedText(document.title, document.language)),
        document,
        description=meta_description(document),
        og_type="website" if document.kind == "pages" else "article",
        **preview_fields(document, linker),
    )


def preview_fields(document: Document, linker: Linker) -> dict[str, Any]:
    """Return the fields of the picture of a text where its page is shared: that of its cover, if hosts take it."""
    cover = document.cover
    picture = linker.site.pictures.get(paths.bundle_file_path(*document.key, cover.file)) if cover else None
    shown = picture.preview if picture else None
    if cover is None or shown is None:
        return {}
    return {
        "image": linker.absolute_url(shown.address),
        "image_alt": cover.alt.text,
        "image_sides": (shown.width, shown.height),
        "image_type": shown.type,
    }


def translation_lag(document: Document, linker: Linker) -> TranslationLag | None:
    """Return how far a translation lags behind the version that it was made from, or None where that has not changed."""
    texts = linker.site.sets[document.key]
    staleness = compute_staleness(document, texts)
    source = texts.get(document.translation.of) if document.translation else None
    if staleness is None or source is None or not staleness.changes:
        return None
    return TranslationLag(staleness.count, staleness.total, source.modified, linker.text_url(source), source.language)


def short_address(document: Document, linker: Linker) -> str:
    """Return the whole short address of a version, where the site has such."""
    if not linker.site.policy.short_addresses:
        return ""
    return linker.absolute_url(paths.short_paths(document.language.tag, document.kind, document.id, document.aliases)[0])


def translation_credits(document: Document, linker: Linker) -> tuple[TranslationCredit, ...]:
    """Return the translators of this version, or, on an original, those of each of the others."""
    texts = linker.site.sets[document.key]
    source = linker.site.languages[texts.origin]
    entries = []
    for version in (document,) if document.translation else texts.versions:
        if version.translation is not None:
            by = tuple(_person_link(name, document, linker) for name in version.translation.by)
            entries.append(TranslationCredit(version.language, source, by))
    return tuple(entries)


def _person_link(name: str, document: Document, linker: Linker) -> Link:
    return linker.name_link(LocalizedText(name, name_language(name, document.language, linker.site)))


def _signatory_views(document: Document, linker: Linker) -> tuple[SignatoryView, ...]:
    views = []
    for signatory in document.signatories:
        name = _person_link(signatory.name, document, linker)
        organisation = linker.name_link(signatory.organisation) if signatory.organisation else None
        views.append(SignatoryView(name.words, organisation, name.url))
    return tuple(views)
