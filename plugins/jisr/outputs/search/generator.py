"""The generator of the files of the search: each is a script that hands its part of the index to the page of the search."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from jisr.core.bidi.marks import add_minimal_marks
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Content, Output, Part, Writer
from jisr.core.i18n.dates import format_date
from jisr.core.i18n.language_names import language_name
from jisr.core.i18n.languages import Language
from jisr.core.model.document import Document
from jisr.core.model.events import listing_date
from jisr.core.model.site import Site, to_datetime
from jisr.core.urls import paths
from jisr.outputs.search.segments import (
    SearchText,
    count_shards,
    find_body_states,
    find_segment,
    list_replies,
    list_segments,
    segment_stamp,
)
from jisr.outputs.search.word_index import encode_words, list_words, weigh_words

CARDS = 16  # texts in a file of what results show of them
INDEX = "index"
_SHOWN_LENGTH = 320  # of a paragraph in the place of a summary; the page shows no more of one
_WORDS, _EPOCH = "w", date(1970, 1, 1)


class SearchGenerator(Output):
    """Writes the index of each language."""

    splits_work = True

    def offer_hooks(self, context: BuildContext) -> None:
        """Let the page of the search have its script, unless the site wants none."""
        context.hooks.has_search = context.settings.get("SEARCH", True) is not False

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write the files of each language."""
        if not context.hooks.has_search:
            return
        for language in writer.claim(tuple(context.site.languages)):
            for address, make in list_files(context.site, language):
                writer.write(address, make)


def list_files(site: Site, language: Language) -> Iterator[tuple[str, Callable[[], Content]]]:
    """Return each file of the index of a language: its address, and the function that makes it."""
    tag = language.tag
    segments, shards = list_segments(site, tag), count_shards(site, tag)
    yield paths.search_index(tag, INDEX), partial(_render_index, site, language, len(segments), shards)
    for shard in range(shards):
        yield paths.search_index(tag, f"{_WORDS}{shard}"), partial(_render_shard, site, tag, shard, len(segments), shards)
    for number, texts in enumerate(segments):
        for first in range(0, len(texts), CARDS):
            name = f"{number}-{first // CARDS}"
            yield paths.search_index(tag, name), partial(_render_cards, site, language, number, first)
        for document in (one for one in texts if one.language == language):
            yield paths.search_index(tag, f"{document.kind}/{document.id}"), partial(_render_text, site, document.key, tag)


def _hand_over(tag: str, name: str, data: object) -> bytes:
    """Return a script that hands a value to the page of the search."""
    return f"jisr({_dump(f'{tag}/{name}')},{_dump(data)})\n".encode()


def _dump(value: object) -> str:
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def _render_index(site: Site, language: Language, segments: int, shards: int) -> list[bytes | Part]:
    """Return the index: what is needed to find words, and of each text what filters ask."""
    kinds = [kind.name for kind in site.kinds]
    languages = {one.tag: [one.direction, language_name(one, language)] for one in site.languages}
    head = {"shards": shards, "kinds": kinds, "languages": languages, "fromDisk": site.policy.from_disk}
    content: list[bytes | Part] = [f'jisr("{language.tag}/{INDEX}",{_dump(head)[:-1]},"segments":['.encode()]
    for number in range(segments):
        content += [b"," if number else b"", Part(str(number), partial(_dump_facets, site, language.tag, number))]
    return [*content, b"]})\n"]


def _dump_facets(site: Site, tag: str, number: int) -> bytes:
    """Return the stamp of a segment, and of each text its kind, day, topics, and its language where that is another one."""
    texts = site.ask(find_segment, tag, str(number))
    kinds = {kind.name: position for position, kind in enumerate(site.kinds)}
    facets = []
    for document in (one.document for one in texts):
        day = _local_day(document, site)
        number_of_day = str((day - _EPOCH).days) if day else ""
        language = "" if document.language.tag == tag else document.language.tag
        facets.append(" ".join([str(kinds[document.kind]), number_of_day, ",".join(document.topics), language]).rstrip())
    return _dump([segment_stamp(texts), *facets]).encode()


def _local_day(document: Document, site: Site) -> date | None:
    """Return the day of a text where the network is, if it has one."""
    day = listing_date(document)
    return to_datetime(day, site.timezone).astimezone(site.timezone).date() if day else None


def _render_shard(site: Site, tag: str, shard: int, segments: int, shards: int) -> list[bytes | Part]:
    """Return the words of a shard, those of each segment under its stamp."""
    content: list[bytes | Part] = [f'jisr("{tag}/{_WORDS}{shard}",{{'.encode()]
    for number in range(segments):
        content += [b"," if number else b"", Part(str(number), partial(_dump_words, site, tag, number, shard, shards))]
    return [*content, b"})\n"]


def _dump_words(site: Site, tag: str, number: int, shard: int, shards: int) -> bytes:
    """Return the words of a segment in a shard; all shards of a segment are made at once."""
    texts = site.ask(find_segment, tag, str(number))
    stamp, words = site.derive(find_body_states, lambda: _encode_segment(texts, site, shards), tag, str(number))
    return f"{_dump(f'{number}.{stamp}')}:{_dump(words[shard])}".encode()


def _encode_segment(texts: Sequence[SearchText], site: Site, shards: int) -> tuple[str, list[str]]:
    return segment_stamp(texts), encode_words(_weigh_texts(texts, site), shards)


def _weigh_texts(texts: Iterable[SearchText], site: Site) -> Iterator[dict[str, int]]:
    for one in texts:
        yield weigh_words(one, _list_words(site.bodies[one.document.path].html if one.is_own else "", one.replies))


def _list_words(html: str, replies: Iterable[tuple[str, str]]) -> list[str]:
    """Return the words of a body and of the replies below it."""
    words = list_words(html)
    for author, reply in replies:
        words += [*author.split(), *list_words(reply)]
    return words


def _render_cards(site: Site, language: Language, number: int, first: int) -> bytes:
    """Return what results show of some texts of a segment."""
    texts = site.ask(find_segment, language.tag, str(number))
    cards = [_make_card(one, language, site) for one in texts[first : first + CARDS]]
    return _hand_over(language.tag, f"{number}-{first // CARDS}", [segment_stamp(texts), *cards])


def _make_card(text: SearchText, language: Language, site: Site) -> Sequence[str]:
    """Return the address of a text, its title, its day in the language of the reader, its summary."""
    document = text.document
    day = _local_day(document, site)
    shown_day = format_date(day, language) if day else ""
    summary = document.summary or _shorten(document.outline.first_paragraph)
    marked = [add_minimal_marks(one, document.language) for one in (document.title, summary)]
    return [paths.text(document.language.tag, *document.key), marked[0], shown_day, marked[1]]


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH].rpartition(' ')[0]} …"


def _render_text(site: Site, key: tuple[str, str], tag: str) -> bytes:
    """Return the words of a text, of which a result shows those around what was found."""
    document = site.version(*key, tag)
    words = _list_words(site.bodies[document.path].html, list_replies(key, document.language, site))
    return _hand_over(tag, "/".join(key), " ".join(words))
