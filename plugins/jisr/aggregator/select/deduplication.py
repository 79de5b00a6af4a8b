"""Deduplication of posts that several members' feeds have: one owner, the others as its sources. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from jisr.aggregator.model import HeldBack, HoldReason, MemberPosts, Post, PostSelection, SiteContext, sha256_digest
from jisr.aggregator.select.bylines import unify_bylines
from jisr.aggregator.select.contested_posts import PostKey, ask_about_copies, find_contested, is_copy, post_key, title_and_link
from jisr.aggregator.select.guid_owners import keep_own_guids
from jisr.aggregator.select.identity import canonical_url, words_of
from jisr.ingest.language.letter_folding import normalize_text

_Key = tuple[str, ...]
_Sources = dict[tuple[str, str], set[str]]  # member and id of a post -> the other members that have it


def deduplicate(
    selections: Mapping[str, PostSelection], posts_by_member: Mapping[str, MemberPosts], site_context: SiteContext
) -> dict[str, PostSelection]:
    """Return the selections with each post once: a new one that several members have goes to one of them.

    Posts are the same where their words agree, and their title with their address or their day; never by a guid, which any
    feed can copy. A post that has a file stays with its member, and its file unchanged. Of new ones the oldest goes first,
    then the lowest member id; a post with an address below a member's own site is that member's already. The others become
    ``sources``. Where title and address are one and the words are others, an editor is asked.
    """
    new_posts = _new_posts(selections, posts_by_member)
    existing_posts = [one.post for posts in posts_by_member.values() for one in posts.existing_posts]
    digests = _text_digests(new_posts, existing_posts, selections, posts_by_member)
    contested = find_contested(new_posts, existing_posts, digests, site_context.site_owners)
    uncontested = [post for post in new_posts if post_key(post) not in contested.rivals]
    lost, owned, sources = _find_owners(uncontested, existing_posts, digests)
    _add_held_sources(selections, owned, sources)
    copies = ask_about_copies(selections, [*existing_posts, *owned])
    resolved = {}
    for member, selection in sorted(keep_own_guids(selections, posts_by_member, site_context).items()):
        kept = _apply_ownership(selection, sources, lost, contested.rivals)
        items = (*kept.review_items, *contested.questions.get(member, ()), *copies.get(member, ()))
        resolved[member] = replace(kept, review_items=items)
    all_posts = (post for selection in resolved.values() for post in selection.posts)
    posts_of = defaultdict[str, list[Post]](list)
    names = (site_context.author_spellings, site_context.member_ids, site_context.member_titles)
    for post in unify_bylines(all_posts, *names):
        posts_of[post.member].append(post)
    return {member: replace(selection, posts=tuple(posts_of[member])) for member, selection in resolved.items()}


def _new_posts(selections: Mapping[str, PostSelection], posts_by_member: Mapping[str, MemberPosts]) -> list[Post]:
    """Return the new posts of all members, the oldest first."""
    posts = (post for selection in selections.values() for post in selection.posts if _is_new(post, posts_by_member))
    return sorted(posts, key=lambda post: (post.date, post.member, post.id))


def _is_new(post: Post, posts_by_member: Mapping[str, MemberPosts]) -> bool:
    return post.member not in posts_by_member or all(
        (existing.post.id, existing.post.language) != (post.id, post.language)
        for existing in posts_by_member[post.member].existing_posts
    )


def _text_digests(
    new_posts: Sequence[Post],
    existing_posts: Sequence[Post],
    selections: Mapping[str, PostSelection],
    posts_by_member: Mapping[str, MemberPosts],
) -> dict[PostKey, frozenset[str]]:
    """Return digests of the text of each post that may be another member's: of its words, and of what its source says.

    An excerpt has its source's words only in part. Texts of posts with which no other member's has to do are not looked at.
    """
    if not new_posts:
        return {}
    posts = (*existing_posts, *new_posts)
    members: defaultdict[_Key, set[str]] = defaultdict(set)
    for post in posts:
        for key in _meeting_keys(post):
            members[key].add(post.member)
    states = [entry for posts_of in posts_by_member.values() for entry in posts_of.seen_entries]
    states += [entry for selection in selections.values() for entry in selection.seen_entries]
    sources = {entry.path: entry.source_digest for entry in states if entry.path}
    digests: dict[PostKey, frozenset[str]] = {}
    for post in posts:
        if any(len(members[key]) > 1 for key in _meeting_keys(post)):
            words = sha256_digest(" ".join(words_of(post.body)))
            source = sources.get(post.path, "")
            digests[post_key(post)] = frozenset(filter(None, (words, source)))
    return digests


def _meeting_keys(post: Post) -> tuple[_Key, ...]:
    """Return the keys by which posts of several members meet: title with address, and title with day."""
    title, link = title_and_link(post.title, post.original)
    keys = (("link", link, title), ("day", post.date.date().isoformat(), title))
    return tuple(key for key in keys if all(key))


def _find_owners(
    new_posts: Sequence[Post], existing_posts: Sequence[Post], digests: Mapping[PostKey, frozenset[str]]
) -> tuple[dict[_Key, str], list[Post], _Sources]:
    """Return the owners of the new posts that are another member's, the other new posts, and the sources of these."""
    owners: dict[_Key, Post] = {}
    sources: _Sources = {}
    lost: dict[_Key, str] = {}
    owned: list[Post] = []
    existing = {key: post for post in existing_posts if post_key(post) in digests for key in _duplicate_keys(post, digests)}
    for post in new_posts:
        keys = _duplicate_keys(post, digests)
        other = next((existing[key] for key in keys if key in existing and existing[key].member != post.member), None)
        first = next((owners[key] for key in keys if key in owners and owners[key].member != post.member), None)
        if owner := other or first:
            lost[post_key(post)] = owner.member
            if owner is first:
                sources.setdefault((owner.member, owner.id), set()).add(post.member)
        else:
            owned.append(post)
            owners |= {key: post for key in keys if key not in owners}
    return lost, owned, sources


