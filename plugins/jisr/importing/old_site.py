"""What an old site had: versions of texts, topics, files and replies, in one form for every system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from jisr.core.diagnostics.problems import Phrase

NOWHERE = "https://old.invalid"
"""The address of an old site that does not say where it was."""


@dataclass(slots=True)
class OldVersion:
    """One language version of a text; ``key`` names it in its system, versions of one text have one ``group``.

    ``tag`` is empty where nothing says the language. ``addresses`` are those at which it stood, from the root of the old site,
    its own first. ``kind`` is what the old site says of its kind, or empty.
    """

    key: str
    group: str
    tag: str
    title: str
    date: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    summary: str = ""
    addresses: tuple[str, ...] = ()
    guid: str = ""
    topics: tuple[str, ...] = ()
    kind: str = ""
    slug: str = ""
    is_draft: bool = False
    cover: str = ""  # the address of its picture
    is_original: bool = False  # where the old site says so
    label: str = ""  # of the thing in reports, as "post 12"
    sort: str = ""  # what its system calls such a text, as "post"


@dataclass(slots=True)
class OldReply:
    """A reply of a reader, without what would tell who they are but the name that they gave."""

    id: str
    author: str
    date: datetime
    html: str
    site: str = ""
    answers: str = ""


@dataclass(slots=True)
class OldBody:
    """The words of a version: HTML that is not trusted; with those of the first the replies to it.

    ``owner`` is what it was in its system, as "post 12": versions that were one thing there have one.
    """

    key: str
    html: str = ""
    replies: Sequence[OldReply] = ()
    owner: str = ""


@dataclass(slots=True)
class OldTopic:
    """A topic: its names and descriptions by language, and where its pages were."""

    key: str
    slug: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class OldFile:
    """A file of the old site: its address, its title and caption, the addresses of its own page."""

    url: str
    title: str = ""
    caption: str = ""
    pages: tuple[str, ...] = ()
    owner: str = ""  # the key of the text that it was uploaded for


@dataclass(slots=True)
class Note:
    """A line of the report: what it is about, what is said of it, and what was counted: a text, topic, reply or file."""

    what: str
    why: Phrase
    sort: str = ""


@dataclass(slots=True)
class OldSite:
    """An old site as its export describes it; ``bodies`` reads the words of its texts, one after the other.

    ``home`` is its address. ``feeds`` are addresses of its feeds with the language of each. ``read`` counts what there is, by
    what it is and, of texts, by kind and language.
    """

    home: str
    versions: list[OldVersion]
    bodies: Callable[[], Iterator[OldBody]]
    topics: dict[str, OldTopic] = field(default_factory=dict)
    files: dict[str, OldFile] = field(default_factory=dict)
    feeds: Mapping[str, str] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    left_out: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    media: Path | None = None  # the folder of its files, where it brings them

    def leave(self, sort: str, what: str, why: Phrase) -> None:
        """Note something that was counted and does not come."""
        self.left_out.append(Note(what, why, sort))


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reader of an old site must know: the languages of this site, the table of languages, whether drafts come."""

    tags: tuple[str, ...]
    drafts: bool = False
    table: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # id -> language and group
    kinds: Mapping[str, str] = field(default_factory=dict)  # what the old site calls something -> kind, or "skip"


def split_url(url: str) -> SplitResult:
    """Return the parts of an address; those of one that cannot be split are its path.

    >>> split_url("http://[/x").path, split_url("https://example.org/x?y").query
    ('http://[/x', 'y')
    """
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def normal(address: str) -> str:
    """Return an address as it is looked up: decoded, without a scheme, a final slash or an empty query.

    >>> normal("/2012/%D8%A8/"), normal("/?p=12"), normal("/about/index.html")
    ('/2012/ب', '/?p=12', '/about/index.html')
    """
    parts = split_url(address)
    path = unquote(parts.path).rstrip("/") or "/"
    return f"{path}?{parts.query}" if parts.query else path
