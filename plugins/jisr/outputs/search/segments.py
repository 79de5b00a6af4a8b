"""Segments of the texts that the search of a language finds: a text changes one of them, and what is made of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from jisr.core.build.queries import body_query
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

    ``body`` is the state of its body, None where its words are not in the index: those of another language are not.
    ``replies`` are those to it in the language of the search, each as its author and its rendered body.
    """

    document: Document
    names: tuple[str, ...]  # of topics, authors and its place, and its titles in other languages
    body: object = None
    replies: tuple[tuple[str, str], ...] = ()


def count_segments(site: Site, tag: str) -> int:
    """Return the number of segments of a language: a power of two, so that few texts more change it."""
    return _power_of_two(len(site.once(("search", tag), lambda: list_findable(site, tag))) // _SEGMENT_SIZE)


def count_shards(site: Site, tag: str) -> int:
    """Return the number of files that the words of a language are in."""
    texts = site.once(("search", tag), lambda: list_findable(site, tag))
    return max(_LEAST_SHARDS, min(_power_of_two(len(texts) // _SHARD_SIZE), _MOST_SHARDS))


def _power_of_two(least: int) -> int:
    return 1 << least.bit_length()


@body_query
def find_segment(site: Site, tag: str, number: str) -> tuple[SearchText, ...]:
    """Return the texts of a segment, newest first."""
    segments = site.once(("search segments", tag), lambda: _split_texts(site, tag))
    language = site.languages[tag]
    return tuple([_search_text(one, language, site) for one in segments.get(int(number), ())])


def _split_texts(site: Site, tag: str) -> dict[int, list[Document]]:
    """Return the texts by segment, which follows from the kind and id of each: others come and go and it stays."""
    segments: dict[int, list[Document]] = {}
    last = count_segments(site, tag) - 1
    for one in site.once(("search", tag), lambda: list_findable(site, tag)):
        segments.setdefault(crc32(f"{one.kind}/{one.id}".encode()) & last, []).append(one)
    return segments


def _search_text(document: Document, language: Language, site: Site) -> SearchText:
    names = tuple(dict.fromkeys(name for name in _list_names(document, language, site) if name))
    state = site.body_state(document.path) if document.language == language else None
    return SearchText(document, names, state, list_replies(document.key, language, site))


def list_replies(key: tuple[str, str], language: Language, site: Site) -> tuple[tuple[str, str], ...]:
    """Return the replies to a text in a language: author and rendered body of each."""
    return tuple((one.author, one.body.html) for one in site.replies.get(key, ()) if one.language == language)


def _list_names(document: Document, language: Language, site: Site) -> Iterator[str]:
    for topic in document.topics:
        yield from site.once(("names of", topic, language.tag), lambda topic=topic: _topic_names(topic, language, site))  # type: ignore[misc]
    for author in site.author_ids.get(document.path, ()):
        yield site.author_name(author, language)
    if document.provenance.member:
        yield site.author_name(document.provenance.member, language)
    yield from document.names
    if document.event is not None:
        place = document.event.place
        yield from (one.text for one in (place.name, place.city, place.country) if one)
    yield from (one.title for one in site.sets[document.key].listed if one is not document)


def _topic_names(topic: str, language: Language, site: Site) -> tuple[str, ...]:
    """Return the name of a topic in a language or the best there is."""
    texts: TranslationSet | None = site.get("topics", topic)
    return (texts.best_for(language).title,) if texts else ()


def segment_stamp(texts: Sequence[SearchText]) -> str:
    """Return a name that another order or choice of texts has not: words of one release never meet the texts of another."""
    return format(crc32("\n".join(_version_name(one.document) for one in texts).encode()), "x")


def _version_name(document: Document) -> str:
    """Return what a version is wherever its folder lies."""
    return f"{document.kind}/{document.id}/{document.language.tag}"


def list_own(texts: Iterable[SearchText], tag: str) -> list[Document]:
    """Return those texts that are written in a language."""
    return [one.document for one in texts if one.document.language.tag == tag]
