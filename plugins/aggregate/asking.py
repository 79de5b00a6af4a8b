"""What an editor is asked about a member's posts: each a sentence that says what is so, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.aggregate.matching import Marks, canonical
from plugins.aggregate.shelves import Known, Proposal, Shelf
from plugins.aggregate.values import Source

_NAMES = {"ar": "Arabic", "ckb": "Sorani", "kmr": "Kurmanji", "fa": "Persian", "fr": "French", "en": "English"}


def language(source: Source, title: str, link: str, told: str) -> Proposal:
    """Ask in which language a post is, or say that the site doesn't have it."""
    if told:
        said = f"is in {_NAMES.get(told, told)}, which this site does not have"
        todo = f"Add {told} to LANGUAGES in the settings, or hide the post: write hide: [{{post: {link}, reason: …}}]"
    else:
        said = "does not say in which language it is, and its text is too short to tell"
        todo = "Write languages: [one tag] where the member writes in one language only"
    return Proposal("language", source.member, source.path, f'"{title}" {said}. {todo}.')


def changed(known: Known, content: str) -> Proposal:
    """Tell that the source of a post changed after an editor did."""
    text = f'"{known.post.title}" was changed by its source, and by an editor before. Take over what is right, or leave it.'
    return Proposal("changed", known.post.member, known.path, text, content)


def removed(shelf: Shelf, found: Sequence[Marks], there: set[int]) -> list[Proposal]:
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
        Proposal("removed", shelf.member, one.path, text.format(title=one.post.title, member=shelf.member))
        for at, one in enumerate(shelf.known)
        if at not in there
        and one.trace is not None
        and one.trace.day > min(days)
        and one.post.guid not in guids
        and canonical(one.post.original) not in links
    ]


def emptied(known: Known) -> Proposal:
    """Ask about a post of which its source says nothing any more."""
    text = f'"{known.post.title}" is empty in its feed by now. Remove the file if its author took it back; it stays until then.'
    return Proposal("removed", known.post.member, known.path, text)


def hidden(source: Source, known: Known) -> Proposal:
    """Ask to remove a post that a rule hides, and that an editor worked on."""
    text = (
        f'"{known.post.title}" is hidden by a rule of {source.path}. Remove its folder, or write status: hidden into the file.'
    )
    return Proposal("hidden", source.member, known.path, text)


def limit(source: Source, shelf: Shelf) -> list[Proposal]:
    """Tell that a member has more posts than its limit."""
    count = len(shelf.known)
    text = f'"{source.member}" has {count} posts, more than its limit of {source.limit}. Remove the oldest, or raise the limit.'
    return [Proposal("limit", source.member, source.path, text)] if count > source.limit else []


def broken(shelf: Shelf) -> list[Proposal]:
    """Tell that the list of removed posts cannot be read."""
    path = f"posts/{shelf.member}/removed.yaml"
    text = '"removed.yaml" cannot be read: {reason}. Mend it; until then no new post of {member} is written.'
    return (
        [Proposal("tombstones", shelf.member, path, text.format(reason=shelf.broken, member=shelf.member))]
        if shelf.broken
        else []
    )
