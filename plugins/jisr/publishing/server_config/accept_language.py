"""The front door: which language a reader is led to who asks for the site's first page, by what the browser says.

A browser names its reader's languages in the order of preference (``Accept-Language``, RFC 9110, 12.5.4). The first that
the site has is taken; a range with ``q=0`` is one that the reader does not want. Who asks for none of them is shown all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What readers of a language may ask with beside its own tag. "ku" may be any Kurdish; browsers in Turkey mean Kurmanji by it,
# and those that add a script or a country in which Kurdish has Arabic letters mean Sorani (CLDR: ku-Arab is ku-Arab-IQ).
_EXTRA_RANGES = {"ckb": ("ku-arab", "ku-iq", "ku-ir"), "kmr": ("ku",)}


def language_ranges(tags: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the ranges that lead to each language, the longest of all first.

    >>> language_ranges(["ar", "kmr", "ckb"])
    {'ckb': ('ckb', 'ku-arab', 'ku-iq', 'ku-ir'), 'kmr': ('kmr', 'ku'), 'ar': ('ar',)}
    """
    found = {tag: (tag.lower(), *_EXTRA_RANGES.get(tag, ())) for tag in tags}
    return dict(sorted(found.items(), key=lambda one: -max(map(len, one[1]))))


def first_known_pattern(tags: Iterable[str]) -> str:
    """Return the expression whose first group is the first range of a header that the site can answer; case is ignored.

    It needs neither look-ahead nor look-behind, which not every server's expressions have.

    >>> found = re.compile(first_known_pattern(["en", "ar", "ckb", "kmr"]), re.IGNORECASE)
    >>> [found.search(one)[1] for one in ("de, ku-IQ;q=0.9, en;q=0.8", "ar-IQ,ar;q=0.9,en", "ckb;q=0, ku-TR")]
    ['ku-IQ', 'ar', 'ku']
    """
    known = sorted((one for found in language_ranges(tags).values() for one in found), key=lambda one: (-len(one), one))
    wanted = r"(?:\s*;\s*q=(?:1(?:\.0*)?|0?\.\d*[1-9]\d*))?"
    return rf"^(?:[^,]*,)*?\s*({'|'.join(known)})(?:-[a-z0-9-]*)?{wanted}\s*(?:,|$)"


def language_patterns(tags: Iterable[str]) -> list[tuple[str, str]]:
    """Return for each language the expression that knows its ranges, to be used on what ``first_known_pattern`` found.

    >>> language_patterns(["ckb", "ar"])
    [('^(?:ckb|ku-arab|ku-iq|ku-ir)$', 'ckb'), ('^(?:ar)$', 'ar')]
    """
    return [(f"^(?:{'|'.join(found)})$", tag) for tag, found in language_ranges(tags).items()]


def choose_language(header: str, tags: tuple[str, ...]) -> str:
    """Return the language that a reader is led to, or an empty text: what each server below is held against.

    >>> choose_language("ku-Arab-IQ, en", ("en", "ckb")), choose_language("de", ("en", "ckb"))
    ('ckb', '')
    """
    found = re.search(first_known_pattern(tags), header, re.IGNORECASE)
    ways = language_patterns(tags) if found else []
    return next((tag for expression, tag in ways if found and re.search(expression, found[1], re.IGNORECASE)), "")


def render_language_redirects(tags: Iterable[str]) -> str:
    """Return ``_redirects`` for hosts that know conditions of language; others pass over lines of four words.

    See https://docs.netlify.com/manage/routing/redirects/redirect-options/. ``/?choose=`` shows all languages.
    """
    lines = ["/ choose=:one /index.html 200!"]
    lines += [f"/ /{tag}/ 302! Language={','.join(found)}" for tag, found in language_ranges(tags).items()]
    return "\n".join(lines) + "\n"
