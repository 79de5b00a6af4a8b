"""By what items, files and memories of one member are recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

from jisr.aggregator.model import FeedItem
from jisr.aggregator.post_model import ExistingPost, SafeItem, SeenEntry, sha256_digest
from jisr.aggregator.select.identity import PostIdentity, is_same_post, post_identity
from jisr.aggregator.store.images.image_links import link_remote_images
from jisr.ingest.language import identification

_TITLE_WORDS = 9
_BLANK_CHARACTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs of which nothing is seen


def drop_repeated_items(items: Sequence[SafeItem]) -> list[SafeItem]:
    """Return each post of a feed once, in its newest version, in an order that is not the feed's."""
    kept: list[tuple[SafeItem, PostIdentity]] = []
    for clean in sorted(items, key=_newest_first_key, reverse=True):
        mark = item_identity(clean)
        if not any(is_same_post(mark, other) for _, other in kept):
            kept.append((clean, mark))
    return [clean for clean, _ in kept]


def _newest_first_key(clean: SafeItem) -> tuple[datetime, str, str]:
    item = clean.item
    moment = item.updated or item.published or datetime.min.replace(tzinfo=UTC)
    return (moment.replace(tzinfo=moment.tzinfo or UTC), item.link, repr(clean))


def content_digest(clean: SafeItem) -> str:
    """Return the digest of what a source says, title and text."""
    return sha256_digest(f"{clean.title}\n{link_remote_images(clean.body)}")


def iso_day(moment: datetime | None) -> str:
    """Return the day of a moment, or an empty string."""
    return moment.date().isoformat() if moment else ""


def item_identity(clean: SafeItem) -> PostIdentity:
    """Return the marks of an item."""
    item = clean.item
    return post_identity(
        effective_guid(item), item.link, effective_title(clean), iso_day(item.published), content_digest(clean)
    )


def effective_guid(item: FeedItem) -> str:
    """Return the guid of an item, which is its address where the feed says none."""
    return item.guid.strip() or item.link.strip()


def existing_identity(known: ExistingPost) -> PostIdentity:
    """Return the marks of a post that has a file: what its source said last, where that is remembered."""
    post, trace = known.post, known.seen_entry
    if trace is None:
        return post_identity(post.guid, post.original, post.title, iso_day(post.date))
    return post_identity(post.guid or trace.guid, post.original or trace.original, trace.title, trace.day, trace.said)


def seen_identity(trace: SeenEntry) -> PostIdentity:
    """Return the marks of what is remembered."""
    return post_identity(trace.guid, trace.original, trace.title, trace.day, trace.said)


def effective_title(clean: SafeItem) -> str:
    """Return a post's title, or the beginning of its text where it has none, as in a microblog."""
    title = " ".join(clean.title.split())
    if any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK_CHARACTERS for one in title):
        return title
    words = identification.prose_words(clean.body)
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
