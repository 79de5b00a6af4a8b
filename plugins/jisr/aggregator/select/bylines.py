"""Bylines from untrusted feeds: the people whom they name, normalized so that none can be an error of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jisr.aggregator.model import Post
from jisr.aggregator.select import byline_words
from jisr.aggregator.store.post_serializer import normalize_line, original_authors
from jisr.core.i18n import transliteration
from jisr.ingest.language.letter_folding import normalize_text

_LONGEST = 80
_LONGEST_SLUG = 110  # one letter of another script may be six Latin ones, and the name of a folder has 255 bytes
_MAIL_OR_URL = re.compile(r"\S+@\S+\.\S+|https?://\S+")  # feeds publish mail addresses without consent
_BRACKETS = re.compile(r"[(\[<][^()\[\]<>]*(?:[)\]>]|\Z)")


def _alternatives(words: str) -> str:
    names = sorted((re.escape(word.strip()) for word in words.split("|")), key=len, reverse=True)
    return "|".join(names)


def _normalized(words: str, separator: str | None = "|") -> frozenset[str]:
    return frozenset(normalize_text(word) for word in words.split(separator))


_NOBODY = _normalized(byline_words.NOBODY)
_SUFFIXES = _normalized(byline_words.SUFFIXES)
_WITH_WAW = _normalized(byline_words.NAMES_WITH_WAW, None)
_BODIES = _normalized(byline_words.BODIES)
_BODY_STEMS = tuple(word.removesuffix("*") for word in sorted(_BODIES) if word.endswith("*"))
_PROCLITICS = re.compile("^(?:[وف])?(?:[بکل])?(?:ال|لل)(?=..)")
_PREFIX = re.compile(
    rf"(?:(?:{_alternatives(byline_words.PREFIXES)})(?:\s*[:：]\s*|\s+)|(?:{_alternatives(byline_words.LABELS)})\s*[:：]\s*)(?=\S)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[a-z][a-z._-]*\d+[a-z\d._-]*|[A-Za-z][A-Za-z._-]*\d{3,}|[a-z]+_[a-z_]+")
_COMMA = re.compile(r"\s*[,،、;؛|•·]\s*|\s+/\s+")
_CONJUNCTION = re.compile(rf"\s*[,،]?\s+(?:{_alternatives(byline_words.CONJUNCTIONS)})\s+|\s*&\s*|\s+\+\s+", re.IGNORECASE)
_JOINED_WAW = re.compile(r"(?P<first>\S+\s+\S.*?)\s+و(?P<word>[\u0621-\u064a]{2,})(?P<rest>\s+\S.*)")


def unify_bylines(
    posts: Iterable[Post], spellings: Mapping[str, str], members: frozenset[str], titles: Mapping[str, frozenset[str]]
) -> list[Post]:
    """Return posts whose authors the site can show: names in one spelling each, or none where the member is the author.

    ``spellings`` are the names in texts of the site, by their normal form. Of new spellings of a run one is chosen whatever
    the order of responses and folders is. A namesake changes nothing: names of one slug have two addresses in the site.
    """
    named = [replace(post, authors=normalize_authors(post.authors, post.member, members, titles)) for post in posts]
    all_spellings = _choose_spellings([name for post in named for name in post.authors if name not in members]) | dict(
        spellings
    )
    return [
        replace(post, authors=tuple(dict.fromkeys(all_spellings.get(normalize_text(name), name) for name in post.authors)))
        for post in sorted(named, key=lambda post: (post.member, post.id, post.language))
    ]


def normalize_authors(
    authors: Iterable[str], member: str, members: frozenset[str], titles: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the authors of a member's post; none where the member itself is the only one.

    ``titles`` are the normal forms of what members are called in any language: such a name of the member itself is the member.

    >>> people = ["ali@example.org (Ali Hasan)", "by طارق", "admin", "Sara Hadi, Mona Aziz & Azad"]
    >>> normalize_authors(people, "penus", frozenset({"penus"}), {})
    ('Ali Hasan', 'طارق', 'Sara Hadi', 'Mona Aziz', 'Azad')
    """
    names: dict[str, None] = {}
    for author in authors:
        for name in split_byline(author):
            is_member = name == member or normalize_text(name) in titles.get(member, ()) or not _has_address(name)
            # An id of another member would make it the author.
            spelled = name.title() if name in members else name
            names[member if is_member or spelled in members else spelled] = None
    return () if set(names) <= {member} else tuple(names)


