"""By what items, files and memories of one member are recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from jisr.aggregator.model import Item
from jisr.aggregator.post_model import Clean, Known, Trace, digest
from jisr.aggregator.select.identity import Marks, is_same, marks
from jisr.aggregator.store.images.image_links import linked
from jisr.ingest.language import identification

_TITLE_WORDS = 9
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs of which nothing is seen


def once(items: Sequence[Clean]) -> list[Clean]:
    """Give each post of a feed once, in its newest version, in an order that is not the feed's."""
    kept: list[tuple[Clean, Marks]] = []
    for clean in sorted(items, key=_age, reverse=True):
        mark = marks_of(clean)
        if not any(is_same(mark, other) for _, other in kept):
            kept.append((clean, mark))
    return [clean for clean, _ in kept]


def _age(clean: Clean) -> tuple[datetime, str, str]:
    item = clean.item
    moment = item.updated or item.published or datetime.min.replace(tzinfo=UTC)
    return (moment.replace(tzinfo=moment.tzinfo or UTC), item.link, repr(clean))


def said(clean: Clean) -> str:
    """Give the digest of what a source says, title and text."""
    return digest(f"{clean.title}\n{linked(clean.body)}")


def day_of(moment: datetime | None) -> str:
    """Give the day of a moment, or an empty string."""
    return moment.date().isoformat() if moment else ""


def marks_of(clean: Clean) -> Marks:
    """Give the marks of an item."""
    item = clean.item
    return marks(guid_of(item), item.link, title_of(clean), day_of(item.published), said(clean))


def guid_of(item: Item) -> str:
    """Give the guid of an item, which is its address where the feed says none."""
    return item.guid.strip() or item.link.strip()


def known_marks(known: Known) -> Marks:
    """Give the marks of a post that has a file: what its source said last, where that is remembered."""
    post, trace = known.post, known.trace
    if trace is None:
        return marks(post.guid, post.original, post.title, day_of(post.date))
    return marks(post.guid or trace.guid, post.original or trace.original, trace.title, trace.day, trace.said)


def trace_marks(trace: Trace) -> Marks:
    """Give the marks of what is remembered."""
    return marks(trace.guid, trace.original, trace.title, trace.day, trace.said)


def title_of(clean: Clean) -> str:
    """Give a post's title, or the beginning of its text where it has none, as in a microblog."""
    title = " ".join(clean.title.split())
    if any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANKS for one in title):
        return title
    words = identification.words_of(clean.body)
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
