"""Listings of a kind, and the pages of members, topics and authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup

from jisr.core.build.page_hooks import Breadcrumb
from jisr.core.build.queries import query
from jisr.core.i18n.language_names import language_name
from jisr.core.model.document import Document, LocalizedText, TranslationSet
from jisr.core.model.entities import ENTITY_KINDS, ROLES, find_appearances
from jisr.core.model.events import has_listed_conferences, sort_by_day
from jisr.core.model.index_pages import find_index_page
from jisr.core.model.site import Site, select_pinned
from jisr.core.schema.field_types import Kind
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import has_feed
from jisr.core.urls.paging import ListPart, find_part, paginate
from jisr.pages.document.conference_page import cover_view
from jisr.pages.document.contact_details import contact_view
from jisr.pages.document.text_page import preview_fields, translation_credits
from jisr.pages.layout import LayoutInputs, breadcrumbs, meta_description, page_fields
from jisr.pages.links import Linker
from jisr.pages.media_markup import COLUMN
from jisr.pages.rows import count_texts, group_by_year, group_pinned, index_links, listing_row, member_face
from jisr.pages.views.component_views import FeedLink, ListingRow, YearGroup
from jisr.pages.views.entity_views import RoleView
from jisr.pages.views.page_views import (
    EntityProfileView,
    ListingView,
    MemberProfileView,
    ProfileView,
    WorkgroupProfileView,
)


def listing_view(kind: Kind, number: int, linker: Linker, inputs: LayoutInputs) -> ListingView:
    """Return a page of the listing of a kind; the first one also offers texts that this language lacks.

    The page before another one is the newer; pages but the first are numbered from the oldest (``core/urls/paging.py``).
    """
    site, tag = linker.site, linker.language.tag
    part, here = site.ask(find_listing_part, kind.name, tag, str(number - 1))
    has_newer = part.number > 0
    has_calendar = kind.name == "conferences" and number == 1 and site.ask(has_listed_conferences)
    return ListingView(
        **page_fields(linker, inputs.label(kind.name, linker.language).text, inputs),
        kind=kind.name,
        count=site.ask(count_texts, kind.name, tag) if number == 1 else 0,
        groups=group_pinned(here, linker),
        elsewhere=_elsewhere_rows(kind.name, linker) if number == 1 else (),
        blogs_url=_blogs_url(kind, linker),
        previous_url=linker.url(paths.listing(tag, kind.name, part.newer + 1)) if has_newer else "",
        next_url=linker.url(paths.listing(tag, kind.name, part.older + 1)) if part.older else "",
        calendar_url=linker.url(paths.calendar(tag)) if has_calendar else "",
    )


def _blogs_url(kind: Kind, linker: Linker) -> str:
    address = linker.site.family_address("blogs", linker.language) if kind.name == "members" else None
    return linker.url(address) if address else ""


def authors_view(linker: Linker, inputs: LayoutInputs) -> ListingView:
    """Return the list of the authors of a language who are no members."""
    site, language = linker.site, linker.language
    rows = [
        ListingRow(
            author.name_for(language, site.languages),
            linker.name_link(author.name_for(language, site.languages)).url or linker.url(address),
            "authors",
            count=site.ask(count_texts, f"authors/{identity}", language.tag),
        )
        for identity, author in site.authors.items()
        if (address := site.family_address(f"authors/{identity}", language)) is not None
    ]
    ordered = tuple(sorted(rows, key=lambda one: (one.title.text.casefold(), one.url)))
    fields = page_fields(linker, inputs.label("authors", language).text, inputs)
    return ListingView(**fields, kind="authors", count=len(ordered), groups=(YearGroup(None, ordered),))


@query
def find_listing_part(site: Site, kind: str, tag: str, number: str) -> tuple[ListPart, Sequence[Document]]:
    """Return a page of the listing of a kind with its texts."""
    make = partial(_sort_texts, site, kind, tag)
    parts = site.once(("listing", kind, tag), lambda: paginate(make(), site.policy.page_size))
    return find_part(parts, number)


def _sort_texts(site: Site, kind_name: str, tag: str) -> tuple[Document, ...]:
    """Return the texts of a kind: dated ones newest first, the others by title."""
    kind, texts = site.kinds.get(kind_name), site.collection(kind_name, site.languages[tag])
    if kind is not None and kind.dated:
        pinned, others = select_pinned(sort_by_day(texts, site))
        return (*pinned, *others)
    return tuple(sorted(texts, key=lambda one: (one.title.casefold(), one.id)))


def _elsewhere_rows(family: str, linker: Linker) -> tuple[ListingRow, ...]:
    texts = linker.site.in_other_languages(family, linker.language)[: linker.site.policy.other_language_limit]
    rows = ((document, listing_row(document, linker)) for document in texts)
    return tuple(replace(row, translate_url=linker.translate_url(document, linker.language)) for document, row in rows)


def profile_view(kind: str, identity: str, number: int, linker: Linker, inputs: LayoutInputs) -> ProfileView:
    """Return the page of a member, topic, author, workgroup, organisation or person, with the texts in this language.

    Where they are many, it has the newest, and other pages with a number have those of one year, without the introduction.
    Where there is no introduction in this language, the name is in another, marked as such.
    """
    site, language = linker.site, linker.language
    texts = site.get(kind, identity)
    best = texts.best_for(language) if texts else None
    name = LocalizedText(best.title, best.language) if best else site.authors[identity].name_for(language, site.languages)
    own = best if best and best.language == linker.language and number == 1 else None
    fields = _profile_fields(kind, identity, number, name, own, linker, inputs)
    if texts is None or best is None:
        return ProfileView(**fields)
    if kind == "members":
        return _member_view(texts, best, linker, fields)
    if kind == "workgroups":
        return WorkgroupProfileView(**fields, contact=contact_view(best, linker, texts if inputs.has_open_data else None))
    return _entity_view(texts, best, linker, fields, inputs) if kind in ENTITY_KINDS else ProfileView(**fields)


def _profile_fields(
    kind: str, identity: str, number: int, name: LocalizedText, own: Document | None, linker: Linker, inputs: LayoutInputs
) -> dict[str, Any]:
    """Return the fields that the views of all profiles have; ``own`` is the introduction, where the page shows one."""
    family = f"{kind}/{identity}"
    shared = preview_fields(own, linker) if own else {}
    shared |= {"description": meta_description(own) if own else "", "og_type": "profile" if kind != "topics" else "website"}
    site, tag, pages = linker.site, linker.language.tag, index_links(family, number, linker)
    steps = breadcrumbs(linker, inputs, kind, last=name)
    if number > 1:
        year = next(label for label, url in pages if not url)
        whole = Breadcrumb(name, paths.collection_path(tag, family))
        steps = (*steps[:-1], whole, Breadcrumb(LocalizedText(year, linker.language), None))
    texts: Sequence[Document] = ()  # people and organisations have theirs by roles
    if kind not in ENTITY_KINDS:
        texts = site.ask(find_index_page, family, tag, str(number)) if pages else site.collection(family, linker.language)
    return {
        **page_fields(linker, name.text, inputs, steps, own, **shared),
        "kind": kind,
        "name": name,
        "body": linker.render_body(own) if own else Markup(),
        "groups": group_by_year(texts, linker),
        "pages": pages,
        "elsewhere": _elsewhere_rows(family, linker) if number == 1 else (),
        "bridge": linker.bridge_items(own) if own else (),
        "credits": translation_credits(own, linker) if own else (),
        "cover": cover_view(own, linker, COLUMN) if own else None,
        "feeds": _profile_feeds(family, linker),
    }


def _member_view(texts: TranslationSet, best: Document, linker: Linker, fields: dict[str, Any]) -> MemberProfileView:
    original, profile = texts.original, best.profile
    return MemberProfileView(
        **fields,
        own_name=LocalizedText(original.title, original.language) if original.title != best.title else None,
        face=member_face(texts),
        site=profile.site,
        city=profile.city,
        writes_in=tuple(_writing_language(tag, linker) for tag in profile.languages),
    )


def _entity_view(
    texts: TranslationSet, best: Document, linker: Linker, fields: dict[str, Any], inputs: LayoutInputs
) -> EntityProfileView:
    links = (linker.profile_link("organisations", identity) for identity in best.organisations)
    return EntityProfileView(
        **fields,
        contact=contact_view(best, linker, texts if inputs.has_open_data else None),
        site=best.profile.site,
        city=best.profile.city,
        roles=_role_views(*best.key, linker),
        organisations=tuple(link for link in links if link),
    )


def _role_views(kind: str, identity: str, linker: Linker) -> tuple[RoleView, ...]:
    """Return the texts of this language in which an organisation or person appears, by their roles."""
    rows: dict[str, list[ListingRow]] = {}
    for document in linker.site.collection(f"{kind}/{identity}", linker.language):
        for role, key in find_appearances(document, linker.site.entities):
            if key == (kind, identity):
                rows.setdefault(role, []).append(listing_row(document, linker))
    return tuple(RoleView(role, tuple(rows[role])) for role in ROLES if role in rows)


def _writing_language(tag: str, linker: Linker) -> LocalizedText:
    """Return the name of a language that a member writes in; of one that is none of the site's, its tag."""
    languages = linker.site.languages
    name = language_name(languages[tag], linker.language) if tag in languages else tag
    return LocalizedText(name, linker.language)


def _profile_feeds(family: str, linker: Linker) -> tuple[FeedLink, ...]:
    language = linker.language
    if not has_feed(family, language, linker.site):
        return ()
    return linker.feed_links(paths.collection_path(language.tag, family))
