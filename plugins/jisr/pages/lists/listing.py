"""Listings of a kind, and the pages of members, topics and authors."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from jisr.core.i18n.language_names import language_name
from jisr.core.model.document import Document, Words
from jisr.core.model.entities import KINDS, ROLES, appearances
from jisr.core.model.events import occasions
from jisr.core.model.site import Site
from jisr.core.schema.kinds import Kind
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FORMS, has_feed
from jisr.pages.document.text_page import contact_view, cover_view, credits_of
from jisr.pages.layout import Surroundings, chrome, description, head, way
from jisr.pages.links import Linker
from jisr.pages.rows import by_day, by_year, face, row
from jisr.pages.views.component_views import FeedLink, Row, YearGroup
from jisr.pages.views.entity_views import RoleView
from jisr.pages.views.page_views import ListingView, ProfileView


def listing_view(kind: Kind, number: int, linker: Linker, surroundings: Surroundings) -> ListingView:
    """Give a page of the listing of a kind; the first one also offers texts that this language lacks."""
    site, tag = linker.site, linker.language.tag
    texts = _ordered(kind, linker)
    size = site.policy.page_size
    pages = max(1, -(-len(texts) // size))
    here = texts[(number - 1) * size : number * size]
    elsewhere = _elsewhere(kind.name, linker) if number == 1 else ()
    return ListingView(
        language=linker.language,
        head=head(linker, surroundings.label(kind.name, linker.language).text, surroundings),
        chrome=chrome(linker, surroundings),
        kind=kind.name,
        count=len(texts),
        groups=by_year(here, linker),
        elsewhere=elsewhere,
        number=number,
        pages=pages,
        blogs_url=_blogs(kind, linker),
        previous_url=linker.url(paths.listing(tag, kind.name, number - 1)) if number > 1 else "",
        next_url=linker.url(paths.listing(tag, kind.name, number + 1)) if number < pages else "",
        calendar_url=linker.url(paths.calendar(tag)) if kind.name == "conferences" and number == 1 and occasions(site) else "",
    )


def _blogs(kind: Kind, linker: Linker) -> str:
    address = linker.site.in_language("blogs", linker.language) if kind.name == "members" else None
    return linker.url(address) if address else ""


def authors_view(linker: Linker, surroundings: Surroundings) -> ListingView:
    """Give the list of those who signed a text of a language and are no members."""
    site, language = linker.site, linker.language
    rows = [
        Row(author.name_for(language, site.languages), linker.url(address), "authors")
        for identity, author in site.authors.items()
        if (address := site.in_language(f"authors/{identity}", language)) is not None
    ]
    ordered = tuple(sorted(rows, key=lambda one: (one.title.text.casefold(), one.url)))
    return ListingView(
        language=language,
        head=head(linker, surroundings.label("authors", language).text, surroundings),
        chrome=chrome(linker, surroundings),
        kind="authors",
        count=len(ordered),
        groups=(YearGroup(None, ordered),),
    )


def _ordered(kind: Kind, linker: Linker) -> tuple[Document, ...]:
    """Give the texts of a kind: dated ones newest first, the others by title."""
    texts = linker.site.shelf(kind.name, linker.language)
    return (
        tuple(by_day(texts, linker.site))
        if kind.dated
        else tuple(sorted(texts, key=lambda one: (one.title.casefold(), one.id)))
    )


def _elsewhere(family: str, linker: Linker) -> tuple[Row, ...]:
    texts = linker.site.elsewhere(family, linker.language)[: linker.site.policy.elsewhere]
    return tuple(row(document, linker) for document in texts)


def profile_view(kind: str, identity: str, linker: Linker, surroundings: Surroundings) -> ProfileView:
    """Give the page of a member, topic or author: what is said of them here, and what they wrote in this language.

    Where nothing is said of them in this language, their name stands in another, marked as such.
    """
    site, language = linker.site, linker.language
    family = f"{kind}/{identity}"
    texts = site.get(kind, identity)
    best = texts.best_for(language) if texts else None
    name = Words(best.title, best.language) if best else site.authors[identity].name_for(language, site.languages)
    own = best if best and best.language == language else None
    original = texts.original if texts else None
    steps = way(linker, surroundings, kind, last=name)
    return ProfileView(
        language=language,
        head=head(
            linker,
            name.text,
            surroundings,
            steps,
            own,
            description=description(own) if own else "",
            og_type="profile" if kind != "topics" else "website",
        ),
        chrome=chrome(linker, surroundings, steps),
        kind=kind,
        name=name,
        own_name=_own_name(original, name) if kind == "members" else None,
        body=linker.body(own) if own else Markup(),
        face=face(texts) if texts and kind == "members" else None,
        groups=by_year(site.shelf(family, language), linker) if kind not in KINDS else (),
        roles=_roles(kind, identity, linker) if kind in KINDS else (),
        elsewhere=_elsewhere(family, linker),
        bridge=linker.bridge(own) if own else (),
        credits=credits_of(own, linker) if own else (),
        cover=cover_view(own, linker) if own else None,
        feeds=_feeds(family, linker),
        **(_facts(best, linker) if best else {}),
    )


def _own_name(original: Document | None, name: Words) -> Words | None:
    if original is None or original.title == name.text:
        return None
    return Words(original.title, original.language)


def _facts(member: Document, linker: Linker) -> dict[str, Any]:
    profile = member.profile
    return {
        "site": profile.site,
        "feed": profile.feed,
        "city": profile.city,
        "contact": contact_view(member, linker),
        "organisations": tuple(link for one in member.organisations if (link := linker.profile("organisations", one))),
        "writes_in": tuple(_writes_in(tag, linker) for tag in profile.languages),
    }


def _roles(kind: str, identity: str, linker: Linker) -> tuple[RoleView, ...]:
    """Give the texts of this language in which an organisation or person appears, by what it did there."""
    found: dict[str, list[Row]] = {}
    for document in linker.site.shelf(f"{kind}/{identity}", linker.language):
        for role, key in appearances(document, linker.site.records):
            if key == (kind, identity):
                found.setdefault(role, []).append(row(document, linker))
    return tuple(RoleView(role, tuple(found[role])) for role in ROLES if role in found)


def _writes_in(tag: str, linker: Linker) -> Words:
    """Give the name of a language that a member writes in; of one that is none of the site's, its tag."""
    site: Site = linker.site
    name = language_name(site.languages[tag], linker.language) if tag in site.languages else tag
    return Words(name, linker.language)


def _feeds(family: str, linker: Linker) -> tuple[FeedLink, ...]:
    language = linker.language
    if not has_feed(family, language, linker.site):
        return ()
    folder = paths.shelf(language.tag, family)
    return tuple(FeedLink(form.name, linker.url(folder + form.file), form.type) for form in FORMS)
