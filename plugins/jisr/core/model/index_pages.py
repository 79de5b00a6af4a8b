"""The long lists of a language, divided into pages: resolutions, timeline, texts by letter, by topic, those that it lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from jisr.core.build.queries import query
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.entities import ENTITY_KINDS
from jisr.core.model.events import display_year, sort_by_day
from jisr.core.model.site import IndexPages, Site, sort_newest_first
from jisr.core.urls import paths
from jisr.core.urls.paging import count_archives

HISTORY_KINDS = ("conferences", "statements")  # on the line of years in every language, whichever they were written in

_UNDATED = 2  # the number of the page of texts without a date; the first page has those that are newest
DIGITS = "0–9"  # in place of a letter, for titles that begin with a number
_NO_LETTER = re.compile(r"[^\w ]|_")


def list_texts(site: Site, tag: str) -> Iterator[Document]:
    """Return the texts of all kinds that are listed in a language, in the order of kinds and ids."""
    sets = (texts for kind in site.kinds for texts in site.of_kind(kind.name))
    return (version for texts in sets if (version := texts.get(tag)) and version.listed)


def list_history(site: Site, tag: str) -> list[Document]:
    """Return every dated text of a language, newest first, with the conferences and statements that it lacks."""
    foreign = [text for kind in HISTORY_KINDS for text in site.in_other_languages(kind, site.languages[tag])]
    dated = {kind.name for kind in site.kinds if kind.dated}
    own = [text for text in list_texts(site, tag) if text.kind in dated]
    return sort_by_day(sort_newest_first([*own, *foreign], site.timezone), site)


def list_statements(site: Site, tag: str) -> list[Document]:
    """Return the statements with resolutions, newest first: each in a language, or the best version there is."""
    language = site.languages[tag]
    texts = (*site.collection("statements", language), *site.in_other_languages("statements", language))
    return [one for one in sort_newest_first(texts, site.timezone) if one.outline.resolutions]


def group_by_letter(site: Site, tag: str) -> Mapping[str, Sequence[Document]]:
    """Return the texts of a language by the first letter of their titles, in alphabetical order."""
    texts = sorted((_sort_key(one.title), one.kind, one.id, one) for one in list_texts(site, tag))
    groups = groupby(texts, key=lambda one: _first_letter(one[0][0]))
    return {letter: tuple([one[-1] for one in members]) for letter, members in groups}


def _sort_key(title: str) -> tuple[str, str]:
    """Return the sort key of a title: without marks, quotes and the Arabic article."""
    plain = unicodedata.normalize("NFD", title.casefold())
    if not plain.replace(" ", "").isalnum():
        plain = _NO_LETTER.sub("", plain)
    return (plain.strip().removeprefix("ال"), title)


def index_letter(title: str) -> str:
    """Return the letter under which a title stands in the index."""
    return _first_letter(_sort_key(title)[0])


def _first_letter(key: str) -> str:
    first = key[:1].upper()[:1]
    return DIGITS if first.isdigit() else first


def letter_number(letter: str) -> int:
    """Return the number of the page of a letter, which stays the same whatever other letters there are.

    >>> letter_number("ب"), letter_number("A"), letter_number(DIGITS)
    (1576, 65, 48)
    """
    return ord(letter[0]) if letter else ord("#")


def _split_by_letter(site: Site, tag: str) -> IndexPages:
    """Return the index by letter: one page where texts are few, else one a letter after an empty one."""
    letters = group_by_letter(site, tag)
    texts = [one for members in letters.values() for one in members]
    if not count_archives(len(texts), site.policy.page_size):
        return {1: ("", texts)}
    return {1: ("", ())} | {letter_number(letter): (letter, members) for letter, members in letters.items()}


def _sort_sets(site: Site) -> list[TranslationSet]:
    """Return the texts of all kinds by the days of their originals, newest first; those without a date come last."""
    originals = [texts.original for kind in site.kinds for texts in site.of_kind(kind.name)]
    return [site.sets[one.key] for one in sort_by_day(sort_newest_first(originals, site.timezone), site)]


def _split_untranslated(sets: Sequence[TranslationSet], site: Site, tag: str) -> IndexPages:
    """Return the listed texts that a language lacks, each in the best version for its readers, divided by years."""
    language = site.languages[tag]
    lacking = [texts for texts in sets if texts.get(tag) is None and texts.best_for(language).listed]
    documents = [texts.best_for(language) for texts in lacking]
    return _divide(documents, [_year_number(texts.original, site) for texts in lacking], site.policy.page_size)


def _split_by_year(texts: Sequence[Document], site: Site) -> IndexPages:
    """Return a list that is newest first: one page where texts are few, else one a year after one of the newest."""
    return _divide(texts, [_year_number(one, site) for one in texts], site.policy.page_size)


def _divide(texts: Sequence[Document], numbers: Sequence[int], size: int) -> IndexPages:
    """Return the pages of texts, each with the number of its page where they are many."""
    if not count_archives(len(texts), size):
        return {1: ("", texts)}
    pages: dict[int, list[Document]] = {}
    for number, text in zip(numbers, texts, strict=True):
        pages.setdefault(number, []).append(text)
    labels = {number: "…" if number == _UNDATED else str(number) for number in pages}
    return {1: ("", texts[:size])} | {number: (labels[number], tuple(members)) for number, members in pages.items()}


def _year_number(document: Document, site: Site) -> int:
    """Return the number of the page that has a text where each year has a page; undated texts share one."""
    return max(display_year(document, site) or 0, _UNDATED)


_SPLIT: Mapping[str, Callable[[Site, str], IndexPages]] = {
    "resolutions": lambda site, tag: _split_by_year(list_statements(site, tag), site),
    "timeline": lambda site, tag: _split_by_year(list_history(site, tag), site),
    "search": _split_by_letter,
}


def build_indexes(site: Site) -> dict[tuple[str, str], IndexPages]:
    """Return the pages of each index (``resolutions``, ``timeline``, ``search``, ``translate``) by language.

    Those of a topic, member, workgroup or author (``topics/women``) are among them where its texts are many.
    """
    tags = [language.tag for language in site.languages]
    pages = {(family, tag): split(site, tag) for family, split in _SPLIT.items() for tag in tags}
    sets = _sort_sets(site) if len(tags) > 1 else ()
    pages |= {("translate", tag): _split_untranslated(sets, site, tag) for tag in tags if len(tags) > 1}
    return pages | {(family, tag): _split_by_year(sort_by_day(texts, site), site) for family, tag, texts in _long_lists(site)}


def _long_lists(site: Site) -> Iterator[tuple[str, str, Sequence[Document]]]:
    """Return the families of profiles that have a page a year, with language and texts; people's have their roles instead."""
    for (family, tag), texts in site.collections.items():
        kind, mark, _ = family.partition("/")
        if mark and kind not in ENTITY_KINDS and count_archives(len(texts), site.policy.page_size):
            yield family, tag, texts


