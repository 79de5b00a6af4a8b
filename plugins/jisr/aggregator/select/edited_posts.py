"""Posts whose title, address and id their author mended together: they are edits, and no new posts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from jisr.aggregator.model import ExistingPost, SafeItem
from jisr.aggregator.select.identity import common_part, effective_title, text_sketch, words_of
from jisr.aggregator.store.images.image_links import link_remote_images
from jisr.ingest.language.letter_folding import normalize_text

_FEW_WORDS, _ENOUGH_WORDS = 3, 15  # of a text that is the same as another, or nearly
_NEARLY_ALL = 0.85  # of the words of the longer text
_SAME_RUNS = 0.5  # of the runs of three words in both: each word that was mended changes three of them

T = TypeVar("T")
ItemText = Callable[[SafeItem, str], str]
"""Returns the text of an item as the file of a post in a language has it: whole, or an excerpt."""


def match_edited(
    items: Mapping[int, SafeItem], existing_posts: Mapping[int, ExistingPost], text_of: ItemText
) -> Iterator[tuple[int, int]]:
    """Yield which new item is which existing post that the feed has no more, as pairs of keys.

    They have the same moment or the same title, which no other has, and nearly all of the text. Numbers in it must be the
    same: a notice of every week differs from the last one in them.
    """
    free_items, free_posts = dict(items), dict(existing_posts)
    for item_key, post_key in ((_item_moment, _post_moment), (_item_title, _post_title)):
        posts = dict(_unique(free_posts, post_key))
        for key, position in list(_unique(free_items, item_key)):
            other = posts.get(key)
            if other is not None and _has_same_text(free_items[position], free_posts[other], text_of):
                yield position, other
                del free_items[position], free_posts[other]


def _unique(values: Mapping[int, T], key: Callable[[T], Hashable]) -> Iterator[tuple[Hashable, int]]:
    keys = {position: key(value) for position, value in values.items()}
    counts = Counter(keys.values())
    return ((one, position) for position, one in keys.items() if one and counts[one] == 1)


def _item_moment(safe_item: SafeItem) -> Hashable:
    published = safe_item.item.published
    return published.replace(microsecond=0).timestamp() if published else None


def _post_moment(existing: ExistingPost) -> Hashable:
    return existing.post.date.timestamp()


def _item_title(safe_item: SafeItem) -> Hashable:
    return normalize_text(effective_title(safe_item))


def _post_title(existing: ExistingPost) -> Hashable:
    return normalize_text(existing.seen_entry.title if existing.seen_entry else existing.post.title)


def _has_same_text(safe_item: SafeItem, existing: ExistingPost, text_of: ItemText) -> bool:
    words = words_of(link_remote_images(text_of(safe_item, existing.post.language)))
    others = words_of(link_remote_images(existing.post.body))
    if words == others:
        return len(words) >= _FEW_WORDS
    return (
        min(len(words), len(others)) >= _ENOUGH_WORDS
        and _numbers(words) == _numbers(others)
        and (Counter(words) & Counter(others)).total() >= _NEARLY_ALL * max(len(words), len(others))
        and common_part(text_sketch(" ".join(words)), text_sketch(" ".join(others))) >= _SAME_RUNS
    )


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(character.isdigit() for character in word)]
