"""Deduplication of posts that several members' feeds have: one owner, the others as its sources. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from jisr.aggregator.model import HeldBack, MemberPosts, Post, PostSelection, SiteContext, sha256_digest
from jisr.aggregator.select.bylines import unify_bylines
from jisr.aggregator.select.identity import canonical_url
from jisr.ingest.language.letter_folding import normalize_text

_Key = tuple[str, ...]


def deduplicate(
    selections: Mapping[str, PostSelection], posts_by_member: Mapping[str, MemberPosts], site_context: SiteContext
) -> dict[str, PostSelection]:
    """Return the selections with each post once: a new one that several members have goes to one of them.

    Posts are the same where address and title agree, or title, day and text; never by a guid, which any feed can copy.
    A post that has a file stays with its member, and its file unchanged. Of new ones the oldest goes first, then the lowest
    member id; a post with an address below a member's own site is that member's already. The others become ``sources``.
    """
    owners: dict[_Key, Post] = {}
    sources: dict[tuple[str, str], set[str]] = {}
    lost: dict[_Key, str] = {}  # the owners of posts that are another member's, by member, id and language
    existing_owners = _existing_owners(posts_by_member)
    for post in _new_posts(selections, posts_by_member):
        keys = _duplicate_keys(post)
        other = next((existing_owners[key] for key in keys if existing_owners.get(key, post.member) != post.member), "")
        first = next((owners[key] for key in keys if key in owners and owners[key].member != post.member), None)
        if other or first:
            lost[post.member, post.id, post.language] = other or (first.member if first else "")
            if first and not other:
                sources.setdefault((first.member, first.id), set()).add(post.member)
        else:
            owners |= {key: post for key in keys if key not in owners}
    _add_held_sources(selections, owners, sources)
    resolved = {member: _apply_ownership(selection, sources, lost) for member, selection in sorted(selections.items())}
    all_posts = (post for selection in resolved.values() for post in selection.posts)
    posts_of = defaultdict[str, list[Post]](list)
    for post in unify_bylines(all_posts, site_context.author_spellings, site_context.member_ids):
        posts_of[post.member].append(post)
    return {member: replace(selection, posts=tuple(posts_of[member])) for member, selection in resolved.items()}


def _existing_owners(posts_by_member: Mapping[str, MemberPosts]) -> dict[_Key, str]:
    return {
        key: member_posts.member
        for member_posts in posts_by_member.values()
        for existing in member_posts.existing_posts
        for key in _duplicate_keys(existing.post)
    }


def _new_posts(selections: Mapping[str, PostSelection], posts_by_member: Mapping[str, MemberPosts]) -> list[Post]:
    """Return the new posts of all members, the oldest first."""
    posts = (post for selection in selections.values() for post in selection.posts if _is_new(post, posts_by_member))
    return sorted(posts, key=lambda post: (post.date, post.member, post.id))


def _is_new(post: Post, posts_by_member: Mapping[str, MemberPosts]) -> bool:
    return post.member not in posts_by_member or all(
        (existing.post.id, existing.post.language) != (post.id, post.language)
        for existing in posts_by_member[post.member].existing_posts
    )


def _duplicate_keys(post: Post) -> tuple[_Key, ...]:
    title, link = normalize_text(post.title), canonical_url(post.original)
    text = sha256_digest(" ".join(post.body.split()))
    keys: Iterable[_Key] = (("link", link, title), ("text", title, post.date.date().isoformat(), text))
    return tuple(key for key in keys if all(key))


def _add_held_sources(
    selections: Mapping[str, PostSelection], owners: Mapping[_Key, Post], sources: dict[tuple[str, str], set[str]]
) -> None:
    """Add the members whose copy was held back for the owner of its address."""
    for selection in selections.values():
        for held_post in selection.held_back:
            post = owners.get(("link", canonical_url(held_post.original), normalize_text(held_post.title)))
            if held_post.reason == "elsewhere" and post and post.member == held_post.detail:
                sources.setdefault((post.member, post.id), set()).add(selection.member)


def _apply_ownership(
    selection: PostSelection, sources: Mapping[tuple[str, str], set[str]], lost: Mapping[_Key, str]
) -> PostSelection:
    """Return a selection without the posts that are another member's, and with the sources of its own posts."""
    posts: list[Post] = []
    held_back, paths = list(selection.held_back), set()
    for post in selection.posts:
        key = (post.member, post.id)
        if owner := lost.get((*key, post.language)):
            held_back.append(HeldBack(selection.member, post.title, post.original, "elsewhere", owner))
            paths.add(f"posts/{post.member}/{post.id}/index.{post.language}.md")
        elif key in sources:
            posts.append(replace(post, sources=tuple(sorted({*post.sources, *sources[key]}))))
        else:
            posts.append(post)
    entries = tuple(replace(entry, path="", digest="") if entry.path in paths else entry for entry in selection.seen_entries)
    held_posts = tuple(sorted(held_back, key=lambda entry: (entry.reason, entry.original, entry.title)))
    return replace(selection, posts=tuple(_reassign_originals(posts, lost)), held_back=held_posts, seen_entries=entries)


def _reassign_originals(posts: Sequence[Post], lost: Mapping[_Key, str]) -> Iterable[Post]:
    """Return posts with new originals: where the original is another member's, a translation takes its place."""
    replacements: dict[tuple[str, str], str] = {}
    for post in posts:
        if post.of and (post.member, post.id, post.of) in lost:
            replacement = replacements.setdefault((post.id, post.of), post.language)
            yield replace(post, of="" if replacement == post.language else replacement)
        else:
            yield post
