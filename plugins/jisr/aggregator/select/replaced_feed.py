"""A feed that is suddenly another, as that of a domain that was sold: none of it is shown before an editor says so. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from jisr.aggregator.model import FeedSource, HeldBack, MemberPosts, PostSelection, SafeItem
from jisr.aggregator.report.review_items import ask_replaced_feed
from jisr.aggregator.select.curation_rules import is_pinned
from jisr.aggregator.select.identity import (
    existing_identity,
    is_same_post,
    item_identity,
    match_posts,
    seen_identity,
    words_of,
)

_SHORT = 3  # letters of words that many titles have


def is_other_blog(
    known_title: str, title: str, items: Sequence[SafeItem], member_posts: MemberPosts, source: FeedSource
) -> bool:
    """Whether a feed has another title than before and none of the posts that are known, but others.

    One of the two alone proves nothing: a blog is renamed, and the feed of another has room for its newest posts only. A rule
    that pins one of the posts is an editor's word that the blog is the member's.
    """
    known = [*map(existing_identity, member_posts.existing_posts), *map(seen_identity, member_posts.seen_entries)]
    if not (items and known and known_title) or _is_like(known_title, title):
        return False
    if any(is_pinned(safe_item, source.rules) for safe_item in items):
        return False
    identities = [item_identity(safe_item) for safe_item in items]
    has_match = next(match_posts(identities, known), None) is not None
    return not has_match and not any(is_same_post(one, other) for one in identities for other in known)


def _is_like(known_title: str, title: str) -> bool:
    """Whether two titles are one, or have half of their words in common."""
    words, others = (set(words_of(text)) for text in (known_title, title))
    if words == others:
        return True
    words, others = ({word for word in one if len(word) >= _SHORT} for one in (words, others))
    return 2 * len(words & others) >= min(len(words), len(others)) > 0


def hold_replaced_feed(
    selection: PostSelection, known_title: str, title: str, items: Sequence[SafeItem], source: FeedSource
) -> PostSelection:
    """Return the selection of a feed without entries, with these held back and one question about all of them."""
    held_back = [HeldBack(source.member, one.title, one.item.link, "replaced") for one in items]
    question = ask_replaced_feed(source, known_title, title, len(items), items[0].item.link or items[0].item.guid)
    return PostSelection(
        selection.member,
        held_back=tuple(sorted(held_back, key=lambda one: (one.original, one.title))),
        review_items=(*selection.review_items, question),
        seen_entries=selection.seen_entries,
        new_tombstones=selection.new_tombstones,
        hidden_paths=selection.hidden_paths,
    )
