"""Bylines from untrusted feeds, normalized so that none can be an error of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jisr.aggregator.model import Post
from jisr.aggregator.store.post_serializer import normalize_line, original_authors
from jisr.core.i18n import transliteration
from jisr.core.schema.validation_context import closest_match
from jisr.ingest.language.letter_folding import normalize_text

_MEMBER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 80
_LONGEST_SLUG = 120  # one letter of another script may be six Latin ones, and the name of a folder has 255 bytes
_MAIL_OR_URL = re.compile(r"\S+@\S+\.\S+|https?://\S+")  # feeds publish mail addresses without consent


def unify_bylines(posts: Iterable[Post], spellings: Mapping[str, str], members: frozenset[str]) -> list[Post]:
    """Return posts whose authors the site can show: names in the site's spelling, or the member itself.

    ``spellings`` are the names in texts of the site, by their slug: two spellings with one slug would be an error of the
    build, and a member must not be able to cause one. Posts are processed in a sorted order, so that the first new spelling
    of a run does not depend on the order of responses.
    """
    all_spellings = dict(spellings)
    unified = []
    for post in sorted(posts, key=lambda post: (post.member, post.id, post.language)):
        unified.append(replace(post, authors=normalize_authors(post.authors, post.member, all_spellings, members)))
        all_spellings |= {transliteration.make_slug(name): name for name in unified[-1].authors if name not in members}
    return unified


def normalize_authors(
    authors: Iterable[str], member: str, spellings: Mapping[str, str], members: frozenset[str]
) -> tuple[str, ...]:
    """Return the authors of a member's post; none where the member itself is the only one.

    >>> normalize_authors(["ali@example.org (Ali Hasan)", "طارق", "تارق"], "penus", {"tarq": "طارق"}, frozenset({"penus"}))
    ('Ali Hasan', 'طارق', 'penus')
    """
    all_spellings, names = dict(spellings), []
    for author in authors:
        names.append(_normalize_author(author, member, all_spellings, members))
        all_spellings.setdefault(transliteration.make_slug(names[-1]), names[-1])
    return () if set(names) == {member} else tuple(dict.fromkeys(names))


def collect_spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the names of authors in the original texts of a site, by their slug.

    >>> collect_spellings(["---\\ntitle: x\\nauthors: [Ali Hasan, سارا]\\n---\\nauthors: [No One]"])
    {'ali-hasan': 'Ali Hasan', 'sara': 'سارا'}
    """
    spellings: dict[str, str] = {}
    for text in texts:
        spellings = {transliteration.make_slug(name): name for name in original_authors(text)} | spellings
    return spellings


def _normalize_author(author: str, member: str, spellings: Mapping[str, str], members: frozenset[str]) -> str:
    """Return a name as an author of a member's post; the member's id where it cannot be one."""
    name = normalize_line(re.sub(r"[()<>]", " ", _MAIL_OR_URL.sub("", author)))
    slug = transliteration.make_slug(name)
    if not slug or len(name) > _LONGEST or len(slug) > _LONGEST_SLUG or slug in members:
        return member
    if _MEMBER_ID.fullmatch(name) and closest_match(name, members):
        return member
    spelling = spellings.get(slug, name)
    return spelling if normalize_text(spelling) == normalize_text(name) else member  # two names with one slug are two people
