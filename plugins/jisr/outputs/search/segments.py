"""Segments of the texts that the search of a language finds: a text changes one of them, and what is made of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from zlib import crc32

from jisr.core.build.queries import body_query, query
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.index_pages import list_findable
from jisr.core.model.site import Site

_SEGMENT_SIZE = 96  # texts at most, on average
_SHARD_SIZE = 20
_LEAST_SHARDS, _MOST_SHARDS = 32, 256  # a word and its forms may be in several, of which each is loaded whole


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text that a search in a language finds: its version for these readers, and the words beside those of that version.

    ``is_own``: it is written in that language; of another one the words of its body are not in the index.
    ``replies`` are those to it in the language of the search, each as its author and its rendered body.
    """

    document: Document
    names: tuple[str, ...]  # of topics, authors and its place, and its titles in other languages
    is_own: bool
    replies: tuple[tuple[str, str], ...] = ()


def count_shards(site: Site, tag: str) -> int:
    """Return the number of files that the words of a language are in."""
    texts = sum(map(len, list_segments(site, tag)))
    return max(_LEAST_SHARDS, min(_power_of_two(texts // _SHARD_SIZE), _MOST_SHARDS))


def _power_of_two(least: int) -> int:
    return 1 << least.bit_length()


def list_segments(site: Site, tag: str) -> Sequence[Sequence[Document]]:
    """Return the texts of each segment of a language, newest first.

    The segment of a text follows from its kind and id: others come and go and it stays. There are so many that a few texts
    more change nothing: a power of two.
    """
    return site.once(("search segments", tag), lambda: _split_texts(list_findable(site, tag)))


def _split_texts(texts: Sequence[Document]) -> list[list[Document]]:
    segments: list[list[Document]] = [[] for _ in range(_power_of_two(len(texts) // _SEGMENT_SIZE))]
    for one in texts:
        segments[crc32(f"{one.kind}/{one.id}".encode()) & (len(segments) - 1)].append(one)
    return segments


@query
def find_segment(site: Site, tag: str, number: str) -> tuple[SearchText, ...]:
    """Return the texts of a segment."""
    language = site.languages[tag]

    @cache
    def name_topic(topic: str) -> str:
        texts: TranslationSet | None = site.get("topics", topic)
        return texts.best_for(language).title if texts else ""

    @cache
    def name_author(author: str) -> str:
        return site.author_name(author, language) if author else ""

    def find_text(one: Document) -> SearchText:
        authors = (*site.author_ids.get(one.path, ()), one.provenance.member)
        names = (*map(name_topic, one.topics), *map(name_author, authors), *one.names, *_list_other_names(one, site))
        replies = list_replies(one.key, language, site)
        return SearchText(one, tuple(dict.fromkeys(filter(None, names))), one.language == language, replies)

    return tuple(map(find_text, list_segments(site, tag)[int(number)]))


@body_query
def find_body_states(site: Site, tag: str, number: str) -> tuple[object, ...]:
    """Return what tells whether the bodies of a segment are as they were; a word of one changes nothing else of it."""
    return tuple([site.body_state(one.path) for one in list_segments(site, tag)[int(number)] if one.language.tag == tag])


def list_replies(key: tuple[str, str], language: Language, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the replies to a text in a language: author and rendered body of each."""
    return tuple((one.author, one.body.html) for one in site.replies.get(key, ()) if one.language == language)


def _list_other_names(document: Document, site: Site) -> Iterator[str]:
    if document.event is not None:
        place = document.event.place
        yield from (one.text for one in (place.name, place.city, place.country) if one)
    yield from (one.title for one in site.sets[document.key].listed if one is not document)


def segment_stamp(texts: Iterable[SearchText]) -> str:
    """Return a name that another order or choice of texts has not: words of one release never meet the texts of another."""
    return format(crc32("\n".join(_version_name(one.document) for one in texts).encode()), "x")


def _version_name(document: Document) -> str:
    """Return what a version is wherever its folder lies."""
    return f"{document.kind}/{document.id}/{document.language.tag}"
