"""The identity of posts: by guid, then by link, then by title and day, and what a blog's move does not change."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from jisr.aggregator.model import ExistingPost, FeedItem, Post, SafeItem, SeenEntry, sha256_digest
from jisr.aggregator.store.images.image_links import link_remote_images
from jisr.core.frozen import dataclass
from jisr.ingest.language import identification
from jisr.ingest.language.letter_folding import normalize_text
from jisr.ingest.sanitize.safe_urls import TRACKING_NAME

_TRACKING = re.compile(rf"{TRACKING_NAME.pattern}|fb_.*|ref|source|cmpid|share|amp", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"\]\([^)\s]*(?:\s[^)]*)?\)|https?://\S+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PostIdentity:
    """The keys by which posts are compared, each in its normal form; an empty one matches nothing."""

    guid: str = ""
    link: str = ""
    title: str = ""
    day: str = ""
    text_digest: str = ""

    @property
    def url_path(self) -> str:
        """The link without its host, which a blog's move keeps; empty for the root."""
        return self.link.partition("/")[2]


def canonical_url(link: str) -> str:
    """Return an address without scheme, ``www``, tracking parameters, fragment and final slash.

    Letters of the path are decoded and in form NFC, so that the two spellings of an Arabic address are one.

    >>> canonical_url("http://www.Example.org:80/بيان/?utm_source=x&id=7#top")
    'example.org/بيان?id=7'
    >>> canonical_url("https://example.org/%D8%A8%D9%8A%D8%A7%D9%86?id=7") == canonical_url("http://example.org/بيان/?id=7")
    True
    >>> canonical_url("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(link.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _PORTS or not host:
        return ""
    host = host.removeprefix("www.").rstrip(".")
    if port and port != _PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = unicodedata.normalize("NFC", re.sub("/+", "/", unquote(parts.path))).rstrip("/")
    fields = parse_qsl(parts.query, keep_blank_values=True)
    parameters = sorted((name, value) for name, value in fields if not _TRACKING.fullmatch(name))
    return host + path + (f"?{urlencode(parameters)}" if parameters else "")


def post_identity(guid: str, link: str, title: str, day: str, text: str = "") -> PostIdentity:
    """Return the identity of a post; ``day`` is empty where its source has none, ``text`` is a digest of its text."""
    return PostIdentity(guid.strip(), canonical_url(link), normalize_text(title), day, text)


def is_same_post(first: PostIdentity, second: PostIdentity) -> bool:
    """Whether two items of one feed are the same post.

    One key is not enough, since feeds give all their posts one guid, one link or one title: a second one must agree.
    """
    same_title = bool(first.title) and first.title == second.title
    same_text = bool(first.text_digest) and first.text_digest == second.text_digest
    same_link = bool(first.link) and first.link == second.link
    if first.guid and first.guid == second.guid:
        return same_link or same_title or same_text
    if same_link:
        return same_title or same_text
    return same_title and same_text and (first.day == second.day or not (first.day and second.day))


_MATCH_KEYS: tuple[Callable[[PostIdentity], Hashable], ...] = (
    lambda one: one.guid,
    lambda one: one.link,
    lambda one: one.title and one.day and (one.title, one.day),
    lambda one: one.title and one.text_digest and (one.title, one.text_digest),
    lambda one: one.title and one.url_path and (one.title, one.url_path),
)


def match_posts(items: Sequence[PostIdentity], candidates: Sequence[PostIdentity]) -> Iterator[tuple[int, int]]:
    """Return which item is which candidate, as pairs of positions; each is paired once, by its most reliable key.

    A key that two items or two candidates share is ignored.
    """
    free_items, free_candidates = set(range(len(items))), set(range(len(candidates)))
    for key in _MATCH_KEYS:
        item_counts = Counter(key(items[position]) for position in free_items)
        candidate_counts = Counter(key(candidates[position]) for position in free_candidates)
        positions = {key(candidates[position]): position for position in free_candidates}
        for position in sorted(free_items):
            value = key(items[position])
            if value and item_counts[value] == 1 and candidate_counts[value] == 1:
                yield position, positions[value]
                free_items.discard(position)
                free_candidates.discard(positions[value])


_SKETCH_SIZE = 128
_SHINGLE = 3  # words


def text_sketch(text: str) -> frozenset[int]:
    """Return a sketch of a text by which it is compared with others: the smallest hashes of its runs of three words.

    The idea is that of bottom-k sketches: E. Cohen, H. Kaplan, "Summarizing Data using Bottom-k Sketches", 2007.
    """
    words = words_of(text)
    runs = {" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))} if words else set()
    return frozenset(sorted(zlib.crc32(run.encode("utf-8", "replace")) for run in runs)[:_SKETCH_SIZE])


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a Markdown text, without differences of spelling and markup."""
    return tuple(_WORD.findall(normalize_text(_ADDRESS.sub(" ", text))))


