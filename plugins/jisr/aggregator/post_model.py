"""What a choice is made from and what it gives: files, memory and removed posts of a member; posts, and what is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Literal

from jisr.aggregator.model import FeedItem, Post
from jisr.core.diagnostics.problems import Phrase
from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """What is remembered of a post: when it was first seen, what its source said, and which bytes were written where."""

    guid: str
    original: str
    title: str
    seen: datetime
    day: str = ""  # as the source says it, where it does
    path: str = ""  # below the content folder; empty where it was held back
    digest: str = ""  # of the bytes written; empty where a file is an editor's
    said: str = ""  # a digest of title and text as the source gave them
    date: datetime | None = None  # the one that stays


@dataclass(frozen=True, slots=True)
class ExistingPost:
    """A post of a member that has a file: as the file says it, and as it is remembered."""

    post: Post
    path: str  # below the content folder
    digest: str  # of its bytes
    is_readable: bool = True  # whether its front matter could be read
    is_alone: bool = True  # whether nothing else lies in its folder
    seen_entry: SeenEntry | None = None
    pictures: frozenset[str] = frozenset()  # names of the fetched pictures beside it

    @property
    def is_unedited(self) -> bool:
        """Whether the file is as the aggregator wrote it; without a memory it is taken for an editor's."""
        return self.seen_entry is not None and bool(self.digest) and self.seen_entry.digest == self.digest


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A post that an editor removed, and that must not come back."""

    guid: str = ""
    original: str = ""
    title: str = ""
    day: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemberPosts:
    """A member's part of the content folder: posts, the ids that are taken, removed posts, and what is remembered."""

    member: str
    existing_posts: tuple[ExistingPost, ...] = ()
    used_ids: frozenset[str] = frozenset()  # folders, also those without a text
    tombstones: tuple[Tombstone, ...] = ()
    seen_entries: tuple[SeenEntry, ...] = ()
    tombstone_error: str = ""  # why removed.yaml cannot be read
    translation_paths: frozenset[str] = frozenset()  # files in which people translated a post


@dataclass(frozen=True, slots=True)
class SafeItem:
    """An item that was made harmless: its title is plain text, its body safe Markdown."""

    item: FeedItem
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What a choice must know of the site and of the run."""

    now: datetime
    languages: tuple[str, ...]
    site_owners: Mapping[str, str] = field(default_factory=dict)  # beginning of a canonical link -> member
    topics_by_name: Mapping[str, str] = field(default_factory=dict)  # folded name or id -> topic id
    author_spellings: Mapping[str, str] = field(default_factory=dict)  # slug of an author's name -> the name
    member_ids: frozenset[str] = frozenset()
    max_new_posts: int = 10  # posts of one member in a run
    fetch_pictures: bool = False  # whether those of whole posts are fetched


HoldReason = Literal["flood", "limit", "rule", "elsewhere", "empty", "language", "translated"]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A post that was not taken in this run, and why; nothing needs to be done about it."""

    member: str
    title: str
    original: str
    reason: HoldReason
    detail: str = ""  # the rule's words or reason, the other member


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """What an editor is asked: ``text`` says what is so and what to do; ``content`` is the file as it could be."""

    kind: Literal["language", "changed", "removed", "hidden", "limit", "tombstones", "moved", "found", "consent"]
    member: str
    path: str
    text: Phrase
    content: str = ""


@dataclass(frozen=True, slots=True)
class PostSelection:
    """What was chosen of a member's feed: posts to write, those held back, what to ask, what to remember."""

    member: str
    posts: tuple[Post, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()
    seen_entries: tuple[SeenEntry, ...] = ()
    new_tombstones: tuple[Tombstone, ...] = ()
    hidden_paths: tuple[str, ...] = ()  # files that a rule hides and nobody edited: to be taken away


def sha256_digest(data: bytes | str) -> str:
    """Return the digest by which bytes are known again.

    >>> sha256_digest("بيان") == sha256_digest("بيان".encode())
    True
    """
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()
