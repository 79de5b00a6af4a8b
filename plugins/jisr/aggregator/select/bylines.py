"""Names of authors from strangers' feeds, made such that they can never be an error of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jisr.aggregator.model import Post
from jisr.aggregator.store.front_matter_edit import normalize_line, parse_list
from jisr.core.i18n import transliteration
from jisr.core.schema.validation_context import closest_match
from jisr.ingest.language.letter_folding import normalize_text

_MEMBER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AUTHORS = re.compile(r"^authors:.*(?:\n(?:[ \t-].*)?)*", re.MULTILINE)
_LONGEST = 80
_LONGEST_SLUG = 120  # a letter of another script may be six Latin ones, and a folder's name has 255 bytes
_MAIL_OR_URL = re.compile(r"\S+@\S+\.\S+|https?://\S+")  # feeds give mail addresses of people who did not ask for it


def unify_bylines(posts: Iterable[Post], spelled: Mapping[str, str], members: frozenset[str]) -> list[Post]:
    """Return posts whose authors the site can name: the names as they are spelled there, or the member itself.

    ``spelled`` are the names that texts of the site have, by their slug: two spellings with one slug would be an error of
    the build, and a member must not be able to cause one. Posts are gone through in an order of their own, so that the
    first new spelling of a run is the same whatever came first.
    """
    known = dict(spelled)
    agreed = []
    for post in sorted(posts, key=lambda one: (one.member, one.id, one.language)):
        agreed.append(replace(post, authors=normalize_authors(post.authors, post.member, known, members)))
        known |= {transliteration.make_slug(name): name for name in agreed[-1].authors if name not in members}
    return agreed


def normalize_authors(said: Iterable[str], member: str, spelled: Mapping[str, str], members: frozenset[str]) -> tuple[str, ...]:
    """Return the authors of a member's post; none where all that can be said is that it is the member's.

    >>> normalize_authors(["ali@example.org (Ali Hasan)", "طارق", "تارق"], "penus", {"tarq": "طارق"}, frozenset({"penus"}))
    ('Ali Hasan', 'طارق', 'penus')
    """
    known, found = dict(spelled), []
    for one in said:
        found.append(_normalize_author(one, member, known, members))
        known.setdefault(transliteration.make_slug(found[-1]), found[-1])
    return () if set(found) == {member} else tuple(dict.fromkeys(found))


def collect_spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the names of authors that the originals among the site's texts have, by their slug.

    >>> collect_spellings(["---\\ntitle: x\\nauthors: [Ali Hasan, سارا]\\n---\\nauthors: [No One]"])
    {'ali-hasan': 'Ali Hasan', 'sara': 'سارا'}
    """
    found: dict[str, str] = {}
    for text in texts:
        head = text.replace("\r\n", "\n").split("\n---", 1)[0]
        stated = _AUTHORS.search(head)
        if stated and "\ntranslation:" not in head:
            found = {transliteration.make_slug(name): name for name in parse_list(stated[0])} | found
    return found


def _normalize_author(said: str, member: str, spelled: Mapping[str, str], members: frozenset[str]) -> str:
    """Return a name as it can stand in a post of a member; the member's id where it cannot."""
    name = normalize_line(re.sub(r"[()<>]", " ", _MAIL_OR_URL.sub("", said)))
    slug = transliteration.make_slug(name)
    if not slug or len(name) > _LONGEST or len(slug) > _LONGEST_SLUG or slug in members:
        return member
    if _MEMBER_ID.fullmatch(name) and closest_match(name, members):
        return member
    other = spelled.get(slug, name)
    return (
        other if normalize_text(other) == normalize_text(name) else member
    )  # two people whose names give one address: neither is the other
