"""The owners of guids: an id that a feed gave belongs to the member that had it first, whatever other feeds say later. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from jisr.aggregator.model import MemberPosts, Post, PostSelection, SiteContext
from jisr.aggregator.select.curation_rules import url_owner
from jisr.aggregator.select.identity import tag_uri

_FIRST = datetime.min.replace(tzinfo=UTC)


def keep_own_guids(
    selections: Mapping[str, PostSelection], posts_by_member: Mapping[str, MemberPosts], site_context: SiteContext
) -> dict[str, PostSelection]:
    """Return selections in which a guid that another member had first, or this site, is replaced by the post's own tag URI.

    What is written into the file of a post is the record: the id stays what it is when the other post goes.
    """
    holders = _first_holders(posts_by_member)
    kept = {existing.post.guid for member in posts_by_member.values() for existing in member.existing_posts}

    def own(post: Post) -> Post:
        is_known = post.guid in kept and holders.get(post.guid) == post.member
        if not post.guid or is_known or not _is_taken(post, holders, site_context):
            return post
        return replace(post, guid=tag_uri(site_context.tag_authority, post.member, post.id, post.language))

    return {
        member: replace(selection, posts=tuple(map(own, selection.posts))) if selection.posts else selection
        for member, selection in selections.items()
    }


def _is_taken(post: Post, holders: Mapping[str, str], site_context: SiteContext) -> bool:
    """Whether a guid is another member's: it had that first, or has the address; or one of this site."""
    own = tag_uri(site_context.tag_authority, post.member, post.id, post.language)
    if post.guid == own:
        return False
    is_of_site = post.guid.casefold().startswith(f"tag:{site_context.tag_authority}:".casefold())
    others = (holders.get(post.guid, post.member), url_owner(post.guid, site_context.site_owners))
    return is_of_site or post.guid in site_context.own_guids or any(owner not in ("", post.member) for owner in others)


def _first_holders(posts_by_member: Mapping[str, MemberPosts]) -> dict[str, str]:
    """Return which member had a guid first; no member where two had it in one run."""
    first: dict[str, tuple[datetime, str]] = {}
    for member, posts in sorted(posts_by_member.items()):
        for moment, guid in _moments(posts):
            earliest, holder = first.get(guid, (None, ""))
            if earliest is None or moment < earliest:
                first[guid] = (moment, member)
            elif moment == earliest and holder != member:
                first[guid] = (moment, "")
    return {guid: holder for guid, (_, holder) in first.items() if guid}


def _moments(posts: MemberPosts) -> Iterator[tuple[datetime, str]]:
    """Yield since when a member has each of its guids; those of posts that an editor removed were there before."""
    yield from ((existing.post.fetched or existing.post.date, existing.post.guid) for existing in posts.existing_posts)
    yield from ((entry.first_seen, entry.guid) for entry in posts.seen_entries)
    yield from ((_FIRST, stone.guid) for stone in posts.tombstones)
