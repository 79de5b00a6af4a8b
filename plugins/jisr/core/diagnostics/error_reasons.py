"""Translatable reasons of errors of the YAML parser and of the operating system."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from functools import cache
from string import Formatter

from jisr.core.diagnostics.problems import Phrase, phrase

CANNOT_WRITE = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG])
"""Numbers of errors that only writing has: a copy that ends with one names the file that it read."""

_KNOWN_REASONS = tuple(
    one.text
    for one in (
        # Of PyYAML: its scanner, parser and composer.
        phrase("mapping values are not allowed here"),
        phrase("sequence entries are not allowed here"),
        phrase("mapping keys are not allowed here"),
        phrase("could not find expected ':'"),
        phrase("found unexpected end of stream"),
        phrase("found unexpected document separator"),
        phrase("found character {found} that cannot start any token"),
        phrase("found unknown escape character {found}"),
        phrase("expected <block end>, but found {found}"),
        phrase("expected ',' or ']', but got {found}"),
        phrase("expected ',' or '}}', but got {found}"),
        phrase("expected the node content, but found {found}"),
        phrase("expected '<document start>', but found {found}"),
        phrase("expected alphabetic or numeric character, but found {found}"),
        phrase("expected chomping or indentation indicators, but found {found}"),
        phrase("expected a comment or a line break, but found {found}"),
        phrase("expected a single document in the stream"),
        phrase("its characters are none of YAML's"),
        # Of the system: https://pubs.opengroup.org/onlinepubs/9799919799/functions/V2_chap02.html#tag_16_03
        phrase("Permission denied"),
        phrase("Operation not permitted"),
        phrase("No such file or directory"),
        phrase("Is a directory"),
        phrase("Not a directory"),
        phrase("File exists"),
        phrase("File name too long"),
        phrase("Directory not empty"),
        phrase("No space left on device"),
        phrase("Read-only file system"),
        phrase("Input/output error"),
        phrase("Too many levels of symbolic links"),
    )
)


def parse_reason(reason: object) -> Phrase:
    """Return a reason as a phrase with gaps; an unknown one stays as it is.

    >>> parse_reason("expected <block end>, but found '<scalar>'").text
    'expected <block end>, but found {found}'
    >>> print(parse_reason("expected ',' or '}', but got '['"), "/", parse_reason("حدث {خطأ}"))
    expected ',' or '}', but got '[' / حدث {خطأ}
    """
    return match_message(str(reason), _KNOWN_REASONS) or phrase("{said}", said=reason)


def match_message(message: str, texts: Iterable[str]) -> Phrase | None:
    """Return an English message as the first of these texts that it matches, with its gaps filled, or None.

    >>> match_message("its server has a fault (503)", ["it failed", "its server has a fault ({status})"]).values
    (('status', '503'),)
    """
    for text in texts:
        if match := _compile_message(text).fullmatch(message):
            return phrase(text, **match.groupdict())
    return None


@cache  # compiled on demand: most runs have no errors
def _compile_message(text: str) -> re.Pattern[str]:
    parts = ((re.escape(words), gap) for words, gap, *_ in Formatter().parse(text))
    return re.compile("".join(words + (f"(?P<{gap}>.+)" if gap else "") for words, gap in parts), re.DOTALL)
