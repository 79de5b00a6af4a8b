"""Language negotiation: redirection from ``/`` to a language by the header Accept-Language.

A browser lists the languages of its user in the order of preference (``Accept-Language``, RFC 9110, 12.5.4). The first that
the site has is used; a range with ``q=0`` is excluded by the user. If the site has none of them, ``/`` shows all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Ranges of a language in addition to its own tag. "ku" may be any Kurdish: browsers in Turkey use it for Kurmanji, and with a
# script or country in which Kurdish is written in Arabic script it is Sorani (CLDR: ku-Arab is ku-Arab-IQ).
_EXTRA_RANGES = {"ckb": ("ku-arab", "ku-iq", "ku-ir"), "kmr": ("ku",)}


def language_ranges(tags: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the ranges of each language, the language with the longest range first.

    >>> language_ranges(["ar", "kmr", "ckb"])
    {'ckb': ('ckb', 'ku-arab', 'ku-iq', 'ku-ir'), 'kmr': ('kmr', 'ku'), 'ar': ('ar',)}
    """
    ranges = {tag: (tag.lower(), *_EXTRA_RANGES.get(tag, ())) for tag in tags}
    return dict(sorted(ranges.items(), key=lambda one: -max(map(len, one[1]))))


def first_match_pattern(tags: Iterable[str]) -> str:
    """Return a pattern whose first group is the first range of a header for which the site has a language, ignoring case.

    It has neither look-ahead nor look-behind, which some servers do not support.

    >>> pattern = re.compile(first_match_pattern(["en", "ar", "ckb", "kmr"]), re.IGNORECASE)
    >>> [pattern.search(one)[1] for one in ("de, ku-IQ;q=0.9, en;q=0.8", "ar-IQ,ar;q=0.9,en", "ckb;q=0, ku-TR")]
    ['ku-IQ', 'ar', 'ku']
    """
    ranges = (one for same_language in language_ranges(tags).values() for one in same_language)
    alternatives = sorted(ranges, key=lambda one: (-len(one), one))
    weight = r"(?:\s*;\s*q=(?:1(?:\.0*)?|0?\.\d*[1-9]\d*))?"
    return rf"^(?:[^,]*,)*?\s*({'|'.join(alternatives)})(?:-[a-z0-9-]*)?{weight}\s*(?:,|$)"


def language_patterns(tags: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pattern of the ranges of each language, for the first group of ``first_match_pattern``.

    >>> language_patterns(["ckb", "ar"])
    [('^(?:ckb|ku-arab|ku-iq|ku-ir)$', 'ckb'), ('^(?:ar)$', 'ar')]
    """
    return [(f"^(?:{'|'.join(ranges)})$", tag) for tag, ranges in language_ranges(tags).items()]


def choose_language(header: str, tags: tuple[str, ...]) -> str:
    """Return the language that a header selects, or an empty string: the reference that servers are tested against.

    >>> choose_language("ku-Arab-IQ, en", ("en", "ckb")), choose_language("de", ("en", "ckb"))
    ('ckb', '')
    """
    match = re.search(first_match_pattern(tags), header, re.IGNORECASE)
    patterns = language_patterns(tags) if match else []
    return next((tag for pattern, tag in patterns if match and re.search(pattern, match[1], re.IGNORECASE)), "")


def render_language_redirects(tags: Iterable[str]) -> str:
    """Return lines of ``_redirects`` for hosts that support conditions of language; others ignore lines of four words.

    See https://docs.netlify.com/manage/routing/redirects/redirect-options/. ``/?choose=`` shows all languages.
    """
    lines = ["/ choose=:one /index.html 200!"]
    lines += [f"/ /{tag}/ 302! Language={','.join(ranges)}" for tag, ranges in language_ranges(tags).items()]
    return "\n".join(lines) + "\n"
