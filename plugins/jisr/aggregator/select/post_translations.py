"""Translations among the posts of a blog: which are versions of each other, and which is the original. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from jisr.aggregator.model import ExistingPost, Post
from jisr.aggregator.select.identity import canonical_url
from jisr.core.frozen import dataclass

_LANGUAGE_PARAMETERS = ("lang=", "language=", "locale=", "hl=")
_LEGACY_LANGUAGE_TAGS = ("ku", "so", "krd", "sorani", "kurmanji")  # tags of blogs for the two Kurdish languages


@dataclass(frozen=True, slots=True)
class PostVersion:
    """A version of a post in its feed: its address, its alternates in other languages, its language and date."""

    link: str
    alternates: tuple[str, ...]
    language: str
    date: datetime


@dataclass(frozen=True, slots=True)
class TranslationOrigin:
    """The original of a translation: an existing post, or the new post at a position."""

    source_language: str
    post_id: str = ""  # where it exists already
    position: int = -1


def find_originals(
    new_versions: Sequence[PostVersion], existing_posts: Sequence[ExistingPost], tags: Sequence[str]
) -> dict[int, TranslationOrigin]:
    """Return the originals of new posts that are translations, by position.

    Posts are versions of each other where their addresses differ in a language tag only, or where the feed lists one as the
    other's alternate. Two posts of one language, or two existing posts, are never linked: nobody could undo that. Of new
    posts the oldest is the original, then the one whose language comes first in ``tags``.
    """
    posts = [existing.post for existing in existing_posts if existing.is_readable]
    versions = [*(PostVersion(post.original, (), post.language, post.date) for post in posts), *new_versions]
    origins: dict[int, TranslationOrigin] = {}
    for group in _group_translations(versions, frozenset((*tags, *_LEGACY_LANGUAGE_TAGS))):
        if len({versions[position].language for position in group}) < len(group):
            continue
        group_posts = [posts[position] for position in group if position < len(posts)]
        positions = [position - len(posts) for position in group if position >= len(posts)]
        if not group_posts:
            first, *others = sorted(positions, key=lambda position: _age_key(new_versions[position], tags))
            origins |= {position: TranslationOrigin(new_versions[first].language, position=first) for position in others}
        elif len({post.id for post in group_posts}) == 1:
            original = next((post for post in group_posts if not post.of), None)
            if original:
                origins |= {position: TranslationOrigin(original.language, original.id) for position in positions}
    return origins


def source_language(post: Post, existing_posts: Sequence[ExistingPost]) -> str:
    """Return the language of the original of a post; where an editor removed that, the first remaining one."""
    versions = [version.post for version in existing_posts if version.post.id == post.id]
    if not post.of or post.of in {version.language for version in versions}:
        return post.of
    language = min((bool(version.of), version.language) for version in [*versions, post])[1]
    return "" if language == post.language else language


def _age_key(version: PostVersion, tags: Sequence[str]) -> tuple[datetime, int, str]:
    rank = tags.index(version.language) if version.language in tags else len(tags)
    return version.date, rank, version.link


def _group_translations(versions: Sequence[PostVersion], tags: Collection[str]) -> Iterable[list[int]]:
    """Return the groups of two or more versions of one post, as positions."""
    stripped = [strip_language(version.link, tags) for version in versions]
    positions = {canonical_url(version.link): position for position, version in enumerate(versions) if version.link}
    groups: dict[int, set[int]] = {position: {position} for position in range(len(versions))}

    def merge(version: int, other_position: int) -> None:
        groups[version] |= groups[other_position]
        for position in groups[version]:
            groups[position] = groups[version]

    by_key: dict[str, list[int]] = {}
    for position, (key, _) in enumerate(stripped):
        by_key.setdefault(key, []).append(position)
    for key, members in by_key.items():
        if key and any(stripped[position][1] for position in members):
            for position in members[1:]:
                merge(members[0], position)
    for position, version in enumerate(versions):
        for link in version.alternates:
            if (other_position := positions.get(canonical_url(link), position)) != position:
                merge(position, other_position)
    return (sorted(group) for position, group in groups.items() if len(group) > 1 and position == min(group))


def strip_language(link: str, tags: Collection[str]) -> tuple[str, bool]:
    """Return an address without its language tag, and whether it had one; an empty address where nothing else is in it.

    >>> strip_language("https://blog.example.org/ar/2026/boat/", ("ar", "en"))
    ('blog.example.org/2026/boat', True)
    >>> strip_language("https://ckb.example.org/x?id=7&lang=ckb", ("ckb",)), strip_language("https://a.org/en/", ("en",))
    (('example.org/x?id=7', True), ('', True))
    """
    head, _, query = canonical_url(link).partition("?")
    host, *segments = head.split("/")
    labels = host.split(".")
    host_labels = labels[1:] if len(labels) > 2 and labels[0] in tags else labels
    language_position = next((position for position, part in enumerate(segments) if part.lower() in tags), None)
    path = [part for position, part in enumerate(segments) if position != language_position]
    fields = [part for part in query.split("&") if part]
    others = [part for part in fields if not (part.startswith(_LANGUAGE_PARAMETERS) and part.partition("=")[2].lower() in tags)]
    has_language = len(host_labels) < len(labels) or language_position is not None or len(others) < len(fields)
    if not path and not others:
        return "", has_language
    address = "/".join([".".join(host_labels), *path])
    return (f"{address}?{'&'.join(others)}" if others else address), has_language