def split_byline(text: str) -> tuple[str, ...]:
    """Return the people whom a byline names, without what stands before a name and without those who are nobody.

    >>> split_byline("بقلم: سارة هادي وعلي كريم"), split_byline("Sara Hadi (sara_h)"), split_byline("noreply (Unknown)")
    (('سارة هادي', 'علي كريم'), ('Sara Hadi',), ())
    >>> split_byline("Committee of Women and Children"), split_byline("Sara Hadi, PhD")
    (('Committee of Women and Children',), ('Sara Hadi',))
    """
    line = normalize_line(_MAIL_OR_URL.sub("", text))
    outside = _BRACKETS.sub(" ", line)
    if any(character.isalpha() for character in outside):
        line = " ".join(_BRACKETS.findall(line)) if is_nobody(outside) else outside
    line = _strip(_PREFIX.sub("", _strip(re.sub(r"[()\[\]<>]", " ", line)), count=1))
    names = (_strip(_PREFIX.sub("", part, count=1)) for part in _split_names(line))
    return tuple(dict.fromkeys(name for name in names if not is_nobody(name)))


def is_nobody(name: str) -> bool:
    """Whether a name is what platforms write for nobody, that of a role, in any language of the site, or of an account.

    >>> [is_nobody(name) for name in ("Admin", "user_12", "هيئة التحرير", "دەستەی نووسەران", "L’équipe", "tora2018", "Sara")]
    [True, True, True, True, True, True, False]
    """
    if _ACCOUNT.fullmatch(name):
        return True
    words = re.findall(r"[^\W\d_]+", normalize_text(name).replace("'", " "))
    plain = " ".join(words)
    return not words or plain in _NOBODY or plain.removeprefix("the ") in _NOBODY


def collect_spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the names of authors in the original texts of a site, by their normal form.

    >>> collect_spellings(["---\\ntitle: x\\nauthors: [Ali Hasan, سارا]\\n---\\nauthors: [No One]"])
    {'ali hasan': 'Ali Hasan', 'سارا': 'سارا'}
    """
    return _choose_spellings([name for text in texts for name in original_authors(text)])


def _choose_spellings(names: Iterable[str]) -> dict[str, str]:
    """Return one spelling of each name: rather one that is not all in capitals or small letters."""
    ordered = sorted(dict.fromkeys(names), key=lambda name: (name.upper() == name != name.lower(), name.lower() == name, name))
    spellings: dict[str, str] = {}
    for name in ordered:
        spellings.setdefault(normalize_text(name), name)
    return dict(sorted(spellings.items()))


def _split_names(line: str) -> Iterator[str]:
    """Yield the names in a line: several people's, or one of a body, which may have "and" in it."""
    parts = [
        part for part in map(_strip, _COMMA.split(line)) if part and normalize_text(part).replace(".", "") not in _SUFFIXES
    ]
    several = [name for part in parts for name in _split_part(part)]
    is_surname_first = len(several) == len(parts) == 2 and "," in line and not any(" " in part for part in parts)
    scripts = {"ا" <= name[0] <= "ۿ" for name in several}
    is_one = is_surname_first or (" / " in line and len(scripts) > 1) or (len(several) > 1 and _is_body(line))
    yield from [line] if is_one else several


def _is_body(name: str) -> bool:
    words = [_PROCLITICS.sub("", word) for word in re.findall(r"[^\W\d_]+", normalize_text(name))]
    return any(word in _BODIES or word.startswith(_BODY_STEMS) for word in words)


def _split_part(part: str) -> Iterator[str]:
    for name in filter(None, map(_strip, _CONJUNCTION.split(part))):
        joined = _JOINED_WAW.fullmatch(name)
        if joined and normalize_text("و" + joined["word"]) not in _WITH_WAW:
            yield joined["first"]
            yield from _split_part(joined["word"] + joined["rest"])
        else:
            yield name


def _strip(text: str) -> str:
    stripped = " ".join(text.split()).strip(" -–—:.,،;؛|/@·•*_\"'«»“”")
    return stripped.removesuffix(" ve") if text.lower().startswith("ji ") else stripped


def _has_address(name: str) -> bool:
    """Whether a name can have a page of its own."""
    slug = transliteration.make_slug(name)
    return bool(slug) and len(name) <= _LONGEST and len(slug) <= _LONGEST_SLUG
