"""What passes from one step of the aggregator to the next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from jisr.core.frozen import dataclass

Outcome = Literal["new", "unchanged", "moved", "gone", "waiting", "failed"]

NAME_NOT_FOUND = "its name is not known"
NO_CONNECTION = "nobody answers at its address"
OFFLINE_REASONS = (NAME_NOT_FOUND, NO_CONNECTION)
"""The reasons that a machine without a network has for everybody."""


@dataclass(frozen=True, slots=True)
class CurationRule:
    """A line by which editors curate a member's posts: what it says, about what, and why."""

    verb: Literal["pin", "hide", "only", "skip"]
    target: str  # a post's address or guid (pin, hide), or words in any script (only, skip)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A member whose blog is fetched, as its text says it."""

    member: str
    path: str  # of the original's file, for messages
    feed: str  # "" where only the site is known: its feed is looked for
    site: str = ""
    languages: tuple[str, ...] = ()
    full_text: bool = False  # may whole posts be shown, or an excerpt
    licence: str = ""
    consent: date | None = None
    limit: int = 200  # how many posts of this member are kept
    rules: tuple[CurationRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last answer of a server said, to be asked conditionally; ``since`` is when it was first said."""

    etag: str = ""
    modified: str = ""
    digest: str = ""  # of the body
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What came back for one member: a body, or why there is none in ``reason``, for people and without a full stop."""

    member: str
    outcome: Outcome
    url: str  # the last address asked
    status: int = 0
    body: bytes = b""
    content_type: str = ""  # the header, as sent
    validators: Validators = Validators()
    moved_to: str = ""  # where a permanent redirect leads
    retry_after: int = 0  # seconds
    reason: str = ""
    elapsed_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A post as a feed shows it: title and content are a stranger's HTML, addresses are absolute, nothing is trusted."""

    guid: str
    link: str
    title: str
    content: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None  # with a time zone; None where missing or unreadable
    updated: datetime | None = None
    language: str = ""  # what the feed says, as it says it
    topics: tuple[str, ...] = ()
    licence: str = ""
    pictures: tuple[str, ...] = ()  # enclosures that are images
    alternates: tuple[str, ...] = ()  # addresses of the same post in other languages


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed, read: its own words and its items in its order."""

    title: str
    link: str
    language: str
    items: tuple[FeedItem, ...]
    notes: tuple[str, ...] = ()  # what had to be mended, for the table of the run


@dataclass(frozen=True, slots=True)
class Post:
    """A post that can be shown: safe Markdown, one language, a date that stays."""

    member: str
    id: str  # the folder below ``content/posts/<member>/``
    language: str  # a tag of the site, or "" where it cannot be told: asked of the editor
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
    modified: datetime | None = None  # set where the source changed it after it was written
    of: str = ""  # the language of the version that this one translates
