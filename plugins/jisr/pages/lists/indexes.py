"""Pages that gather: everything by year, everything by letter, all feeds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from jisr.core.charts.svg import draw_years
from jisr.core.i18n.ui_strings import sentence
from jisr.core.model.document import Document, Words
from jisr.core.model.site import newest_first
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import FOAF_MEMBERS, FORMS, GROUPS, OPML_MEMBERS, feed_specs, is_offered, opml_of, shelf_name
from jisr.pages.layout import Surroundings, chrome, head
from jisr.pages.links import Linker
from jisr.pages.lists.charts import HISTORY, attendance, stops
from jisr.pages.rows import by_year, row
from jisr.pages.views.component_views import FeedGroup, FeedLink, FeedRow, Head
from jisr.pages.views.page_views import IndexView, SubscribeView, TimelineView


def _head(name: str, linker: Linker, surroundings: Surroundings) -> Head:
    return head(linker, surroundings.label(name, linker.language).text, surroundings)


def _all(linker: Linker, dated: bool) -> list[Document]:
    site = linker.site
    kinds = [kind.name for kind in site.kinds if kind.dated or not dated]
    return [
        version
        for kind in kinds
        for texts in site.of_kind(kind)
        if (version := texts.get(linker.language.tag)) and version.listed
    ]


def timeline_view(linker: Linker, surroundings: Surroundings) -> TimelineView:
    """Give every dated text of a language by year, newest first, with the conferences and statements that it lacks."""
    site, language = linker.site, linker.language
    lacking = [one for kind in HISTORY for one in site.elsewhere(kind, language)]
    texts = newest_first([*_all(linker, dated=True), *lacking], site.timezone)
    return TimelineView(
        language,
        _head("timeline", linker, surroundings),
        chrome(linker, surroundings),
        by_year(texts, linker),
        draw_years(stops(texts, linker), language),
        attendance(linker),
    )


def index_view(linker: Linker, surroundings: Surroundings) -> IndexView:
    """Give every text of a language by the first letter of its title."""
    texts = sorted(_all(linker, dated=False), key=lambda one: (_key(one.title), one.kind, one.id))
    groups = groupby(texts, key=lambda one: _letter(one.title))
    letters = tuple((letter, tuple(row(one, linker) for one in found)) for letter, found in groups)
    return IndexView(linker.language, _head("search", linker, surroundings), chrome(linker, surroundings), letters)


def _key(title: str) -> tuple[str, str]:
    """Give what a title is sorted by: without marks, quotes and the Arabic article."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", title.casefold()) if letter.isalnum() or letter == " ")
    bare = plain.strip().removeprefix("ال")
    return (bare, title)


def _letter(title: str) -> str:
    first = _key(title)[0][:1].upper()
    return "0–9" if first.isdigit() else first


def subscribe_view(linker: Linker, surroundings: Surroundings) -> SubscribeView:
    """Give every feed of a language in groups, then the main feeds of the other languages and that of the whole site."""
    language = linker.language
    blogs = any(one.original.profile.feed for one in linker.site.of_kind("members"))
    return SubscribeView(
        language,
        _head("subscribe", linker, surroundings),
        chrome(linker, surroundings),
        tuple(_feed_groups(linker, surroundings)),
        linker.url(opml_of(language)),
        linker.url(paths.data(language.tag)) if surroundings.data else "",
        linker.url(paths.DATA_SCHEMA) if surroundings.data else "",
        linker.url(OPML_MEMBERS) if blogs else "",
        linker.url(FOAF_MEMBERS) if blogs else "",
    )


def _feed_groups(linker: Linker, surroundings: Surroundings) -> Iterator[FeedGroup]:
    site, language = linker.site, linker.language
    everything = Words(sentence("all", surroundings.messages, language).striptags(), language)
    rows: dict[str, list[FeedRow]] = {}
    for spec in feed_specs(site):
        kind, _, identity = spec.family.partition("/")
        if not is_offered(spec.family, site):
            continue
        if spec.language == language:
            name = "own" if not kind else kind if identity else "kinds"
        elif not kind:
            name = "other"
        else:
            continue
        if spec.family:
            words = shelf_name(spec.family, language, site, surroundings.messages)
        else:
            words = Words(spec.language.own_name, spec.language) if spec.language else everything
        rows.setdefault(name, []).append(FeedRow(words, _links(spec.folder, linker), len(spec.documents)))
    other = rows.get("other", [])
    rows["other"] = [*other[1:], *other[:1]]  # the whole site's comes last
    for name in ("own", "kinds", *GROUPS, "other"):
        if rows.get(name):
            yield FeedGroup(name, tuple(rows[name]))


def _links(folder: str, linker: Linker) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(form.name, linker.url(folder + form.file), form.type) for form in FORMS)
