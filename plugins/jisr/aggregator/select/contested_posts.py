"""Posts of one member with the title or address of another's and other words: held back, or asked about. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from jisr.aggregator.model import HeldBack, Post, PostSelection, ReviewItem
from jisr.aggregator.report import review_items
from jisr.aggregator.select.curation_rules import url_owner
from jisr.aggregator.select.identity import canonical_url, common_part, text_sketch
from jisr.core.frozen import dataclass
from jisr.ingest.language.letter_folding import normalize_text

PostKey = tuple[str, str, str]
"""Member, id and language of a post."""

SAME_TEXT = 0.6
"""The part of the shorter of two texts that both have, from which one may be a copy of the other."""

_OTHER_TEXT = 0.3  # the part of two texts that both have, below which nobody takes them for versions of one
_TITLE_WORDS = 3  # shorter titles are many people's
_MANY = 5  # posts of one title: it is a common one


@dataclass(frozen=True, slots=True)
class Contested:
    """The posts that are held back, each with the member that has its title and address, and the questions by member."""

    rivals: Mapping[PostKey, str]
    questions: Mapping[str, tuple[ReviewItem, ...]]


def post_key(post: Post) -> PostKey:
    """Return what names a post."""
    return post.member, post.id, post.language


def find_contested(
    new_posts: Sequence[Post],
    existing_posts: Sequence[Post],
    says_same: Mapping[PostKey, frozenset[str]],
    site_owners: Mapping[str, str],
) -> Contested:
    """Return the new posts that have the title and address of another member's post, and other words.

    None of them is held back whose address is its member's, or that an editor pinned; a post that has a file stays. Dates
    decide nothing, since a feed can state any. ``says_same`` has the digests of a post's text: posts that share one agree.
    """
    rivals: dict[PostKey, str] = {}
    questions: defaultdict[str, list[ReviewItem]] = defaultdict(list)
    existing_keys = set(map(post_key, existing_posts))

    def is_safe(post: Post) -> bool:
        return post.is_pinned or url_owner(post.original, site_owners) == post.member

    for post, other in _pairs(new_posts, (*existing_posts, *new_posts), _title_and_link):
        if says_same.get(post_key(post), frozenset()) & says_same.get(post_key(other), frozenset()):
            continue
        if not is_safe(post):
            rivals.setdefault(post_key(post), other.member)
            questions[post.member].append(review_items.ask_contested_post(post, other.member))
        elif post_key(other) in existing_keys and not post.is_pinned:
            questions[other.member].append(review_items.ask_contested_file(other, post.member))
    for post, other in _pairs(new_posts, (*existing_posts, *new_posts), _long_title, most=_MANY):
        if canonical_url(post.original) != canonical_url(other.original) and not post.is_pinned and _differ(post, other):
            questions[post.member].append(review_items.ask_same_title(post, other.member))
    return Contested(rivals, {member: tuple(dict.fromkeys(items)) for member, items in questions.items()})


def ask_about_copies(selections: Mapping[str, PostSelection], posts: Iterable[Post]) -> dict[str, tuple[ReviewItem, ...]]:
    """Return the questions about posts that were held back for the owner of their address, and say other things there."""
    owners = {one.detail for selection in selections.values() for one in selection.held_back if one.reason == "elsewhere"}
    posts_by_link = {
        (post.member, title_and_link(post.title, post.original)[1]): post for post in posts if post.member in owners
    }
    questions: defaultdict[str, list[ReviewItem]] = defaultdict(list)
    for member, selection in selections.items():
        for held_post in selection.held_back:
            own = posts_by_link.get((held_post.detail, canonical_url(held_post.original)))
            if held_post.reason == "elsewhere" and own and not is_copy(held_post, own):
                questions[member].append(review_items.ask_other_words(held_post))
    return {member: tuple(items) for member, items in questions.items()}


def is_copy(held_post: HeldBack, post: Post) -> bool:
    """Whether a post that was held back has the words of another, or a part of them."""
    return common_part(held_post.sketch, text_sketch(post.body), of_shorter=True) >= SAME_TEXT


@lru_cache(100_000)  # each post is compared by several keys, and a site has more posts than any run brings
def title_and_link(title: str, original: str) -> tuple[str, str]:
    """Return the normal forms of a title and of an address."""
    return normalize_text(title), canonical_url(original)


def _title_and_link(post: Post) -> str:
    title, link = title_and_link(post.title, post.original)
    return f"{link}\n{title}" if title and link else ""


def _long_title(post: Post) -> str:
    title, _ = title_and_link(post.title, post.original)
    return title if len(title.split()) >= _TITLE_WORDS else ""


def _pairs(
    new_posts: Sequence[Post], posts: Iterable[Post], key: Callable[[Post], str], most: int = 0
) -> Iterator[tuple[Post, Post]]:
    """Yield each new post with each post of another member that has its key; none of a key that more than ``most`` have."""
    if not new_posts:
        return
    by_key: defaultdict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_key[key(post)].append(post)
    for post in new_posts:
        if key(post) and not 0 < most < len(by_key[key(post)]):
            yield from ((post, other) for other in by_key[key(post)] if other.member != post.member)


def _differ(post: Post, other: Post) -> bool:
    return common_part(text_sketch(post.body), text_sketch(other.body), of_shorter=True) < _OTHER_TEXT
