"""The same post in several members' feeds becomes one: with its owner, who names the others. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jisr.aggregator.model import Post
from jisr.aggregator.post_model import HeldBack, MemberPosts, PostSelection, SiteContext, sha256_digest
from jisr.aggregator.select.bylines import unify_bylines
from jisr.aggregator.select.identity import canonical_url
from jisr.core.frozen import dataclass
from jisr.ingest.language.letter_folding import normalize_text

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CandidatePost:
    """A post that is about to be written, and the keys under which another member's would be the same."""

    post: Post
    duplicate_keys: tuple[_Key, ...]


def deduplicate(
    choices: Mapping[str, PostSelection], shelves: Mapping[str, MemberPosts], network: SiteContext
) -> dict[str, PostSelection]:
    """Return the choices with each post once: a new one that another member has, too, goes to one of them.

    Posts are the same where address and title agree, or title, day and text; never by a guid, which any feed can write.
    A post that has a file stays where it is, and its file as it is. Of two new ones the older goes first, then the member's
    id; an address below a member's own site has been left to that member before. The others become ``sources``.
    """
    there = {
        key: shelf.member for shelf in shelves.values() for known in shelf.existing_posts for key in _duplicate_keys(known.post)
    }
    fresh = sorted(
        (
            CandidatePost(post, _duplicate_keys(post))
            for choice in choices.values()
            for post in choice.posts
            if _is_new(post, shelves)
        ),
        key=lambda one: (one.post.date, one.post.member, one.post.id),
    )
    owners: dict[_Key, Post] = {}
    sources: dict[tuple[str, str], set[str]] = {}
    lost: dict[_Key, str] = {}
    for one in fresh:
        mine = (one.post.member, one.post.id, one.post.language)
        elsewhere = next((there[key] for key in one.duplicate_keys if there.get(key, one.post.member) != one.post.member), "")
        first = next(
            (owners[key] for key in one.duplicate_keys if key in owners and owners[key].member != one.post.member), None
        )
        if elsewhere or first:
            lost[mine] = elsewhere or (first.member if first else "")
            if first and not elsewhere:
                sources.setdefault((first.member, first.id), set()).add(one.post.member)
        else:
            owners |= {key: one.post for key in one.duplicate_keys if key not in owners}
    _add_held_sources(choices, owners, sources)
    joined = {member: _apply_ownership(choice, sources, lost) for member, choice in sorted(choices.items())}
    agreed = unify_bylines(
        (post for choice in joined.values() for post in choice.posts), network.author_spellings, network.member_ids
    )
    return {
        member: replace(choice, posts=tuple(post for post in agreed if post.member == member))
        for member, choice in joined.items()
    }


def _is_new(post: Post, shelves: Mapping[str, MemberPosts]) -> bool:
    return post.member not in shelves or all(
        (known.post.id, known.post.language) != (post.id, post.language) for known in shelves[post.member].existing_posts
    )


def _duplicate_keys(post: Post) -> tuple[_Key, ...]:
    title, link = normalize_text(post.title), canonical_url(post.original)
    text = sha256_digest(" ".join(post.body.split()))
    keys: Iterable[_Key] = (("link", link, title), ("text", title, post.date.date().isoformat(), text))
    return tuple(key for key in keys if all(key))


def _add_held_sources(
    choices: Mapping[str, PostSelection], owners: Mapping[_Key, Post], sources: dict[tuple[str, str], set[str]]
) -> None:
    """Name also those whose copy was left to the owner of its address."""
    for choice in choices.values():
        for held in choice.held_back:
            post = owners.get(("link", canonical_url(held.original), normalize_text(held.title)))
            if held.reason == "elsewhere" and post and post.member == held.detail:
                sources.setdefault((post.member, post.id), set()).add(choice.member)


def _apply_ownership(
    choice: PostSelection, sources: Mapping[tuple[str, str], set[str]], lost: Mapping[_Key, str]
) -> PostSelection:
    """Return a choice without what went to others, and with the names of those who have its posts, too."""
    kept: list[Post] = []
    held, paths = list(choice.held_back), set()
    for post in choice.posts:
        key = (post.member, post.id)
        if owner := lost.get((*key, post.language)):
            held.append(HeldBack(choice.member, post.title, post.original, "elsewhere", owner))
            paths.add(f"posts/{post.member}/{post.id}/index.{post.language}.md")
        elif key in sources:
            kept.append(replace(post, sources=tuple(sorted({*post.sources, *sources[key]}))))
        else:
            kept.append(post)
    traces = tuple(replace(one, path="", digest="") if one.path in paths else one for one in choice.seen_entries)
    order = sorted(held, key=lambda one: (one.reason, one.original, one.title))
    return replace(choice, posts=tuple(_reassign_originals(kept, lost)), held_back=tuple(order), seen_entries=traces)


def _reassign_originals(posts: Sequence[Post], lost: Mapping[_Key, str]) -> Iterable[Post]:
    """Return posts as versions of what is left: where an original went to somebody else, a translation takes its place."""
    heirs: dict[tuple[str, str], str] = {}
    for post in posts:
        if post.of and (post.member, post.id, post.of) in lost:
            heir = heirs.setdefault((post.id, post.of), post.language)
            yield replace(post, of="" if heir == post.language else heir)
        else:
            yield post
