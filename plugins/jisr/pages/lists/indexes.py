"""Pages that gather: everything by year, everything by letter, all feeds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from jisr.core.charts.svg import draw_timeline
from jisr.core.i18n.ui_strings import translate_sentence
from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.site import sort_newest_first
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import (
    FEED_FORMATS,
    FOAF_MEMBERS,
    GROUP_KINDS,
    OPML_MEMBERS,
    collection_title,
    feed_specs,
    is_listed_feed,
    opml_path,
)
from jisr.pages.layout import LayoutInputs, build_head, build_layout
from jisr.pages.links import Linker
from jisr.pages.lists.charts import HISTORY_KINDS, conference_attendance, timeline_stops
from jisr.pages.rows import group_by_year, listing_row
from jisr.pages.views.component_views import FeedGroup, FeedLink, FeedRow, PageHead
from jisr.pages.views.page_views import IndexView, SubscribeView, TimelineView


def _page_head(name: str, linker: Linker, surroundings: LayoutInputs) -> PageHead:
    return build_head(linker, surroundings.label(name, linker.language).text, surroundings)


def _listed_versions(linker: Linker, dated: bool) -> list[Document]:
    site = linker.site
    kinds = [kind.name for kind in site.kinds if kind.dated or not dated]
    return [
        version
        for kind in kinds
        for texts in site.of_kind(kind)
        if (version := texts.get(linker.language.tag)) and version.listed
    ]


def timeline_view(linker: Linker, surroundings: LayoutInputs) -> TimelineView:
    """Return every dated text of a language by year, newest first, with the conferences and statements that it lacks."""
    site, language = linker.site, linker.language
    lacking = [one for kind in HISTORY_KINDS for one in site.in_other_languages(kind, language)]
    texts = sort_newest_first([*_listed_versions(linker, dated=True), *lacking], site.timezone)
    return TimelineView(
        language,
        _page_head("timeline", linker, surroundings),
        build_layout(linker, surroundings),
        group_by_year(texts, linker),
        draw_timeline(timeline_stops(texts, linker), language),
        conference_attendance(linker),
    )


def index_view(linker: Linker, surroundings: LayoutInputs) -> IndexView:
    """Return every text of a language by the first letter of its title."""
    texts = sorted(_listed_versions(linker, dated=False), key=lambda one: (_sort_key(one.title), one.kind, one.id))
    groups = groupby(texts, key=lambda one: _index_letter(one.title))
    letters = tuple((letter, tuple(listing_row(one, linker) for one in found)) for letter, found in groups)
    return IndexView(linker.language, _page_head("search", linker, surroundings), build_layout(linker, surroundings), letters)


def _sort_key(title: str) -> tuple[str, str]:
    """Return what a title is sorted by: without marks, quotes and the Arabic article."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", title.casefold()) if letter.isalnum() or letter == " ")
    bare = plain.strip().removeprefix("ال")
    return (bare, title)


def _index_letter(title: str) -> str:
    first = _sort_key(title)[0][:1].upper()
    return "0–9" if first.isdigit() else first


def subscribe_view(linker: Linker, surroundings: LayoutInputs) -> SubscribeView:
    """Return every feed of a language in groups, then the main feeds of the other languages and that of the whole site."""
    language = linker.language
    blogs = any(one.original.profile.feed for one in linker.site.of_kind("members"))
    return SubscribeView(
        language,
        _page_head("subscribe", linker, surroundings),
        build_layout(linker, surroundings),
        tuple(_feed_groups(linker, surroundings)),
        linker.url(opml_path(language)),
        linker.url(paths.data(language.tag)) if surroundings.has_open_data else "",
        linker.url(paths.DATA_SCHEMA) if surroundings.has_open_data else "",
        linker.url(OPML_MEMBERS) if blogs else "",
        linker.url(FOAF_MEMBERS) if blogs else "",
    )


def _feed_groups(linker: Linker, surroundings: LayoutInputs) -> Iterator[FeedGroup]:
    site, language = linker.site, linker.language
    everything = LocalizedText(translate_sentence("all", surroundings.messages, language).striptags(), language)
    rows: dict[str, list[FeedRow]] = {}
    for spec in feed_specs(site):
        kind, _, identity = spec.collection.partition("/")
        if not is_listed_feed(spec.collection, site):
            continue
        if spec.language == language:
            name = "own" if not kind else kind if identity else "kinds"
        elif not kind:
            name = "other"
        else:
            continue
        if spec.collection:
            words = collection_title(spec.collection, language, site, surroundings.messages)
        else:
            words = LocalizedText(spec.language.own_name, spec.language) if spec.language else everything
        rows.setdefault(name, []).append(FeedRow(words, _feed_links(spec.folder, linker), len(spec.documents)))
    other = rows.get("other", [])
    rows["other"] = [*other[1:], *other[:1]]  # the whole site's comes last
    for name in ("own", "kinds", *GROUP_KINDS, "other"):
        if rows.get(name):
            yield FeedGroup(name, tuple(rows[name]))


def _feed_links(folder: str, linker: Linker) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(form.name, linker.url(folder + form.file), form.media_type) for form in FEED_FORMATS)
