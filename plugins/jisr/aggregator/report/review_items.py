"""The questions to editors about a member's blog and its posts, each with what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from jisr.aggregator.model import ExistingPost, FeedSource, HeldBack, MemberPosts, Post, ReviewItem
from jisr.aggregator.report.patches import set_feed_field
from jisr.aggregator.report.reasons import parse_feed_reason
from jisr.aggregator.select.identity import PostIdentity, canonical_url
from jisr.aggregator.state import FeedState
from jisr.core.diagnostics.problems import Phrase, phrase
from jisr.core.frozen import dataclass
from jisr.ingest.language.identification import Identification

_LANGUAGE_NAMES = MappingProxyType({
    "ar": phrase("Arabic"), "ckb": phrase("Sorani"), "kmr": phrase("Kurmanji"), "fa": phrase("Persian"),
    "fr": phrase("French"), "en": phrase("English"),
})  # fmt: skip


_DOUBTS: Mapping[str, Phrase] = MappingProxyType({
    "wordless": phrase("has no words from which its language could be told"),
    "short": phrase("has too few words to tell its language"),
    "mixed": phrase("is in several languages, none of which is clear"),
    "foreign": phrase("is in no language that is known here, or in several"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class LanguageQuestion:
    """A post without a language of the site: what was found, in which language a pin takes it, and which ``languages`` help."""

    title: str
    target: str  # its address, or its guid
    found: Identification
    pinned: str
    helpful: str = ""  # a tag that would decide, where the member states none or several


def ask_language(source: FeedSource, question: LanguageQuestion) -> ReviewItem:
    """Return the question in which language a post is, or the note that the site lacks its language."""
    title, link, tag, pinned = question.title, question.target, question.found.tag, question.pinned
    if tag:
        text = (
            '"{title}" is in {language}, which this site does not have. Add {tag} to LANGUAGES in the settings, '
            'hide the post: write hide: [{{post: "{link}", reason: …}}], or take it as {pinned}: write pin: ["{link}"].'
        )
        values: dict[str, object] = {"language": _LANGUAGE_NAMES.get(tag, tag), "tag": tag}
    elif question.helpful:
        text = (
            '"{title}" {doubt}. Write languages: [{tag}], or another one, where the member writes in one language only, '
            'or pin: ["{link}"] to take this post as {pinned}.'
        )
        values = {"doubt": _DOUBTS[question.found.doubt], "tag": question.helpful}
    else:
        text = '"{title}" {doubt}. Write pin: ["{link}"] to take it as {pinned}, or hide: [{{post: "{link}", reason: …}}].'
        values = {"doubt": _DOUBTS[question.found.doubt]}
    names = {"title": title, "link": link, "pinned": _LANGUAGE_NAMES.get(pinned, pinned)}
    return ReviewItem("language", source.member, source.path, phrase(text, **names, **values))


def propose_change(existing: ExistingPost, content: str) -> ReviewItem:
    """Return the note that both the source of a post and an editor changed it."""
    text = '"{title}" was changed by its source, and by an editor before. Take over what is right, or leave it.'
    return ReviewItem("changed", existing.post.member, existing.path, phrase(text, title=existing.post.title), content)


def ask_contested_post(post: Post, other: str) -> ReviewItem:
    """Return the question about a post that is held back: another member has one of its title and address."""
    text = (
        '"{title}" has the title and the address of a post of {other}, and other words: it is held back. Write '
        'pin: ["{link}"] in the file of the member whose post it is, and in the other\'s hide: [{{post: "{link}", reason: …}}].'
    )
    question = phrase(text, title=post.title, other=other, link=post.original)
    return ReviewItem("contested", post.member, "", question)


def ask_contested_file(post: Post, other: str) -> ReviewItem:
    """Return the question about a post that has a file, whose title and address are those of another member's own post."""
    text = (
        '"{title}" has the title and the address of a post of {other}, and other words. '
        "Remove the file if it is no work of {member}."
    )
    return ReviewItem("contested", post.member, post.path, phrase(text, title=post.title, other=other, member=post.member))


def ask_other_words(held_post: HeldBack) -> ReviewItem:
    """Return the question about a post at another member's address with other words than that member's."""
    text = (
        '"{title}" has an address of {other}, and other words than the post there: it is held back. Write '
        'hide: [{{post: "{link}", reason: …}}], or pin: ["{link}"] to show it all the same.'
    )
    question = phrase(text, title=held_post.title, other=held_post.detail, link=held_post.original)
    return ReviewItem("contested", held_post.member, "", question)


def ask_same_title(post: Post, other: str) -> ReviewItem:
    """Return the question about a post that has the title of another member's, and other words."""
    text = (
        '"{title}" is also the title of a post of {other}, with other words. '
        "Remove the file if it is meant to pass for that one."
    )
    return ReviewItem("contested", post.member, post.path, phrase(text, title=post.title, other=other))