@query
def find_translate_address(site: Site, tag: str, kind: str, identity: str) -> str:
    """Return the address that invites to translate a text into a language that lacks it: its place among all that wait."""
    is_paged = len(site.indexes["translate", tag]) > 1
    number = _year_number(site.sets[kind, identity].original, site) if is_paged else 1
    return f"{paths.listing(tag, 'translate', number)}#{paths.text_anchor(kind, identity)}"


def list_findable(site: Site, tag: str) -> Sequence[Document]:
    """Return each text that a search in a language finds, newest first: its version in that, else the original or another."""
    return site.once(("findable", tag), lambda: _find_findable(site, tag))


def _find_findable(site: Site, tag: str) -> list[Document]:
    chosen = (_choose_version(texts, tag) for kind in site.kinds for texts in site.of_kind(kind.name))
    return sort_newest_first((one for one in chosen if one is not None), site.timezone)


def _choose_version(texts: TranslationSet, tag: str) -> Document | None:
    listed = texts.listed
    return min(listed, key=lambda one: (one.language.tag != tag, one.language.tag != texts.origin), default=None)


@query
def find_search_filters(site: Site, tag: str) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """Return the kinds, years and topics of the texts that a search in a language finds; years from the last one."""
    texts = list_findable(site, tag)
    kinds, years = {one.kind for one in texts}, {year for one in texts if (year := display_year(one, site))}
    named = {topic for one in texts for topic in one.topics}
    topics = [one for one in named if (found := site.get("topics", one)) and found.best_for(site.languages[tag]).listed]
    return (
        tuple([one.name for one in site.kinds if one.listed and one.name in kinds]),
        tuple(sorted(years, reverse=True)),
        tuple(sorted(topics)),
    )


@query
def find_index_page(site: Site, family: str, tag: str, number: str) -> Sequence[Document]:
    """Return the texts on a page of an index."""
    return site.indexes[family, tag][int(number)][1]


@query
def is_empty_index(site: Site, family: str, tag: str) -> bool:
    """Whether an index has no text."""
    return not any(texts for _, texts in site.indexes[family, tag].values())


@query
def find_index_labels(site: Site, family: str, tag: str) -> tuple[tuple[str, int], ...]:
    """Return the years or letters that have pages of an index, each with the number of that; none where it has one page."""
    return tuple((label, number) for number, (label, _) in site.indexes.get((family, tag), {}).items() if label)


def find_history(site: Site, tag: str) -> Iterator[Document]:
    """Return all texts of a timeline, newest first."""
    first, *others = site.indexes["timeline", tag].values()
    return (text for _, texts in others or (first,) for text in texts)