def _duplicate_keys(post: Post, digests: Mapping[PostKey, frozenset[str]]) -> tuple[_Key, ...]:
    texts = sorted(digests.get(post_key(post), ()))
    return tuple((*key, text) for key in _meeting_keys(post) for text in texts)


def _add_held_sources(selections: Mapping[str, PostSelection], posts: Iterable[Post], sources: _Sources) -> None:
    """Add the members whose copy was held back for the owner of its address."""
    by_link = {(post.member, canonical_url(post.original), normalize_text(post.title)): post for post in posts}
    for selection in selections.values():
        for held_post in selection.held_back:
            link, title = canonical_url(held_post.original), normalize_text(held_post.title)
            post = by_link.get((held_post.detail, link, title))
            if held_post.reason == "elsewhere" and post and is_copy(held_post, post):
                sources.setdefault((post.member, post.id), set()).add(selection.member)


def _apply_ownership(
    selection: PostSelection, sources: _Sources, lost: Mapping[_Key, str], rivals: Mapping[PostKey, str]
) -> PostSelection:
    """Return a selection without the posts that are another member's or contested, and with the sources of its own posts."""
    posts: list[Post] = []
    held_back, paths = list(selection.held_back), set()
    for post in selection.posts:
        key = (post.member, post.id)
        if owner := lost.get(post_key(post)) or rivals.get(post_key(post)):
            reason: HoldReason = "elsewhere" if post_key(post) in lost else "contested"
            held_back.append(HeldBack(selection.member, post.title, post.original, reason, owner))
            paths.add(post.path)
        elif key in sources:
            posts.append(replace(post, sources=tuple(sorted({*post.sources, *sources[key]}))))
        else:
            posts.append(post)
    entries = tuple(replace(entry, path="", digest="") if entry.path in paths else entry for entry in selection.seen_entries)
    held_posts = tuple(sorted(held_back, key=lambda entry: (entry.reason, entry.original, entry.title)))
    moved = frozenset((*lost, *rivals))
    return replace(selection, posts=tuple(_reassign_originals(posts, moved)), held_back=held_posts, seen_entries=entries)


def _reassign_originals(posts: Sequence[Post], lost: Container[_Key]) -> Iterable[Post]:
    """Return posts with new originals: where the original is another member's, a translation takes its place."""
    replacements: dict[tuple[str, str], str] = {}
    for post in posts:
        if post.of and (post.member, post.id, post.of) in lost:
            replacement = replacements.setdefault((post.id, post.of), post.language)
            yield replace(post, of="" if replacement == post.language else replacement)
        else:
            yield post
