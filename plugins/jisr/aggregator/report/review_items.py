"""What an editor is asked about a member's posts: each a sentence that says what is so, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from jisr.aggregator.model import FeedSource
from jisr.aggregator.post_model import ExistingPost, MemberPosts, ReviewItem
from jisr.aggregator.report.reasons import parse_feed_reason as reason
from jisr.aggregator.select.identity import PostIdentity, canonical_url
from jisr.core.diagnostics.problems import phrase

_LANGUAGE_NAMES = MappingProxyType(
    {
        "ar": phrase("Arabic"),
        "ckb": phrase("Sorani"),
        "kmr": phrase("Kurmanji"),
        "fa": phrase("Persian"),
        "fr": phrase("French"),
        "en": phrase("English"),
    }
)


def ask_language(source: FeedSource, title: str, link: str, told: str) -> ReviewItem:
    """Ask in which language a post is, or say that the site doesn't have it."""
    if told:
        text = (
            '"{title}" is in {language}, which this site does not have. Add {tag} to LANGUAGES in the settings, '
            "or hide the post: write hide: [{{post: {link}, reason: …}}]."
        )
        said = phrase(text, title=title, language=_LANGUAGE_NAMES.get(told, told), tag=told, link=link)
    else:
        text = (
            '"{title}" does not say in which language it is, and its text is too short to tell. '
            "Write languages: [one tag] where the member writes in one language only."
        )
        said = phrase(text, title=title)
    return ReviewItem("language", source.member, source.path, said)


def propose_change(known: ExistingPost, content: str) -> ReviewItem:
    """Tell that the source of a post changed after an editor did."""
    text = '"{title}" was changed by its source, and by an editor before. Take over what is right, or leave it.'
    return ReviewItem("changed", known.post.member, known.path, phrase(text, title=known.post.title), content)


def ask_removed_posts(shelf: MemberPosts, found: Sequence[PostIdentity], there: set[int]) -> list[ReviewItem]:
    """Ask about posts that their source seems to have deleted.

    A post is asked about where the feed has an older one and not this one: else it only grew too old for the feed. A feed
    that has none of the posts we know is another feed, or a broken one, and says nothing.
    """
    days = [one.day for one in found if one.day]
    if not there or not days:
        return []
    guids, links = {one.guid for one in found}, {one.link for one in found}
    text = '"{title}" is no longer in the feed of {member}. Remove the file if its author took it back; it stays until then.'
    return [
        ReviewItem("removed", shelf.member, one.path, phrase(text, title=one.post.title, member=shelf.member))
        for at, one in enumerate(shelf.existing_posts)
        if at not in there
        and one.seen_entry is not None
        and one.seen_entry.day > min(days)
        and one.post.guid not in guids
        and canonical_url(one.post.original) not in links
    ]


def ask_emptied_post(known: ExistingPost) -> ReviewItem:
    """Ask about a post of which its source says nothing any more."""
    text = '"{title}" is empty in its feed by now. Remove the file if its author took it back; it stays until then.'
    return ReviewItem("removed", known.post.member, known.path, phrase(text, title=known.post.title))


def ask_hidden_post(source: FeedSource, known: ExistingPost) -> ReviewItem:
    """Ask to remove a post that a rule hides, and that an editor worked on."""
    text = '"{title}" is hidden by a rule of {path}. Remove its folder, or write status: hidden into the file.'
    return ReviewItem("hidden", source.member, known.path, phrase(text, title=known.post.title, path=source.path))


def warn_over_limit(source: FeedSource, shelf: MemberPosts) -> list[ReviewItem]:
    """Tell that a member has more posts than its limit."""
    count = len(shelf.existing_posts)
    text = '"{member}" has {number} posts, more than its limit of {limit}. Remove the oldest, or raise the limit.'
    said = phrase(text, member=source.member, number=count, limit=source.limit)
    return [ReviewItem("limit", source.member, source.path, said)] if count > source.limit else []


def warn_broken_tombstones(shelf: MemberPosts) -> list[ReviewItem]:
    """Tell that the list of removed posts cannot be read."""
    path = f"posts/{shelf.member}/removed.yaml"
    text = '"removed.yaml" cannot be read: {reason}. Mend it; until then no new post of {member} is written.'
    said = phrase(text, reason=reason(shelf.tombstone_error), member=shelf.member)
    return [ReviewItem("tombstones", shelf.member, path, said)] if shelf.tombstone_error else []
