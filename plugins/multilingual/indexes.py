"""Pages that gather: all resolutions, everything by year, everything by letter, all feeds."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from plugins.core import addresses
from plugins.core.documents import Document, Words
from plugins.core.feeds import FORMS, main_feed
from plugins.core.site import newest_first
from plugins.multilingual.chrome import Surroundings, chrome, head
from plugins.multilingual.home import resolutions_of
from plugins.multilingual.linker import Linker
from plugins.multilingual.parts import FeedLink, Head
from plugins.multilingual.rows import by_year, row
from plugins.multilingual.views import IndexView, ResolutionsView, SubscribeView, TimelineView


def _head(name: str, linker: Linker, surroundings: Surroundings) -> Head:
    return head(linker, surroundings.label(name, linker.language).text, surroundings)


def resolutions_view(linker: Linker, surroundings: Surroundings) -> ResolutionsView:
    """Give all resolutions of this language's statements, newest statement first."""
    statements = linker.site.shelf("statements", linker.language)
    return ResolutionsView(
        linker.language,
        _head("resolutions", linker, surroundings),
        chrome(linker, surroundings),
        tuple((row(one, linker), resolutions_of(one, linker)) for one in statements if one.body.resolutions),
    )


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
    """Give every dated text of a language by year, newest first."""
    texts = newest_first(_all(linker, dated=True), linker.site.timezone)
    head_ = _head("timeline", linker, surroundings)
    return TimelineView(linker.language, head_, chrome(linker, surroundings), by_year(texts, linker))


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
    """Give the main feed of each language, the page's own first, and that of the whole site."""
    site = linker.site
    ordered = sorted(site.languages, key=lambda one: one != linker.language)
    feeds = [(Words(one.own_name, one), _links(main_feed(one), linker)) for one in ordered]
    for kind in site.kinds:
        if kind.fed and site.shelf(kind.name, linker.language):
            folder = addresses.shelf(linker.language.tag, kind.name)
            feeds.append((Words(kind.name, linker.language), _links(folder, linker)))
    return SubscribeView(linker.language, _head("subscribe", linker, surroundings), chrome(linker, surroundings), tuple(feeds))


def _links(folder: str, linker: Linker) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(form.name, linker.url(folder + form.file), form.type) for form in FORMS)
