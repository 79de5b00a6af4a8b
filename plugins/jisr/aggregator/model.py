"""The values that pass from one step of the aggregator to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime, tzinfo
from typing import Literal

from jisr.core.diagnostics.problems import Phrase
from jisr.core.frozen import dataclass

Outcome = Literal["new", "unchanged", "moved", "gone", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class CurationRule:
    """A rule by which editors curate a member's posts."""

    verb: Literal["pin", "hide", "only", "skip"]
    target: str  # a post's address or guid (pin, hide), or words in any script (only, skip)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A member's blog as a source of posts, from the member's file."""

    member: str
    path: str  # of the original's file, for messages
    feed: str  # "" where only the site is known: its feed is discovered
    site: str = ""
    languages: tuple[str, ...] = ()
    full_text: bool = False  # whether whole posts may be published, or excerpts
    licence: str = ""
    consent: date | None = None
    limit: int = 200  # posts of this member
    rules: tuple[CurationRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a server's last response, for conditional requests (RFC 9110, 8.8); ``since`` is when it came."""

    etag: str = ""
    modified: str = ""
    digest: str = ""  # of the body
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The result of a request to one member: a body, or in ``reason`` why there is none, for people and without a full stop."""

    member: str
    outcome: Outcome
    url: str  # the last one requested
    status: int = 0
    body: bytes = b""
    content_type: str = ""  # the header, as sent
    validators: Validators = Validators()
    moved_to: str = ""  # where a permanent redirect leads
    retry_after: int = 0  # seconds
    reason: str = ""
    elapsed_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A recording, document, film or picture that stands beside the text of a post."""

    url: str
    title: str = ""
    media_type: str = ""  # in lower case; "image/" where only that is known
    size: int = 0  # bytes, 0 where unknown


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A post in a feed: title and content are untrusted HTML, addresses are absolute."""

    guid: str
    link: str
    title: str
    content: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # with a time zone; None where missing or unreadable
    updated: datetime | None = None
    has_unreadable_date: bool = False  # whether it has a date, and one that is none
    has_ambiguous_date: bool = False  # whether it has a day in numbers that may be two
    language: str = ""  # the tag in the feed
    topics: tuple[str, ...] = ()
    licence: str = ""
    attachments: tuple[AttachedFile, ...] = ()
    alternates: tuple[str, ...] = ()  # addresses of the same post in other languages
    raw_digest: str = ""  # of what the feed says of it, before anything is read, but for dates and counts


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A parsed feed with its items in its order."""

    title: str
    link: str
    language: str
    items: tuple[FeedItem, ...]
    notes: tuple[str, ...] = ()  # repairs and omissions, for the table of the run


@dataclass(frozen=True, slots=True)
class Post:
    """A post that can be published: safe Markdown, one language, a permanent date."""

    member: str
    id: str  # the folder below ``content/posts/<member>/``
    language: str  # a tag of the site
    title: str  # plain text
    body: str  # Markdown
    excerpt: bool
    date: datetime
    guid: str
    original: str
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    licence: str = ""
    fetched: datetime | None = None
    sources: tuple[str, ...] = ()  # other members whose feeds hold the same post
    modified: datetime | None = None  # where the source changed it after it was published
    of: str = ""  # the language of the version that this one translates
    is_pinned: bool = False  # by a rule of its member

    @property
    def path(self) -> str:
        """The path of its file below the content folder."""
        return post_path(self.member, self.id, self.language)


def post_path(member: str, post_id: str, language: str) -> str:
    """Return the path of the file of a post below the content folder."""
    return f"posts/{member}/{post_id}/index.{language}.md"


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """The state of a post between runs: when it was first seen, what its source contained, which bytes were written."""

    guid: str
    original: str
    title: str
    first_seen: datetime
    day: str = ""  # of publication in the source, where it has one
    path: str = ""  # below the content folder; empty where the post was held back
    digest: str = ""  # of the bytes in the file; empty where the file is an editor's
    source_digest: str = ""  # of title and text in the source, as this version of the program reads them
    date: datetime | None = None  # the permanent one
    raw_digest: str = ""  # of the source itself


@dataclass(frozen=True, slots=True)
class ExistingPost:
    """A post of a member that has a file, with its state."""

    post: Post
    path: str  # below the content folder
    digest: str  # of its bytes
    is_readable: bool = True  # whether its front matter could be read
    is_alone: bool = True  # whether its folder has no other file
    seen_entry: SeenEntry | None = None
    pictures: frozenset[str] = frozenset()  # names of the downloaded pictures in its folder

    @property
    def is_unedited(self) -> bool:
        """Whether the file is as the aggregator wrote it; without a state it counts as an editor's."""
        return self.seen_entry is not None and bool(self.digest) and self.seen_entry.digest == self.digest


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A post that an editor removed, and that no run writes again."""

    guid: str = ""
    original: str = ""
    title: str = ""
    day: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemberPosts:
    """A member's part of the content folder: posts, ids in use, tombstones and the state of its posts."""

    member: str
    existing_posts: tuple[ExistingPost, ...] = ()
    used_ids: frozenset[str] = frozenset()  # folders, also those without a text
    tombstones: tuple[Tombstone, ...] = ()
    seen_entries: tuple[SeenEntry, ...] = ()
    tombstone_error: str = ""  # why removed.yaml cannot be read
    translation_paths: frozenset[str] = frozenset()  # files in which people translated a post


@dataclass(frozen=True, slots=True)
class SafeItem:
    """A sanitized item: its title is plain text, its body safe Markdown."""

    item: FeedItem
    title: str
    body: str
    removed_count: int = 0  # parts of the platform that were left out of the text
    tracking_count: int = 0  # links that told who follows them
    is_protected: bool = False  # its page asks for a password in place of a text
    attachments: str = ""  # Markdown of what stands beside the text, which an excerpt has, too

    @property
    def full_text(self) -> str:
        """The text with its attachments."""
        return "\n\n".join(filter(None, (self.body.rstrip("\n"), self.attachments))) if self.attachments else self.body


@dataclass(frozen=True, slots=True)
class SiteContext:
    """The site and the run, as far as the selection of posts depends on them."""

    now: datetime
    languages: tuple[str, ...]
    site_owners: Mapping[str, str] = field(default_factory=dict)  # prefix of a canonical URL -> member
    timezone: tzinfo = UTC
    tag_authority: str = "example.org,2026"  # of the ids that the site gives to texts
    own_guids: frozenset[str] = frozenset()  # of texts that are no posts
    topics_by_name: Mapping[str, str] = field(default_factory=dict)  # normalized name or id -> topic id
    author_spellings: Mapping[str, str] = field(default_factory=dict)  # normal form of an author's name -> the name
    member_ids: frozenset[str] = frozenset()
    member_titles: Mapping[str, frozenset[str]] = field(default_factory=dict)  # member -> normal forms of its titles
    max_new_posts: int = 10  # posts of one member in a run
    fetch_pictures: bool = False  # whether those of whole posts are downloaded


HoldReason = Literal[
    "flood", "limit", "rule", "elsewhere", "empty", "password", "language", "translated", "contested", "replaced"
]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A post that was not selected in this run, and why; no editor needs to act."""

    member: str
    title: str
    original: str
    reason: HoldReason
    detail: str = ""  # the words or reason of the rule, or the other member
    sketch: frozenset[int] = frozenset()  # of the text, where another member's may be compared with it


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A question to an editor: ``text`` says what to do, ``content`` is the file as it could be."""

    kind: Literal[
        "language",
        "changed",
        "removed",
        "hidden",
        "limit",
        "tombstones",
        "moved",
        "found",
        "consent",
        "site",
        "contested",
        "replaced",
    ]
    member: str
    path: str
    text: Phrase
    content: str = ""


@dataclass(frozen=True, slots=True)
class PostSelection:
    """The selection from a member's feed: posts to write, posts held back, review items, the new state of the posts."""

    member: str
    posts: tuple[Post, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()
    seen_entries: tuple[SeenEntry, ...] = ()
    new_tombstones: tuple[Tombstone, ...] = ()
    hidden_paths: tuple[str, ...] = ()  # files to delete: a rule hides them and nobody edited them

    @property
    def is_final(self) -> bool:
        """Whether it leaves nothing for a later run: nothing held back, no review item, no removal."""
        return not (self.held_back or self.review_items or self.new_tombstones or self.hidden_paths)


def sha256_digest(data: bytes | str) -> str:
    """Return the SHA-256 digest of bytes or of a text in UTF-8, in hexadecimal.

    >>> sha256_digest("بيان") == sha256_digest("بيان".encode())
    True
    """
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()