def ask_replaced_feed(source: FeedSource, known_title: str, title: str, number: int, link: str) -> ReviewItem:
    """Return the question about a feed that has another title than before and none of the known posts."""
    text = (
        '"{title}" is the title of this feed by now, which was "{known}", and none of its {number} posts was there before: '
        'nothing of it is shown. Write pin: ["{link}"] if it is still the blog of {member}; else take the line out.'
    )
    values = {"title": title or "…", "known": known_title, "number": number, "link": link, "member": source.member}
    return ReviewItem("replaced", source.member, source.path, phrase(text, **values))


def warn_no_site(source: FeedSource) -> list[ReviewItem]:
    """Return a warning where a member's file does not say where the blog is: its feed alone may be at any address."""
    text = (
        '"{member}" says where its feed is, and not where its blog is. Write site: and the address of its first page, '
        "so that no other member can publish under it."
    )
    warning = phrase(text, member=source.member)
    return [ReviewItem("site", source.member, source.path, warning)] if source.feed and not source.site else []


def ask_removed_posts(member_posts: MemberPosts, identities: Sequence[PostIdentity], matches: set[int]) -> list[ReviewItem]:
    """Return questions about posts that their source seems to have deleted.

    A post is in question where the feed has an older one and not this one: otherwise it only grew too old for the feed. A
    feed without any of the existing posts is another feed, or a broken one, and proves nothing.
    """
    days = [identity.day for identity in identities if identity.day]
    if not matches or not days:
        return []
    guids, links = {identity.guid for identity in identities}, {identity.link for identity in identities}
    text = '"{title}" is no longer in the feed of {member}. Remove the file if its author took it back; it stays until then.'
    missing_posts = [
        existing
        for position, existing in enumerate(member_posts.existing_posts)
        if position not in matches
        and existing.seen_entry is not None
        and existing.seen_entry.day > min(days)
        and existing.post.guid not in guids
        and canonical_url(existing.post.original) not in links
    ]
    member = member_posts.member
    questions = [phrase(text, title=existing.post.title, member=member) for existing in missing_posts]
    return [ReviewItem("removed", member, post.path, text) for post, text in zip(missing_posts, questions, strict=True)]


def ask_emptied_post(existing: ExistingPost) -> ReviewItem:
    """Return the question about a post that is empty in its source."""
    text = '"{title}" is empty in its feed by now. Remove the file if its author took it back; it stays until then.'
    return ReviewItem("removed", existing.post.member, existing.path, phrase(text, title=existing.post.title))


def ask_hidden_post(source: FeedSource, existing: ExistingPost) -> ReviewItem:
    """Return the request to remove a post that a rule hides and an editor edited."""
    text = '"{title}" is hidden by a rule of {path}. Remove its folder, or write status: hidden into the file.'
    return ReviewItem("hidden", source.member, existing.path, phrase(text, title=existing.post.title, path=source.path))


def warn_over_limit(source: FeedSource, member_posts: MemberPosts) -> list[ReviewItem]:
    """Return a warning where a member has more posts than its limit."""
    count = len(member_posts.existing_posts)
    text = '"{member}" has {number} posts, more than its limit of {limit}. Remove the oldest, or raise the limit.'
    warning = phrase(text, member=source.member, number=count, limit=source.limit)
    return [ReviewItem("limit", source.member, source.path, warning)] if count > source.limit else []


def warn_broken_tombstones(member_posts: MemberPosts) -> list[ReviewItem]:
    """Return a warning where the list of removed posts cannot be read."""
    path = f"posts/{member_posts.member}/removed.yaml"
    text = '"removed.yaml" cannot be read: {reason}. Mend it; until then no new post of {member} is written.'
    warning = phrase(text, reason=parse_feed_reason(member_posts.tombstone_error), member=member_posts.member)
    return [ReviewItem("tombstones", member_posts.member, path, warning)] if member_posts.tombstone_error else []


def member_review_items(source: FeedSource, state: FeedState, text: str) -> tuple[ReviewItem, ...]:
    """Return the review items of a member's file, each with a proposed version of it; ``text`` is its text now."""
    items: list[ReviewItem] = []
    if state.observed_moves and not state.gone_on:
        url = state.observed_moves[-1].url
        items.append(ReviewItem("moved", source.member, source.path, _describe_move(state), set_feed_field(text, url)))
    elif state.address:
        question = phrase('The feed of "{stated}" is {url}. Write feed: {url}.', stated=state.source_url, url=state.address)
        items.append(ReviewItem("found", source.member, source.path, question, set_feed_field(text, state.address)))
    if source.full_text and not source.consent:
        text = (
            '"{member}" is shown in full, and its file does not say since when its author agrees. Write consent: and the day.'
        )
        items.append(ReviewItem("consent", source.member, source.path, phrase(text, member=source.member)))
    return (*items, *warn_no_site(source))


def _describe_move(state: FeedState) -> Phrase:
    move = state.observed_moves[-1]
    if state.is_confirmed_move(move.url):
        days = phrase("on {count} days, and is asked there now", count=len(move.days))
    else:
        days = phrase("on {day}", day=move.days[-1])
    text = '"{stated}" said that it moved for good to {url} ({days}). Write feed: {url}, if the blog is there.'
    return phrase(text, stated=state.source_url, url=move.url, days=days)