def common_part(first: frozenset[int], second: frozenset[int], of_shorter: bool = False) -> float:
    """Return the part of two texts, or of the shorter one, that both have, from 0 to 1; that of empty texts is 0.

    >>> long, part = text_sketch("a b c d e f g h"), text_sketch("a b c d")
    >>> common_part(long, long), round(common_part(long, part), 2), common_part(long, part, of_shorter=True)
    (1.0, 0.33, 1.0)
    """
    if not first or not second:
        return 0.0
    ends = [max(sketch) for sketch in (first, second) if len(sketch) == _SKETCH_SIZE]
    end = min(ends, default=max(first | second))
    one, other = ({value for value in sketch if value <= end} for sketch in (first, second))
    whole = min(len(one), len(other)) if of_shorter else len(one | other)
    return len(one & other) / whole if whole else 0.0


_TITLE_WORDS = 9
_BLANK_CHARACTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs without ink


def drop_repeated_items(items: Sequence[SafeItem]) -> list[SafeItem]:
    """Return each post of a feed once, in its newest version, in an order that does not depend on the feed's."""
    unique: list[tuple[SafeItem, PostIdentity]] = []
    for safe_item in sorted(items, key=_newest_first_key, reverse=True):
        identity = item_identity(safe_item)
        if not any(is_same_post(identity, other) for _, other in unique):
            unique.append((safe_item, identity))
    return [safe_item for safe_item, _ in unique]


def _newest_first_key(safe_item: SafeItem) -> tuple[datetime, str, str]:
    item = safe_item.item
    moment = item.updated or item.published or datetime.min.replace(tzinfo=UTC)
    return (moment.replace(tzinfo=moment.tzinfo or UTC), item.link, repr(safe_item))


def content_digest(safe_item: SafeItem) -> str:
    """Return the digest of title and text in the source."""
    return sha256_digest(f"{safe_item.title}\n{link_remote_images(safe_item.full_text)}")


def is_as_seen(safe_item: SafeItem, entry: SeenEntry) -> bool:
    """Whether a source says what it said, however an earlier version of this program read it.

    A state of a version that kept no digest of the source itself is of an upgrade, after which sources are as they were.
    """
    raw = safe_item.item.raw_digest
    return entry.source_digest == content_digest(safe_item) or (bool(raw) and entry.raw_digest in ("", raw))


def iso_day(moment: datetime | None) -> str:
    """Return the day of a moment, or an empty string."""
    return moment.date().isoformat() if moment else ""


def item_identity(safe_item: SafeItem) -> PostIdentity:
    """Return the identity of an item."""
    item = safe_item.item
    title, day = effective_title(safe_item), iso_day(item.published)
    return post_identity(effective_guid(item), item.link, title, day, content_digest(safe_item))


def effective_guid(item: FeedItem) -> str:
    """Return the guid of an item, or its address where the feed has none."""
    return item.guid.strip() or item.link.strip()


def existing_identity(existing: ExistingPost) -> PostIdentity:
    """Return the identity of a post that has a file, as its source last had it, where the state has that."""
    post, entry = existing.post, existing.seen_entry
    if entry is None:
        return post_identity(post.guid, post.original, post.title, iso_day(post.date))
    guid = entry.guid if is_own_tag(post) else post.guid or entry.guid
    return post_identity(guid, post.original or entry.original, entry.title, entry.day, entry.source_digest)


def tag_uri(authority: str, member: str, post_id: str, language: str) -> str:
    """Return the id that the site's feeds give to a post that has no guid of its own, as in ``outputs/feeds/ids.py``."""
    return f"tag:{authority}:posts/{member}/{post_id}/{language}"


def is_own_tag(post: Post) -> bool:
    """Whether the guid in a post's file is the id that the site gave it, since its source states another post's."""
    return post.guid.startswith("tag:") and post.guid.endswith(f":posts/{post.member}/{post.id}/{post.language}")


def seen_identity(entry: SeenEntry) -> PostIdentity:
    """Return the identity of an entry of the state."""
    return post_identity(entry.guid, entry.original, entry.title, entry.day, entry.source_digest)


def effective_title(safe_item: SafeItem) -> str:
    """Return a post's title, or the beginning of its text where it has none, as in a microblog."""
    title = " ".join(safe_item.title.split())
    if any(unicodedata.category(character)[0] in "LNPS" and character not in _BLANK_CHARACTERS for character in title):
        return title
    text = next(filter(identification.prose_words, (safe_item.body, safe_item.attachments)), "")
    return identification.first_words(text, _TITLE_WORDS) or " ".join(identification.prose_words(text)[:_TITLE_WORDS])
