"""One post in several languages: which posts of a blog are translations of each other, and of which one. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from jisr.aggregator.model import Post
from jisr.aggregator.post_model import ExistingPost
from jisr.aggregator.select.identity import canonical_url
from jisr.core.frozen import dataclass

_LANGUAGE_PARAMETERS = ("lang=", "language=", "locale=", "hl=")
_LEGACY_LANGUAGE_TAGS = ("ku", "so", "krd", "sorani", "kurmanji")  # what blogs call the two languages of ours that are Kurdish


@dataclass(frozen=True, slots=True)
class PostVersion:
    """A post as its feed gives it: its address, those that the feed names for other languages, its language and date."""

    link: str
    alternates: tuple[str, ...]
    language: str
    date: datetime


@dataclass(frozen=True, slots=True)
class TranslationOrigin:
    """What a post is a translation of: a text that is there already, or the new post at a position."""

    source_language: str  # its language
    post_id: str = ""  # its folder, where it is there
    position: int = -1


def find_originals(
    fresh: Sequence[PostVersion], known: Sequence[ExistingPost], tags: Sequence[str]
) -> dict[int, TranslationOrigin]:
    """Return what each new post translates, by its position; nothing of those that stand alone.

    Posts are joined where their addresses differ by the name of a language only, or where the feed itself names one as the
    other's version. Two of one language, or two texts that are there already, are never joined: nobody could undo it. Of new
    ones the oldest is the original, then the language that comes first in ``tags``.
    """
    there = [one for one in known if one.is_readable]
    every = [PostVersion(one.post.original, (), one.post.language, one.post.date) for one in there] + list(fresh)
    found: dict[int, TranslationOrigin] = {}
    for group in _group_translations(every, frozenset((*tags, *_LEGACY_LANGUAGE_TAGS))):
        if len({every[at].language for at in group}) < len(group):
            continue
        texts = {there[at].post.id for at in group if at < len(there)}
        positions = [at - len(there) for at in group if at >= len(there)]
        if not texts:
            first = min(positions, key=lambda at: (fresh[at].date, _language_rank(fresh[at].language, tags), fresh[at].link))
            found |= {at: TranslationOrigin(fresh[first].language, position=first) for at in positions if at != first}
        elif len(texts) == 1:
            original = next((there[at].post for at in group if at < len(there) and not there[at].post.of), None)
            found |= {at: TranslationOrigin(original.language, original.id) for at in positions} if original else {}
    return found


def source_language(post: Post, known: Sequence[ExistingPost]) -> str:
    """Return the language of what a post translates; where an editor removed that, the first that is left is the original."""
    beside = [one.post for one in known if one.post.id == post.id]
    if not post.of or post.of in {one.language for one in beside}:
        return post.of
    heir = min((bool(one.of), one.language) for one in [*beside, post])[1]
    return "" if heir == post.language else heir


def _language_rank(language: str, tags: Sequence[str]) -> int:
    return tags.index(language) if language in tags else len(tags)


def _group_translations(versions: Sequence[PostVersion], tags: Collection[str]) -> Iterable[list[int]]:
    """Return the positions of versions that belong together, more than one of each."""
    bare = [strip_language(one.link, tags) for one in versions]
    places = {canonical_url(one.link): at for at, one in enumerate(versions) if one.link}
    groups: dict[int, set[int]] = {at: {at} for at in range(len(versions))}

    def unite(one: int, other: int) -> None:
        groups[one] |= groups[other]
        for at in groups[one]:
            groups[at] = groups[one]

    by_key: dict[str, list[int]] = {}
    for at, (key, _) in enumerate(bare):
        by_key.setdefault(key, []).append(at)
    for key, members in by_key.items():
        if key and any(bare[at][1] for at in members):
            for at in members[1:]:
                unite(members[0], at)
    for at, one in enumerate(versions):
        for link in one.alternates:
            if (other := places.get(canonical_url(link), at)) != at:
                unite(at, other)
    return (sorted(group) for at, group in groups.items() if len(group) > 1 and at == min(group))


def strip_language(link: str, tags: Collection[str]) -> tuple[str, bool]:
    """Return an address without the name of a language, and whether it had one; an empty one where nothing else is in it.

    >>> strip_language("https://blog.example.org/ar/2026/boat/", ("ar", "en"))
    ('blog.example.org/2026/boat', True)
    >>> strip_language("https://ckb.example.org/x?id=7&lang=ckb", ("ckb",)), strip_language("https://a.org/en/", ("en",))
    (('example.org/x?id=7', True), ('', True))
    """
    head, _, query = canonical_url(link).partition("?")
    host, *segments = head.split("/")
    labels = host.split(".")
    short = labels[1:] if len(labels) > 2 and labels[0] in tags else labels
    named = next((at for at, one in enumerate(segments) if one.lower() in tags), None)
    path = [one for at, one in enumerate(segments) if at != named]
    asked = [one for one in query.split("&") if one]
    kept = [one for one in asked if not (one.startswith(_LANGUAGE_PARAMETERS) and one.partition("=")[2].lower() in tags)]
    marked = len(short) < len(labels) or named is not None or len(kept) < len(asked)
    if not path and not kept:
        return "", marked
    return "/".join([".".join(short), *path]) + (f"?{'&'.join(kept)}" if kept else ""), marked
