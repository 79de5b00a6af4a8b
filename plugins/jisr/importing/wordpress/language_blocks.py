"""The marks of qTranslate: one field holds all languages, between ``[:en]``, ``<!--:en-->`` or ``{:en}``."""

from __future__ import annotations

import re

_OLD = re.compile(r"<!--([a-z]{2,3})-->(.*?)<!--/\1-->", re.DOTALL)  # of the first versions of the plugin
_MARK = re.compile(r"<!--:(?P<a>[a-z]{2,3})?-->|\[:(?P<b>[a-z]{2,3})?\]|\{:(?P<c>[a-z]{2,3})?\}")


def has_blocks(text: str) -> bool:
    """Whether a text has marks of languages."""
    return _MARK.search(text) is not None or _OLD.search(text) is not None


def split_languages(text: str) -> dict[str, str]:
    """Return the words of a text by language; what stands outside of the marks belongs to all of them.

    >>> split_languages("A <!--:en-->yes<!--:--><!--:ar-->نعم<!--:--> Z")
    {'en': 'A yes Z', 'ar': 'A نعم Z'}
    >>> split_languages("[:en]yes[:ar]نعم[:]")
    {'en': 'yes', 'ar': 'نعم'}
    >>> split_languages("plain")
    {'': 'plain'}
    """
    text = _OLD.sub(lambda match: f"<!--:{match[1]}-->{match[2]}<!--:-->", text)
    pieces: list[tuple[str, str]] = []
    language, position = "", 0
    for match in _MARK.finditer(text):
        pieces.append((language, text[position : match.start()]))
        language, position = match["a"] or match["b"] or match["c"] or "", match.end()
    pieces.append((language, text[position:]))
    languages = dict.fromkeys(one for one, _ in pieces if one)
    if not languages:
        return {"": text}
    return {tag: "".join(words for one, words in pieces if one in ("", tag)) for tag in languages}
